"""Measures the product (design: bar). `bin/bench` runs it; each part is a module with `measure()`."""

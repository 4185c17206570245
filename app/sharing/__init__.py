"""Deel met iemand: personal view links, what they show, who looked. What anyone may see is decided in `policy`."""

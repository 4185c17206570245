"""A family to look around with: made up after a practice case, written through the same commands a family uses. Only
the operator's command line makes it; no page leads here.
"""

"""A page for a child, from its parents' side: making it, how it is, what is on it, giving it the phone, its card.

And the child's own side of the same: the way back from a lent phone, the pictures that close what it keeps, a second
plan. What the child's pages show is in `days` and `children`; who it is when a phone is lent, in `web/session.py`.
"""

"""Overleg over ons: a guest says beforehand who will talk about the family, the family answers, and reads afterwards.

Both kinds hang on the guest's seat (docs/decisions/0016): what one parent hosts alone does not exist for the other,
and what was said stays with the family when the guest has left.
"""

"""Afspraken: who does what, when, where, for which goal, and how each time went. Small steps of a goal are in `goals`;
what a link holder reports comes in through `sharing`.
"""

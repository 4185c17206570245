"""Afspraken: who does what, when, where, for which goal, and how each time went."""

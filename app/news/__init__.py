"""Wat is er nieuw? What others changed since somebody looked here last, of what they see; inside the product only.

It keeps one thing: when each member and guest said "Ik heb alles gezien", which no page tells anybody else. What
changed is read from `history`, by its rules.
"""

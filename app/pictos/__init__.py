"""Pictograms: drawings of OpenMoji, the words for them in twenty languages, and the first board of ours. No table."""

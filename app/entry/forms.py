"""Reads a key that somebody types, and whom they let in."""

from __future__ import annotations

from app.web.form import Form, OneOf, Words


class KeyForm(Form):
    """A sleutelkaart, typed: its number and its 3 words, as freely as people write."""

    card_number = Words()
    card_words = Words()


class LetInForm(Form):
    """Somebody of the family, or a new name."""

    person = OneOf()
    name = Words()

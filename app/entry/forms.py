"""Reads a key that somebody types, and whom they let in."""

from __future__ import annotations

from wtforms import PasswordField, SelectMultipleField

from app.sharing.nouns import What
from app.web.form import Form, OneOf, Words

# What a parent may open to a meehelper.
FOR_HELP = (What.GOALS, What.AGREEMENTS, What.PEOPLE, What.HOMES, What.PHOTOS)


class KeyForm(Form):
    """A sleutelkaart, typed: its number and its 3 words, as freely as people write."""

    card_number = Words()
    card_words = Words()


class LetInForm(Form):
    """Somebody of the family, or a new name."""

    person = OneOf()
    name = Words()


class CardForm(Form):
    """A new card; `keeper` is who keeps it, when that is somebody else."""

    keeper = Words()


class PasswordForm(Form):
    """A name to sign in with and a password; every letter of a password counts, so it is not cleaned."""

    login = Words()
    password = PasswordField()


class ProofForm(KeyForm):
    """A key that somebody has: their password, or a card."""

    password = PasswordField()


class AddressForm(Form):
    """An e-mail address."""

    email = Words()


class OpenedForm(Form):
    """What a meehelper may see and change; what is none of it is not opened."""

    opened = SelectMultipleField(validate_choice=False)

    @property
    def whats(self) -> list[What]:
        """What was chosen, of what there is to choose."""
        return [what for what in FOR_HELP if what.value in (self.opened.data or [])]


class MeehelperForm(LetInForm, OpenedForm):
    """Somebody close, or a new name, and what is opened to them."""

"""Reads what a child says, and what is said back."""

from __future__ import annotations

from wtforms import SelectField, StringField

from app.children.nouns import Feeling, Sort
from app.children.said_commands import SaidInput
from app.children.told_commands import ReplyInput
from app.web.form import LONG, Form, Words, clean

# An OpenMoji code: points of Unicode in hexadecimal, joined by hyphens.
LONGEST_CODE = 60


def _feeling(text: str) -> Feeling | None:
    return Feeling(text) if text in set(Feeling) else None


def _code(text: str | None) -> str:
    """A pictogram's code as it stands in a form; nothing when it is none."""
    code = clean(text).upper()
    return code if len(code) <= LONGEST_CODE and all(sign in "0123456789ABCDEF-" for sign in code) else ""


class FeelingForm(Form):
    """One feeling: a tap."""

    feeling = SelectField(coerce=_feeling, validate_choice=False)


class SayForm(Form):
    """Words or a pictogram, of which one is enough."""

    words = Words(LONG)
    picto = StringField(filters=[_code])

    def given(self, sort: Sort, feeling: Feeling | None = None) -> SaidInput:
        """What a child says, for the command."""
        return SaidInput(sort, feeling, self.words.data, self.picto.data)


class ReplyForm(Form):
    """What is said back."""

    words = Words(LONG)
    picto = StringField(filters=[_code])

    def given(self) -> ReplyInput:
        """For the command."""
        return ReplyInput(self.words.data, self.picto.data)

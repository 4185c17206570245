"""Reads what is typed about a wish: by the child who asks, and by the parent who answers."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from wtforms import RadioField

from app.children.nouns import Answer, Sort
from app.children.said_forms import SayForm
from app.web.form import LONG, Form, OneOf, Words
from app.wishes.commands import AnswerInput, WishInput
from app.wishes.rules import Later, Makes
from app.wishes.words import WITH_A_NO

MOST_NEW = 200
E = TypeVar("E", bound=StrEnum)


def _one_of(values: type[E], otherwise: E | None = None) -> Any:
    return lambda text: next((one for one in values if one == text), otherwise)


class WishForm(SayForm):
    """What a child wishes: a picture or words, of which one is enough; at the table also a face."""

    about = OneOf()

    def asked(self, sort: Sort) -> WishInput:
        """What was chosen, for the command."""
        about = self.about.data if sort is Sort.AT_TABLE else None
        return WishInput(sort, self.words.data, self.picto.data, about)


class YesForm(Form):
    """Ja, or ja, maar anders: a few words with it, and what it becomes in the plan."""

    words = Words(LONG)
    makes = RadioField(coerce=_one_of(Makes, Makes.NOTHING), default=Makes.NOTHING, validate_choice=False)
    new = Words(MOST_NEW)

    def given(self, answer: Answer) -> AnswerInput:
        """What was typed, for the command."""
        return AnswerInput(answer, self.words.data, makes=self.makes.data or Makes.NOTHING, new=self.new.data)


class NoForm(Form):
    """Nee: a sentence or a picture comes with it. One tap on a picture says both."""

    picto = RadioField(coerce=lambda text: text if text in WITH_A_NO else "", default="", validate_choice=False)
    words = Words(LONG)

    def given(self) -> AnswerInput:
        """What was typed, for the command; a picture alone says its own words."""
        picto = self.picto.data or ""
        said = self.words.data or (str(WITH_A_NO[picto].said) if picto else "")
        return AnswerInput(Answer.NO, said, picto)


class LaterForm(Form):
    """Until when a wish waits."""

    later = RadioField(coerce=_one_of(Later), validate_choice=False)

    def given(self) -> AnswerInput:
        """What was typed, for the command."""
        return AnswerInput(Answer.LATER, later=self.later.data)

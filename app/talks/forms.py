"""Reads what guests say of talks about the family, and with whom the family lets them talk."""

from __future__ import annotations

from typing import Any

from app.agreements.forms import Clock
from app.people.rules import split_names
from app.talks.commands import TalkInput
from app.talks.nouns import TalkBody, WithBody, Word
from app.translations import lazy_gettext as _l
from app.web.form import LONG, AnyOf, Day, Form, Needed, Words


class TalkForm(Form):
    """Who will talk about the family, when and about what."""

    people = AnyOf()
    others = Words(LONG)
    day = Day()
    at = Clock()
    about = Words(LONG, validators=[Needed(_l("Waarover gaat het? Eén zin is genoeg."))])

    @classmethod
    def of(cls, body: TalkBody) -> TalkForm:
        """The form as it stands for a talk."""
        others = ", ".join(body.others)
        return cls(formdata=None, people=body.people, others=others, day=body.day, at=body.at, about=body.about)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be read: also the time, which may be written by hand."""
        fine: bool = super().validate(extra_validators)
        if self.at.is_unclear:
            self.refuse("at", str(self.at.unclear))
        return fine and not self.at.is_unclear

    def given(self) -> TalkInput:
        """What was typed, for the command."""
        return TalkInput(
            people=tuple(dict.fromkeys(self.people.data or ())),
            others=tuple(dict.fromkeys(split_names(self.others.data or ""))),
            day=self.day.data,
            at=self.at.data,
            about=self.about.data,
        )


class AnswerForm(Form):
    """One of three answers, to what was asked."""

    answer = Words()
    asked = Words()

    def given(self) -> tuple[Word | None, int]:
        """The answer, None for anything else, and which question it is to."""
        asked = self.asked.data or ""
        word = next((word for word in Word if word.value == self.answer.data), None)
        return word, int(asked) if asked.isdecimal() and len(asked) < 9 else 0


class SaidForm(Form):
    """What was said."""

    said = Words(LONG, validators=[Needed(_l("Schrijf op wat er gezegd is. Kort is goed."))])


class WithForm(Form):
    """With whom a guest may talk about the family."""

    people = AnyOf()
    others = Words(LONG)
    words = Words(LONG)

    @classmethod
    def of(cls, body: WithBody) -> WithForm:
        """The form as it stands for a guest."""
        return cls(formdata=None, people=body.people, others=", ".join(body.others), words=body.words)

    def given(self) -> WithBody:
        """What was chosen."""
        return WithBody(
            people=tuple(dict.fromkeys(self.people.data or ())),
            others=tuple(dict.fromkeys(split_names(self.others.data or ""))),
            words=self.words.data,
        )

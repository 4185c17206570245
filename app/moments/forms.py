"""Reads what people type about moments."""

from __future__ import annotations

from app.moments.commands import MomentInput
from app.moments.nouns import MomentBody
from app.web.form import LONG, Day, Form, Words


class MomentForm(Form):
    """A moment: words and a day, each of which may stay open."""

    words = Words(LONG)
    day = Day()

    @classmethod
    def of(cls, body: MomentBody) -> MomentForm:
        """The form as it stands for a moment."""
        return cls(formdata=None, words=body.words, day=body.day)

    def given(self) -> MomentInput:
        """What was typed, for the command."""
        return MomentInput(self.words.data, self.day.data)

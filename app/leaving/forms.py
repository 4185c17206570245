"""Reads what people choose when they leave a plan or delete it."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from wtforms import StringField

from app.leaving.nouns import How, Take
from app.web.form import Form

C = TypeVar("C", bound=StrEnum)


class LeaveForm(Form):
    """Whether a copy comes along."""

    take = StringField()

    @property
    def chosen(self) -> Take | None:
        """What was chosen; None for nothing, or something that was not offered."""
        return _one_of(Take, self.take.data)


class CloseForm(Form):
    """When the plan goes, asked of its only parent."""

    how = StringField()

    @property
    def chosen(self) -> How | None:
        """What was chosen."""
        return _one_of(How, self.how.data)


def _one_of(choices: type[C], typed: str | None) -> C | None:
    return choices(typed) if typed in set(choices) else None

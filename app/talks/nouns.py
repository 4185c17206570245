"""What a talk about the family holds, and with whom a guest may talk. Pure: no web, no SQL."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

import msgspec

from app.items import Body


class TalkState(StrEnum):
    """Said beforehand, called off, or told what was said."""

    TOLD = "told"
    CANCELLED = "cancelled"
    SAID = "said"


class Word(StrEnum):
    """The family's answer; the first of these that any parent gave counts most."""

    NOT_WITHOUT = "not_without"
    COMING = "coming"
    FINE = "fine"


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One parent's answer, to the talk as it was asked the `asked`th time."""

    by: UUID
    word: Word
    at: datetime
    asked: int = 1


class TalkBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """A talk about the family.

    Attributes:
        people: people of the plan with whom; `others`: names and services the plan does not know.
        day, at: the local day, and the time when it is known.
        about: about what.
        asked: how many times the family was asked: each change asks anew.
        answers: all that the parents answered, also to what was asked before.
        said, said_at: afterwards, what was said, and when that was told.
    """

    people: tuple[UUID, ...] = ()
    others: tuple[str, ...] = ()
    day: date | None = None
    at: time | None = None
    about: str = ""
    asked: int = 1
    answers: tuple[Answer, ...] = ()
    said: str = ""
    said_at: datetime | None = None


class WithBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """With whom one guest may talk about the family: people of the plan, other names, and how far that goes."""

    people: tuple[UUID, ...] = ()
    others: tuple[str, ...] = ()
    words: str = ""

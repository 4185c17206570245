"""What a sheet of paper is. Pure: no web, no SQL."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec


class Sort(StrEnum):
    """One page for the fridge, or the whole plan; and the sheets of a child: its day, cards, its week, its poster."""

    POSTER = "poster"
    WHOLE = "whole"
    STRIP = "strip"
    CARDS = "cards"
    WEEK = "week"
    PICTURES = "pictures"


OF_A_CHILD = frozenset({Sort.STRIP, Sort.CARDS, Sort.WEEK, Sort.PICTURES})


class Set(StrEnum):
    """What comes on cards: who helps, feelings, what happens this week."""

    PEOPLE = "people"
    FEELINGS = "feelings"
    WEEK = "week"


class SheetState(StrEnum):
    """Waiting to be made, ready, or not made."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody wants on their paper.

    Attributes:
        numbers: phone numbers.
        own: what only they, or they and some others, see.
        child: of a sheet of a child, the seat of that child.
        day: the local day of its strip, or one in its week; the day it is asked for when not said.
        sets: what comes on its cards, in this order; `pictos` beside those, each by its code.
        lines: drawings without colours, for an old printer or to colour.
    """

    numbers: bool = True
    own: bool = False
    child: UUID | None = None
    day: date | None = None
    sets: tuple[Set, ...] = ()
    pictos: tuple[str, ...] = ()
    lines: bool = False


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What lies sealed of a sheet: what was chosen, a digest of what it shows, and the sheet itself."""

    choice: Choice = Choice()
    digest: bytes = b""
    pdf: bytes = b""

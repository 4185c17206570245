"""What may be kept as a moment. Pure: no web, no SQL."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

# So many photos fit a page that a slow line brings in a few seconds.
ON_A_PAGE = 24


class Reason(StrEnum):
    NOTHING_TO_KEEP = "nothing_to_keep"
    NOT_YET = "not_yet"


def why_not_keep(words: str, day: date | None, today: date, *, medium: bool) -> Reason | None:
    """Whether there is a moment to keep: words, a photo, a voice note or a film, of a day that came."""
    if not words and not medium:
        return Reason.NOTHING_TO_KEEP
    return Reason.NOT_YET if day is not None and day > today else None


def part(number: str, count: int) -> int | None:
    """The part of a wall of `count` moments that an address asks for, from 1; None when there is no such part."""
    asked = int(number) if number.isdecimal() and len(number) < 6 else 0
    return asked if asked == 1 or 0 < (asked - 1) * ON_A_PAGE < count else None

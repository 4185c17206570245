"""What a photo, a voice note and a film are, in this room, and why one is refused. Pure: no web, no SQL."""

from __future__ import annotations

from enum import StrEnum


class Sort(StrEnum):
    """What can be put on a thing; the values are the fields of a body (`items.Body`) and of a form."""

    PHOTO = "photo"
    VOICE = "voice"
    FILM = "film"


class Size(StrEnum):
    """How large a photo is shown; the values stand in addresses. Of a film the first picture is the small one."""

    SMALL = "klein"
    LARGE = "groot"


# The longest side, in pixels: a small one is about 9 kB, 0.2 s on a slow line (design: bar, Speed and size).
LONGEST = {Size.SMALL: 320, Size.LARGE: 1280}
# How long a voice note and a film may be; what comes after is left out.
MOST_SECONDS = {Sort.VOICE: 120, Sort.FILM: 30}


class Fault(StrEnum):
    """Why a file cannot be kept as what it was sent for."""

    NOTHING = "nothing"
    TOO_BIG = "too_big"
    TOO_WIDE = "too_wide"
    WRONG_SORT = "wrong_sort"
    DAMAGED = "damaged"
    TOO_SLOW = "too_slow"
    BUSY = "busy"
    TOO_MANY = "too_many"


class BadFile(Exception):
    """A file that is not taken in: `fault` says why, `sort` what it was sent as; `words.py` has the sentence."""

    def __init__(self, fault: Fault, sort: Sort = Sort.PHOTO) -> None:
        super().__init__(fault.value)
        self.fault, self.sort = fault, sort

"""What a photo is, in this room, and why one is refused. Pure: no web, no SQL."""

from __future__ import annotations

from enum import StrEnum


class Size(StrEnum):
    """How large a photo is shown; the values stand in addresses."""

    SMALL = "klein"
    LARGE = "groot"


# The longest side, in pixels: a small one is about 9 kB, 0.2 s on a slow line (design: bar, Speed and size).
LONGEST = {Size.SMALL: 320, Size.LARGE: 1280}


class Fault(StrEnum):
    """Why a file cannot be a photo here."""

    NOTHING = "nothing"
    TOO_BIG = "too_big"
    TOO_WIDE = "too_wide"
    NOT_A_PHOTO = "not_a_photo"
    DAMAGED = "damaged"
    TOO_SLOW = "too_slow"
    BUSY = "busy"
    TOO_MANY = "too_many"


class BadPhoto(Exception):
    """A file that is not taken in; `fault` says why and `words.py` has the sentence."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault

"""What a sheet of paper is. Pure: no web, no SQL."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Sort(StrEnum):
    """One page for the fridge, or the whole plan."""

    POSTER = "poster"
    WHOLE = "whole"


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
    """

    numbers: bool = True
    own: bool = False


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What lies sealed of a sheet: what was chosen, a digest of what it shows, and the sheet itself."""

    choice: Choice = Choice()
    digest: bytes = b""
    pdf: bytes = b""

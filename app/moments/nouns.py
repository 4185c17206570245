"""What a moment holds. Pure: no web, no SQL."""

from __future__ import annotations

from datetime import date

from app.items import Body


class MomentBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """Something the family keeps. Words and photo may each stand alone; a moment with neither is none.

    Attributes:
        words: what it is, as they say it.
        day: the local day it is of; None when they do not say.
    """

    words: str = ""
    day: date | None = None

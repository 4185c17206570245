"""What a share holds. Pure: no web, no SQL."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from app.items import Body


class ShareState(StrEnum):
    ACTIVE = "active"
    STOPPED = "stopped"


class ShareBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """With whom, what, until when.

    Attributes:
        person: the person it is for.
        opened: the kinds of thing it opens ("agreement", "goal", "person").
        until: the last local day it works.
        alone: hosted by its writer alone, and then it does not exist for the other parent.
        word_hash: of an agreed word told aloud, when the family chose one.
    """

    person: UUID | None = None
    opened: tuple[str, ...] = ()
    until: date | None = None
    alone: bool = False
    word_hash: str = ""

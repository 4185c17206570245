"""What a share and a look hold. Pure: no web, no SQL."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from app.items import Body
from app.policy.actor import Ring


class ShareState(StrEnum):
    ACTIVE = "active"
    STOPPED = "stopped"


class What(StrEnum):
    """What a share may open, beside what names its person: all agreements, wat wij willen, onze mensen, onze foto’s;
    to a guest also waar wij slapen, and printing.
    """

    AGREEMENTS = "agreements"
    GOALS = "goals"
    PEOPLE = "people"
    PHOTOS = "photos"
    HOMES = "homes"
    PAPER = "paper"


# What the one page of a link can show.
OF_A_LINK = (What.AGREEMENTS, What.GOALS, What.PEOPLE, What.PHOTOS)


class ShareBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """With whom, what, until when.

    Attributes:
        person: the person it is for.
        opened: the kinds of thing it opens ("agreement", "goal", "person"); see `rules.OPENS`.
        until: the last local day it works.
        alone: hosted by its writer alone, and then it does not exist for the other parent.
        guest: a begeleider's seat, who walks the plan's own pages and proposes; False for a link.
        called, ring: of one hosted alone, the person as they stood among our people: another parent may take them away.
        word_hash: of an agreed word told aloud, when the family chose one.
    """

    person: UUID | None = None
    opened: tuple[str, ...] = ()
    until: date | None = None
    alone: bool = False
    guest: bool = False
    called: str = ""
    ring: Ring = Ring.CLOSE
    word_hash: str = ""


class Part(StrEnum):
    """Which part of what was shared somebody looked at."""

    AGREEMENTS = "agreements"
    GOALS = "goals"
    PEOPLE = "people"
    PHOTOS = "photos"
    PLAN = "plan"
    HOMES = "homes"
    PAPER = "paper"
    NOTHING = "nothing"


class LookBody(msgspec.Struct, frozen=True):
    """One look: which part, on which local day of the plan. Never a device, a place or a minute."""

    part: Part
    day: date

"""What the plan, its members, homes and invitations hold. Pure: no web, no SQL."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from app.items import Body, Photo


class Overview(StrEnum):
    """Who keeps the overview (field term: regisseur)."""

    WE = "we"
    TOGETHER = "together"
    SOMEONE = "someone"


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who kept the overview before, from when until when; `since` may be unknown."""

    overview: Overview
    person: UUID | None = None
    since: date | None = None
    until: date | None = None


class PlanBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """The facts of a plan.

    Attributes:
        name: what the family calls itself; empty when they do not know yet.
        zone: IANA time zone of its days.
        first_about: life domain chosen as the first thing ("Waar moet het nu eerst over gaan?").
        signed_up_by: who signed the family up (field term: aanmelder); `signed_up_question`: their question, in
            their words.
        signed_up_on, started_on, ended_on: local days; each may stay open.
        overview: who keeps it; `overview_person` when it is someone; `overview_since`: from which local day.
        overview_before: who kept it before, the first one first.
        first_photo: the photo the plan began with, once another took its place: it stays the first thing the family
            sees when looking back (design: cases, kaat).
    """

    name: str = ""
    zone: str = "Europe/Brussels"
    first_about: str = ""
    signed_up_by: str = ""
    signed_up_question: str = ""
    signed_up_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    overview: Overview | None = None
    overview_person: UUID | None = None
    overview_since: date | None = None
    overview_before: tuple[Kept, ...] = ()
    first_photo: Photo | None = None


class MemberState(StrEnum):
    ACTIVE = "active"
    LEFT = "left"
    STOPPED = "stopped"


class Role(StrEnum):
    PARENT = "parent"
    MEEHELPER = "meehelper"
    CHILD = "child"


class Level(StrEnum):
    """How the page of a child is (design: product, Child's page); the family chooses, and no age is kept."""

    PICTURES = "pictures"
    READING = "reading"
    YOUNG = "young"


class MemberBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody with an own way into the plan.

    Attributes:
        role: a parent, a meehelper for whom parents opened some kinds of thing, or a child with a page of its own.
        person: the person row they are.
        opened: for a meehelper, the kinds of thing.
        level: for a child, how its page is.
        own_key: for a child, whether the family switched on that it keeps a key itself (design: access, Actors).
        shown: for a child, what a parent put on its page beside what names it.
        days: for a child, a pictogram for each day of the week from Monday on; empty where nobody chose one.
    """

    role: Role = Role.PARENT
    person: UUID | None = None
    opened: tuple[str, ...] = ()
    level: Level = Level.READING
    own_key: bool = False
    shown: tuple[UUID, ...] = ()
    days: tuple[str, ...] = ()


class InviteState(StrEnum):
    """Waiting for the yes of the other parents, open, used, or stopped."""

    WAITING = "waiting"
    OPEN = "open"
    USED = "used"
    STOPPED = "stopped"


class InviteBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """Whom to let in and as what; `agreed` are the parents who said yes."""

    role: Role = Role.PARENT
    person: UUID | None = None
    opened: tuple[str, ...] = ()
    agreed: tuple[UUID, ...] = ()


class ClosingState(StrEnum):
    RUNNING = "running"
    STOPPED = "stopped"


class ClosingBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """A parent asks to delete the plan; it happens on a day, unless a parent stops it. `agreed` said yes to it too."""

    agreed: tuple[UUID, ...] = ()


class Nights(msgspec.Struct, frozen=True, omit_defaults=True):
    """When a child sleeps in a home.

    Attributes:
        child: whose rhythm it is.
        weekdays: the nights after these days of the week, 0 is Monday.
        every: every so many weeks, counted from `first`.
        first: the day the first week begins on; without it a rhythm of each week that always was.
        moved: exceptions: a night, and whether the child sleeps here then.
    """

    child: UUID
    weekdays: tuple[int, ...] = ()
    every: int = 1
    first: date | None = None
    moved: dict[date, bool] = {}


class HomeBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """A named home (field term: verblijfsregeling), who of the family sleeps there, and which child when."""

    name: str = ""
    sleepers: tuple[UUID, ...] = ()
    nights: tuple[Nights, ...] = ()

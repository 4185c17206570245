"""What an agreement and its outcomes hold. Pure: no web, no SQL."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from uuid import UUID

import msgspec

from app.items import Body


class AgreementState(StrEnum):
    """Open, done (a single one went well), or stopped ("Niet meer nodig")."""

    OPEN = "open"
    DONE = "done"
    STOPPED = "stopped"


class Part(StrEnum):
    """The parts of all agreements; the value is what its page is called in an address."""

    NOW = "nu"
    SOON = "deze-week"
    LATER = "later"
    DONE = "gedaan"
    BEFORE = "van-vroeger"
    STOPPED = "niet-nodig"


class WhenSort(StrEnum):
    """How an agreement says when (design: product, agreement)."""

    OPEN = "open"
    DAY = "day"
    WEEKLY = "weekly"
    PERIOD = "period"
    ONCE = "once"


class When(msgspec.Struct, frozen=True, omit_defaults=True):
    """When an agreement is, in the plan's local days.

    Attributes:
        sort: OPEN (not chosen yet), DAY (`day`, maybe `at`), WEEKLY, PERIOD (`day` to `until`), ONCE ("when ...").
        day: the day, or the first day of the repetition or the period.
        at: local time of day, when said.
        weekdays: for WEEKLY, 0 is Monday.
        every: for WEEKLY, every so many weeks, counted from the week of `day`.
        until: for WEEKLY the last day, when said; for PERIOD the end.
        moved: for WEEKLY, exceptions: a day of the rhythm and the day it moved to, None when it does not happen.
        words: for ONCE, the family's own words ("als het regent").
    """

    sort: WhenSort = WhenSort.OPEN
    day: date | None = None
    at: time | None = None
    weekdays: tuple[int, ...] = ()
    every: int = 1
    until: date | None = None
    moved: dict[date, date | None] = {}
    words: str = ""


class AgreementBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """Who does what, when.

    Attributes:
        words: what, as the family says it.
        who: the people who do it; may stay open.
        when: see `When`; may stay open.
        where: a place, when said.
        goal: the goal it is for, when said.
    """

    words: str = ""
    who: tuple[UUID, ...] = ()
    when: When = When()
    where: str = ""
    goal: UUID | None = None


class AgreementText(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody says yes to: who does what, when and where."""

    words: str = ""
    who: tuple[UUID, ...] = ()
    when: When = When()
    where: str = ""


class YesBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """Its writer said yes to this text: wrote it, acted on it, or chose "Goed voor mij". It never changes with it."""

    text: AgreementText = AgreementText()


class Result(StrEnum):
    DONE = "done"
    MISSED = "missed"


class OutcomeBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """How an agreement went on one day.

    Attributes:
        day: the occurrence it speaks of, in the plan's local days; None for an agreement without a day.
        result: gelukt or niet gelukt.
        who: the people who had to do it then.
        reported: a link holder's report beside the agreement, not the family's own word.
        why: a few words, if they like.
    """

    day: date | None = None
    result: Result = Result.DONE
    who: tuple[UUID, ...] = ()
    reported: bool = False
    why: str = ""

    def reported_by(self, person: UUID | None) -> bool:
        """Whether it is the report of this somebody from outside."""
        return self.reported and person is not None and self.writer == person

"""What a goal and a small step hold. Pure: no web, no SQL."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from app.items import Body


class GoalState(StrEnum):
    """Where a goal stands: nu, later, gelukt, dit willen wij niet meer."""

    NOW = "now"
    LATER = "later"
    REACHED = "reached"
    DROPPED = "dropped"


class Thread(StrEnum):
    """The colour of a goal's thread (design: look, Tokens)."""

    PREI = "prei"
    BLAUW = "blauw"
    WORTEL = "wortel"
    KOOL = "kool"
    MUNT = "munt"
    MOSTERD = "mosterd"


class Stitch(StrEnum):
    """The stitch of a goal's thread: colour alone is lost on many eyes and printers."""

    RECHT = "recht"
    GOLF = "golf"
    ZIGZAG = "zigzag"
    KETTING = "ketting"
    KRALEN = "kralen"
    DUBBEL = "dubbel"


class Reins(StrEnum):
    """Wie regelt dit? (field term: regie)."""

    WE = "we"
    TOGETHER = "together"
    WITH_SUPPORT = "with_support"


class GoalBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """What the family wants, in its own words.

    Attributes:
        words: the goal, as they say it.
        whose: the people whose goal it is; empty is everyone's.
        domain: life domain, a key of `app/plan/domains.py` or an own word.
        arranger: the person who arranges it; `reins`: with how much support.
        thread, stitch: how it looks.
    """

    words: str = ""
    whose: tuple[UUID, ...] = ()
    domain: str = ""
    arranger: UUID | None = None
    reins: Reins | None = None
    thread: Thread = Thread.PREI
    stitch: Stitch = Stitch.RECHT


class StepState(StrEnum):
    OPEN = "open"
    DONE = "done"


class StepBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """A small step (field term: actie, werkpunt) and who helps with it."""

    words: str = ""
    helpers: tuple[UUID, ...] = ()

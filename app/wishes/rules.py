"""What may become of a wish, and how wide what a yes makes may be. Pure: a rule returns None, or the reason why not.

Source: design page `access`, Proposals (the rows of a child) and Children.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from app.children.nouns import Answer, ReplyBody, SaidBody, SaidState
from app.children.said_rules import says_something
from app.policy.actor import ActorKind
from app.policy.audience import Audience, Who


class Reason(StrEnum):
    NOTHING_ASKED = "nothing_asked"
    NO_WITHOUT_WORDS = "no_without_words"
    BUT_WHAT = "but_what"
    NOTHING_SAID = "nothing_said"
    NO_NAME = "no_name"
    NO_DAY = "no_day"
    DECIDED = "decided"
    NOT_OPEN = "not_open"


class Event(StrEnum):
    """What can happen to a wish."""

    ASK = "ask"
    YES = "yes"
    YES_BUT = "yes_but"
    NO = "no"
    LATER = "later"
    TAKE_BACK = "take_back"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Move:
    """What one event makes of a wish, and who may let it happen."""

    who: ActorKind
    to: SaidState


_PARENT, _CHILD = ActorKind.PARENT, ActorKind.CHILD
_WAITS = SaidState.WAITING

# The whole table: no other transition exists. A child may ask again any day, whatever the answer was.
TABLE: dict[tuple[SaidState | None, Event], Move] = {
    (None, Event.ASK): Move(_CHILD, _WAITS),
    (_WAITS, Event.YES): Move(_PARENT, SaidState.ACCEPTED),
    (_WAITS, Event.YES_BUT): Move(_PARENT, SaidState.ACCEPTED),
    (_WAITS, Event.NO): Move(_PARENT, SaidState.ANSWERED),
    (_WAITS, Event.LATER): Move(_PARENT, _WAITS),
    (_WAITS, Event.TAKE_BACK): Move(_CHILD, SaidState.WITHDRAWN),
    (_WAITS, Event.AGAIN): Move(_CHILD, _WAITS),
    (SaidState.ACCEPTED, Event.AGAIN): Move(_CHILD, _WAITS),
    (SaidState.ANSWERED, Event.AGAIN): Move(_CHILD, _WAITS),
    (SaidState.WITHDRAWN, Event.AGAIN): Move(_CHILD, _WAITS),
}

EVENT_OF = {Answer.YES: Event.YES, Answer.YES_BUT: Event.YES_BUT, Answer.NO: Event.NO, Answer.LATER: Event.LATER}


def after(state: SaidState | None, event: Event, who: ActorKind) -> SaidState | Reason:
    """What becomes of a wish, or why nothing does."""
    move = TABLE.get((state, event))
    return move.to if move is not None and move.who is who else Reason.DECIDED


def standing(state: SaidState, told: Collection[UUID]) -> SaidState:
    """How a wish stands now: with no parent chosen it asks nobody anything, and the child keeps it.

    Args:
        state: what its row says.
        told: the parents of the family that is asked, whom the child let see it.
    """
    if state is SaidState.TOLD:
        state = _WAITS
    return SaidState.WITHDRAWN if state is _WAITS and not told else state


def told_parents(audience: Audience, parents: Collection[UUID]) -> frozenset[UUID]:
    """The parents whom the child chose."""
    return frozenset(audience.people) & frozenset(parents) if audience.who is Who.ME_AND else frozenset()


def is_out_of_sight(due_at: datetime | None, now: datetime) -> bool:
    """Whether a waiting wish is kept for later, until a day that did not come yet."""
    return due_at is not None and due_at > now


# ---- what is said ----------------------------------------------------------------------------------------------------


def why_not_ask(body: SaidBody, file: str = "") -> Reason | None:
    """Whether a wish may be kept; `file` is the sort of file that comes along, which is enough by itself."""
    return None if says_something(body) or file else Reason.NOTHING_ASKED


def why_not_answer(body: ReplyBody, file: str = "") -> Reason | None:
    """Whether this may be the answer: a no always comes with a sentence, a picture or a voice, as does what becomes
    other than the child asked.
    """
    says = says_something(body) or bool(file)
    if body.answer in {Answer.NO, None} and not says:
        return Reason.NO_WITHOUT_WORDS
    if body.answer is Answer.YES_BUT and not says:
        return Reason.BUT_WHAT
    return Reason.NO_DAY if body.answer is Answer.LATER and body.later_on is None else None


# ---- what a yes makes ------------------------------------------------------------------------------------------------


class Makes(StrEnum):
    """What a yes may make in the plan; the value is what a form sends."""

    NOTHING = "nothing"
    GOAL = "goal"
    AGREEMENT = "agreement"
    PERSON = "person"


def audience_of_new(told: Collection[UUID], parents: Collection[UUID], child: UUID, me: UUID | None) -> Audience:
    """Who sees what a yes made: the child, and no parent whom it did not tell; nobody from outside.

    Args:
        told: the parents whom the child chose.
        parents: all parents of that family.
        child: the child, as a person of the plan.
        me: the parent who says yes, and who writes it.
    """
    if frozenset(parents) <= frozenset(told):
        return Audience(Who.WE_AND, people=(child,))
    others = sorted(frozenset(told) - {me})
    return Audience(Who.ME_AND, people=(*others, child))


# ---- later -----------------------------------------------------------------------------------------------------------


class Later(StrEnum):
    """Until when a wish waits; the value is what a form sends. A child's week is long, so no month is offered."""

    TOMORROW = "tomorrow"
    WEEK = "week"


DAYS: dict[Later, timedelta] = {Later.TOMORROW: timedelta(days=1), Later.WEEK: timedelta(days=7)}


def day_of(later: Later, today: date) -> date:
    """The local day on which the family comes back to it."""
    return today + DAYS[later]


def comes_back(day: date, zone: str) -> datetime:
    """The instant at which it is in sight again: the first moment of that local day."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)

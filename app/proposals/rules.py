"""What may become of a proposal, and what may be proposed. Pure: a rule returns None, or the reason why not.

Source: design page `access`, Proposals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.policy.actor import ActorKind
from app.proposals.nouns import Act, Event, LineBody, LineState, Said, Target

# How long the same proposal stays away after a no.
QUIET = timedelta(days=30)
MOST_LINES = 20
# Something new of these may belong to a goal; of all else a goal says nothing, so it makes no other proposal of it.
OF_A_GOAL = frozenset({Target.STEP, Target.AGREEMENT})
LONGEST_LATER = timedelta(days=366)


class Reason(StrEnum):
    NOTHING_SAID = "nothing_said"
    TOO_MANY = "too_many"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_TARGET = "unknown_target"
    NO_GOAL = "no_goal"
    TOO_SOON = "too_soon"
    DECIDED = "decided"
    CHANGED_SINCE = "changed_since"
    STAYS = "stays"
    NO_DAY = "no_day"
    PAST_DAY = "past_day"
    TOO_FAR = "too_far"


@dataclass(frozen=True, slots=True)
class Move:
    """What one event makes of a line, and who may let it happen."""

    who: ActorKind
    to: LineState


# The whole table: no other transition exists. END is a share that ended, or a target that was taken away.
TABLE: dict[tuple[LineState | None, Event], Move] = {
    (None, Event.SEND): Move(ActorKind.GUEST, LineState.WAITING),
    (LineState.WAITING, Event.YES): Move(ActorKind.PARENT, LineState.ACCEPTED),
    (LineState.WAITING, Event.YES_BUT): Move(ActorKind.PARENT, LineState.ACCEPTED),
    (LineState.WAITING, Event.NO): Move(ActorKind.PARENT, LineState.DECLINED),
    (LineState.WAITING, Event.LATER): Move(ActorKind.PARENT, LineState.WAITING),
    (LineState.WAITING, Event.TAKE_BACK): Move(ActorKind.GUEST, LineState.WITHDRAWN),
    (LineState.WAITING, Event.END): Move(ActorKind.SYSTEM, LineState.WITHDRAWN),
}


def after(state: LineState | None, event: Event, who: ActorKind) -> LineState | Reason:
    """What becomes of a line, or why nothing does."""
    move = TABLE.get((state, event))
    return move.to if move is not None and move.who is who else Reason.DECIDED


def standing(state: LineState, share_works: bool, target_is_there: bool) -> LineState:
    """How a line stands now, also before the product wrote down that it ended."""
    ended = state is LineState.WAITING and not (share_works and target_is_there)
    return LineState.WITHDRAWN if ended else state


def is_out_of_sight(due_at: datetime | None, now: datetime) -> bool:
    """Whether a waiting line is kept for later, until a day that did not come yet."""
    return due_at is not None and due_at > now


# ---- what may be proposed --------------------------------------------------------------------------------------------


def why_not_propose(line: LineBody) -> Reason | None:
    """Whether a line says enough, of the kind of thing it is about. What it points at is looked up elsewhere."""
    if (line.act is Act.NEW) is not (line.target is None):
        return Reason.UNKNOWN_TARGET
    if line.act is Act.NEW and line.about is Target.STEP and line.goal is None:
        return Reason.NO_GOAL
    return None if line.act is Act.STOPPED or says_enough(line.about, line.said) else Reason.NOTHING_SAID


def says_enough(about: Target, said: Said) -> bool:
    """Whether these four lines can become such a thing: of a person the name, of all else what."""
    return bool(said.who_else or said.what) if about is Target.PERSON else bool(said.what)


def same(one: LineBody, other: LineBody) -> bool:
    """Whether two lines of one guest propose the same: same act and target; for something new same kind and goal.

    Never by their words: other words for the same are the same proposal.
    """
    if one.act is not other.act:
        return False
    if one.act is Act.NEW:
        return (one.about, one.goal) == (other.about, other.goal)
    return one.target == other.target


def why_not_again(line: LineBody, declined: Iterable[LineBody], now: datetime) -> Reason | None:
    """Whether a guest may send this: not within 30 days after a no to the same.

    Args:
        line: what they would send.
        declined: what that guest, let in by the same host, heard "Niet nu" to.
        now: this instant.
    """
    since = again_from(line, declined)
    return Reason.TOO_SOON if since is not None and since > now else None


def again_from(line: LineBody, declined: Iterable[LineBody]) -> datetime | None:
    """The instant from which a line may be sent again; None when the same was never declined."""
    asked = [one.decided_at for one in declined if one.decided_at is not None and same(line, one)]
    return max(asked) + QUIET if asked else None


# ---- later -----------------------------------------------------------------------------------------------------------


class Later(StrEnum):
    """Until when a proposal is out of sight; the value is what a form sends."""

    TOMORROW = "tomorrow"
    WEEK = "week"
    MONTH = "month"


DAYS: dict[Later, timedelta] = {
    Later.TOMORROW: timedelta(days=1),
    Later.WEEK: timedelta(days=7),
    Later.MONTH: timedelta(days=30),
}


def comes_back(later: Later, today: date, zone: str) -> datetime:
    """The instant at which a line for later is in sight again: the first moment of that local day."""
    return datetime.combine(today + DAYS[later], time(), ZoneInfo(zone)).astimezone(UTC)

"""Whom a child may name, and until when their link works. Pure: a rule returns None, or the reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.children.nouns import TrustedState

# Source: design page `access`, Actors (a link 90 days, one tap "Nog 3 maanden").
LASTS, LONGEST = timedelta(days=90), timedelta(days=2 * 365)
MOST = 5


class Reason(StrEnum):
    NO_NAME = "no_name"
    TOO_MANY = "too_many"
    STOPPED = "stopped"


def why_not_name(name: str, working: Sequence[object]) -> Reason | None:
    """Whether a child may name one more person; a name is all it needs."""
    if not name:
        return Reason.NO_NAME
    return Reason.TOO_MANY if len(working) >= MOST else None


def why_not_go_on(state: str) -> Reason | None:
    """Whether a link may last longer: not after it was stopped, for stopping wins."""
    return Reason.STOPPED if state == TrustedState.STOPPED else None


def works(state: str, due_at: datetime | None, now: datetime) -> bool:
    """Whether a link opens something now."""
    return state == TrustedState.ACTIVE and due_at is not None and due_at > now


def first_end(today: date) -> date:
    """The last local day of a new link."""
    return today + LASTS


def later(until: date | None, today: date) -> date:
    """The last day after "Nog 3 maanden": counted from the end it had, or from today when that is past."""
    return min(max(until or today, today) + LASTS, today + LONGEST)


def ends_at(until: date, zone: str) -> datetime:
    """The instant after the last moment of that local day."""
    return datetime.combine(until + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)

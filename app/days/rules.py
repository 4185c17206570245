"""A day in a child's size: what is over, what comes first and what then. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = 7
LASTS = timedelta(hours=1)


def is_past(day: date, at: time | None, zone: str, instant: datetime) -> bool:
    """Whether something at an hour of a local day is over: an hour after it began. What has no hour goes on all day."""
    here = instant.astimezone(ZoneInfo(zone))
    if day != here.date():
        return day < here.date()
    return at is not None and datetime.combine(day, at) + LASTS <= here.replace(tzinfo=None)


def first_and_then(over: Sequence[bool], looks_at: int | None = None) -> tuple[int | None, int | None]:
    """Which thing of a day stands under "Eerst" and which under "Dan".

    Args:
        over: of each thing in order, whether it is over.
        looks_at: the thing that the child looks at now, ahead or back; None for the first that is not over.
    """
    if looks_at is not None and 0 <= looks_at < len(over):
        first: int | None = looks_at
    else:
        first = next((number for number, gone in enumerate(over) if not gone), None)
    if first is None:
        return None, None
    return first, next((number for number in range(first + 1, len(over)) if not over[number]), None)


def week_around(today: date) -> list[date]:
    """The seven days of the week a day is in, from Monday on."""
    monday = today - timedelta(days=today.weekday())
    return [monday + timedelta(days=ahead) for ahead in range(WEEK)]

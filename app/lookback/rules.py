"""What counts as the begin, what counts as ours, and in which order it is told. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from app.lookback.nouns import Doing, Part

# The begin of a plan is its first week: three questions are seldom answered in one evening.
BEGIN = timedelta(days=7)


def is_ours(doers: Collection[UUID], family: Collection[UUID]) -> bool:
    """Whether the family did it itself: somebody of it did, maybe with others, or nobody is named.

    Args:
        doers: who did it, as it says itself.
        family: the people of ring 1 that the reader sees; of who is out of sight nothing is told.
    """
    return not doers or any(doer in family for doer in doers)


def turned_at(states: Iterable[tuple[datetime, str, str]], to: str) -> datetime | None:
    """When something came in a state last, from its changes: each its instant, and the state before and after."""
    turns = [at for at, before, after in states if after == to != before]
    return max(turns, default=None)


def done_on(day: date | None, told: date) -> date:
    """The day something was done: its own day, or the day somebody said so when that was earlier."""
    return told if day is None else min(day, told)


def in_order(doings: Iterable[Doing]) -> list[Doing]:
    """All that was done, oldest first. What went well more often stands once, where it went well last."""
    last: dict[UUID, Doing] = {}
    for doing in sorted(doings, key=lambda one: (one.day, one.at)):
        before = last.pop(doing.of, None)
        last[doing.of] = doing if before is None else replace(doing, times=before.times + doing.times)
    return list(last.values())


def part(doings: Sequence[Doing], number: int, longest: int) -> Part | None:
    """The part of a road with this number, counted from the newest; None when there is no such part.

    The first part is always there, also when nothing was done yet.
    """
    end = len(doings) - (number - 1) * longest
    if number < 1 or (end <= 0 and number > 1):
        return None
    start = max(end - longest, 0)
    return Part(tuple(doings[start:end]), number, earlier=start > 0, later=number > 1)

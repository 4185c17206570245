"""When agreements happen and what they allow. Pure: a rule returns None, or the reason why not.

Days are the plan's local days: whoever looks, wherever the server stands, "vandaag" is today in the plan's zone
(design: house, choice 9). An occurrence is known by the day it falls on; "gelukt" belongs to one occurrence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Protocol
from uuid import UUID

import msgspec

from app.agreements.nouns import AgreementState, OutcomeBody, Result, When, WhenSort

DAY, WEEK = timedelta(days=1), timedelta(days=7)
SPARSEST = 8
# The years that days are counted in: what is typed as another one is no day.
YEARS = range(2000, 2101)


class Reason(StrEnum):
    NO_DAY = "no_day"
    PAST_DAY = "past_day"
    NO_WEEKDAY = "no_weekday"
    TOO_SPARSE = "too_sparse"
    END_BEFORE_START = "end_before_start"
    NO_CONDITION = "no_condition"
    DAY_TAKEN = "day_taken"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_GOAL = "unknown_goal"
    NO_SUCH_MOVE = "no_such_move"


# From where an agreement may go to where; each can be taken back.
MOVES: dict[AgreementState, frozenset[AgreementState]] = {
    AgreementState.OPEN: frozenset({AgreementState.DONE, AgreementState.STOPPED}),
    AgreementState.DONE: frozenset({AgreementState.OPEN}),
    AgreementState.STOPPED: frozenset({AgreementState.OPEN}),
}


def why_not_move(now: AgreementState, to: AgreementState) -> Reason | None:
    """Whether an agreement may go from one state to another; staying is no move and always fine."""
    return None if to == now or to in MOVES[now] else Reason.NO_SUCH_MOVE


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One time an agreement happens, from `first` to `last`; outcomes and addresses know it by `day`."""

    first: date
    last: date
    day: date


def monday(day: date) -> date:
    """The first day of the week a day is in."""
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> tuple[date, date]:
    """The Monday and the Sunday around a day."""
    return monday(day), monday(day) + timedelta(days=6)


def key_day(when: When) -> date | None:
    """The day that names the only occurrence of an agreement that is not weekly; None when it has no day."""
    return when.day or when.until if when.sort in {WhenSort.DAY, WhenSort.PERIOD} else None


def has_no_day(when: When) -> bool:
    """Whether its only occurrence has no day: nobody chose one yet, or it depends on something."""
    return when.sort is not WhenSort.WEEKLY and key_day(when) is None


def rhythm(when: When, since: date) -> Iterator[date]:
    """The days of a weekly rhythm from `since` on, in order, before any is moved; endless when the rhythm is."""
    if when.day is None or not when.weekdays:
        return
    begin, end = max(when.day, since), when.until or date.max
    weeks_on = (monday(begin) - monday(when.day)) // WEEK
    week = monday(when.day) + (weeks_on + -weeks_on % when.every) * WEEK
    while week <= end:
        for day in (week + timedelta(days=weekday) for weekday in sorted(set(when.weekdays))):
            if begin <= day <= end:
                yield day
        if date.max - week < (when.every + 1) * WEEK:
            return
        week += when.every * WEEK


def occurrences(when: When, first: date, last: date) -> list[Occurrence]:
    """The occurrences that touch the days from `first` to `last`, in order."""
    if when.sort is WhenSort.WEEKLY:
        kept = {day for day in takewhile(lambda day: day <= last, rhythm(when, first)) if day not in when.moved}
        kept |= {day for day in when.moved.values() if day is not None and first <= day <= last}
        return [Occurrence(day, day, day) for day in sorted(kept)]
    only = _only(when)
    return [only] if only is not None and only.first <= last and only.last >= first else []


def next_occurrence(when: When, since: date) -> Occurrence | None:
    """The first occurrence that starts on `since` or later; None when there is none."""
    if when.sort is WhenSort.WEEKLY:
        moved = [day for day in when.moved.values() if day is not None and day >= since]
        regular = next((day for day in rhythm(when, since) if day not in when.moved), None)
        days = [*moved, *([regular] if regular else [])]
        return Occurrence(min(days), min(days), min(days)) if days else None
    only = _only(when)
    return only if only is not None and only.first >= since else None


def happens_on(when: When, day: date | None) -> bool:
    """Whether `day` names an occurrence; None names the only one of an agreement without a day."""
    if when.sort is WhenSort.WEEKLY:
        return day is not None and bool(occurrences(when, day, day))
    return day == key_day(when)


def _only(when: When) -> Occurrence | None:
    """The occurrence of a single day or a period. A period without an end stays; one without a start is a last day."""
    day = key_day(when)
    if day is None:
        return None
    if when.sort is WhenSort.DAY:
        return Occurrence(day, day, day)
    return Occurrence(day, when.until or date.max, day)


def why_not_when(when: When, today: date, before: When | None = None) -> Reason | None:
    """Whether an agreement may be at this time. Having no time is fine; what stood there before stays fine.

    Args:
        when: the time that was chosen.
        today: the plan's local day.
        before: the time the agreement had, when it is not new.
    """
    if when == before:
        return None
    if when.day is not None and when.until is not None and when.until < when.day:
        return Reason.END_BEFORE_START
    if when.sort is WhenSort.WEEKLY:
        return _why_not_weekly(when, today)
    if when.sort is WhenSort.ONCE:
        return None if when.words else Reason.NO_CONDITION
    if when.sort is WhenSort.OPEN:
        return None
    end = when.day if when.sort is WhenSort.DAY else when.until
    if key_day(when) is None:
        return Reason.NO_DAY
    return Reason.PAST_DAY if end is not None and end < today else None


def _why_not_weekly(when: When, today: date) -> Reason | None:
    if not when.weekdays or not set(when.weekdays) <= set(range(7)):
        return Reason.NO_WEEKDAY
    if not 1 <= when.every <= SPARSEST:
        return Reason.TOO_SPARSE
    if when.day is None:
        return Reason.NO_DAY
    return Reason.PAST_DAY if when.until is not None and when.until < today else None


def why_not_new_day(when: When, day: date | None, to: date, today: date) -> Reason | None:
    """Whether the occurrence on `day` may move to `to`."""
    if to < today:
        return Reason.PAST_DAY
    taken = when.sort is WhenSort.WEEKLY and to != day and happens_on(when, to)
    return Reason.DAY_TAKEN if taken else None


def with_new_day(when: When, day: date | None, to: date | None) -> When:
    """The time after one occurrence moved to another day (None: it does not happen).

    Of a weekly agreement only that occurrence moves. A period moves whole, with its length; what had no day gets one.
    """
    if when.sort is WhenSort.WEEKLY:
        if day is None:
            return when
        regular = next((key for key, moved_to in when.moved.items() if moved_to == day), day)
        others = {key: moved_to for key, moved_to in when.moved.items() if key != regular}
        return msgspec.structs.replace(when, moved=others if to == regular else {**others, regular: to})
    if to is None:
        return When()
    if when.sort is WhenSort.PERIOD and day is not None:
        shift = to - day
        return msgspec.structs.replace(when, day=when.day and when.day + shift, until=when.until and when.until + shift)
    return When(sort=WhenSort.DAY, day=to, at=when.at)


def with_moves_of(when: When, before: When) -> When:
    """A changed rhythm with the exceptions of the old one that still are days of it."""
    if when.sort is not WhenSort.WEEKLY or before.sort is not WhenSort.WEEKLY:
        return when
    kept = {day: to for day, to in before.moved.items() if next(rhythm(when, day), None) == day}
    return msgspec.structs.replace(when, moved=kept)


def rest_of(when: When, today: date) -> When:
    """What is still to come of a time, for an agreement that takes the place of another; open when nothing is."""
    if when.sort is WhenSort.WEEKLY:
        start = next(rhythm(when, today), None)
        kept = {day: to for day, to in when.moved.items() if start and day >= start}
        return When() if start is None else msgspec.structs.replace(when, day=start, moved=kept)
    only = _only(when)
    return When() if only is not None and only.last < today else when


class HasOutcome(Protocol):
    """A thing with an outcome as its payload."""

    @property
    def body(self) -> OutcomeBody:
        """How it went."""


def result_on(day: date | None, who: Iterable[UUID], outcomes: Iterable[HasOutcome]) -> Result | None:
    """How one occurrence went; None when nobody said so yet.

    Anybody's "gelukt" counts, also one that was reported. "Niet gelukt" counts only while the same people do it: when
    somebody else takes over, the occurrence is open again.
    """
    of_day = [outcome.body for outcome in outcomes if outcome.body.day == day]
    if any(body.result is Result.DONE for body in of_day):
        return Result.DONE
    return Result.MISSED if any(set(body.who) == set(who) for body in of_day) else None

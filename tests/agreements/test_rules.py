from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.agreements import rules
from app.agreements.nouns import AgreementBody, AgreementState, OutcomeBody, Result, When, WhenSort
from app.agreements.rules import Reason
from app.local import local_day

OPEN, DONE, STOPPED = AgreementState.OPEN, AgreementState.DONE, AgreementState.STOPPED
TODAY = date(2026, 12, 3)  # a Thursday
BETTY, OMA = uuid4(), uuid4()


def december(day: int) -> date:
    return date(2026, 12, day)


def weekly(*weekdays: int, **more: object) -> When:
    return msgspec.structs.replace(When(sort=WhenSort.WEEKLY, day=december(1), weekdays=weekdays), **more)


def on(day: date) -> When:
    return When(sort=WhenSort.DAY, day=day)


def period(first: date | None, last: date | None) -> When:
    return When(sort=WhenSort.PERIOD, day=first, until=last)


def days(when: When, first: date, last: date) -> list[date]:
    return [occurrence.day for occurrence in rules.occurrences(when, first, last)]


# ---- the day it is --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("Europe/Brussels", datetime(2026, 12, 2, 22, 59, tzinfo=UTC), december(2)),
        ("Europe/Brussels", datetime(2026, 12, 2, 23, 0, tzinfo=UTC), december(3)),
        # Summer time: midnight comes at 22.00 UTC, also on the two days the clock changes.
        ("Europe/Brussels", datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        ("Europe/Brussels", datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        ("Europe/Brussels", datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28)),
        ("Europe/Brussels", datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        ("Europe/Brussels", datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        ("America/Paramaribo", datetime(2026, 12, 3, 2, 0, tzinfo=UTC), december(2)),
        ("Pacific/Kiritimati", datetime(2026, 12, 2, 12, 0, tzinfo=UTC), december(3)),
    ],
)
def test_today_is_today_where_the_family_lives(zone: str, instant: datetime, day: date) -> None:
    assert local_day(instant, zone) == day


@given(some.dates(date(2000, 1, 3), date(2100, 1, 1)))
def test_a_week_is_monday_to_sunday_around_the_day(day: date) -> None:
    first, last = rules.week_of(day)
    assert first <= day <= last
    assert (first.weekday(), last.weekday(), (last - first).days) == (0, 6, 6)


# ---- when it happens ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(), []),
        (When(sort=WhenSort.ONCE, words="als het regent"), []),
        (on(december(3)), [3]),
        (on(date(2027, 1, 1)), []),
        (weekly(1), [1, 8, 15, 22, 29]),
        (weekly(3, 1), [1, 3, 8, 10, 15, 17, 22, 24, 29, 31]),
        (weekly(0), [7, 14, 21, 28]),
        (weekly(2, every=2), [2, 16, 30]),
        (weekly(0, every=2), [14, 28]),
        (weekly(1, every=3), [1, 22]),
        (weekly(1, until=december(15)), [1, 8, 15]),
        (weekly(1, day=december(16)), [22, 29]),
        (weekly(1, moved={december(8): december(10)}), [1, 10, 15, 22, 29]),
        (weekly(1, moved={december(8): None}), [1, 15, 22, 29]),
        (weekly(1, moved={december(8): date(2027, 1, 2)}), [1, 15, 22, 29]),
        (weekly(1, moved={december(22): december(2)}), [1, 2, 8, 15, 29]),
        (weekly(), []),
        (period(december(1), december(5)), [1]),
        (period(date(2026, 11, 28), december(2)), [date(2026, 11, 28)]),
        (period(december(7), None), [7]),
        (period(None, december(9)), [9]),
        (period(date(2027, 1, 1), date(2027, 1, 3)), []),
    ],
)
def test_an_agreement_happens_on_its_days(when: When, expected: list[int | date]) -> None:
    wanted = [december(day) if isinstance(day, int) else day for day in expected]
    assert days(when, december(1), december(31)) == wanted


def test_one_week_in_turn_goes_on_over_the_new_year() -> None:
    with_anna = weekly(0, 2, 4, every=2)
    assert days(with_anna, date(2026, 12, 28), date(2027, 1, 17)) == [
        *(date(2026, 12, 28), date(2026, 12, 30), date(2027, 1, 1)),
        *(date(2027, 1, 11), date(2027, 1, 13), date(2027, 1, 15)),
    ]


rhythms = some.builds(
    When,
    sort=some.just(WhenSort.WEEKLY),
    day=some.dates(date(2026, 1, 1), date(2026, 3, 1)),
    weekdays=some.sets(some.integers(0, 6), min_size=1).map(tuple),
    every=some.integers(1, 5),
    until=some.none() | some.dates(date(2026, 2, 1), date(2026, 6, 1)),
    moved=some.dictionaries(
        some.dates(date(2026, 1, 1), date(2026, 6, 1)), some.none() | some.dates(date(2026, 1, 1), date(2026, 6, 1))
    ),
)


def naive_days(when: When, first: date, last: date) -> set[date]:
    """The same, worked out day by day."""
    assert when.day is not None
    found = set()
    for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        weeks = (rules.monday(day) - rules.monday(when.day)).days // 7
        in_rhythm = day >= when.day and (when.until is None or day <= when.until)
        if in_rhythm and day.weekday() in when.weekdays and weeks % when.every == 0 and day not in when.moved:
            found.add(day)
    return found | {day for day in when.moved.values() if day is not None and first <= day <= last}


@given(rhythms, some.dates(date(2025, 12, 1), date(2026, 7, 1)), some.integers(0, 120))
def test_a_rhythm_is_what_counting_day_by_day_gives(when: When, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = days(when, first, last)
    assert found == sorted(naive_days(when, first, last))
    assert all(rules.happens_on(when, day) for day in found)


@given(rhythms, some.dates(date(2025, 12, 1), date(2026, 7, 1)))
def test_the_next_time_is_the_first_of_all_that_come(when: When, since: date) -> None:
    coming = days(when, since, since + timedelta(days=400))
    upcoming = rules.next_occurrence(when, since)
    assert (upcoming.day if upcoming else None) == (coming[0] if coming else None)


@pytest.mark.parametrize(
    ("when", "since", "expected"),
    [
        (on(december(5)), december(5), december(5)),
        (on(december(5)), december(6), None),
        (period(december(5), december(9)), december(4), december(5)),
        (period(december(5), december(9)), december(6), None),
        (When(), december(1), None),
        (weekly(1, until=december(8)), december(9), None),
        (weekly(1, moved={december(8 + 7 * week): None for week in range(4)}), december(2), date(2027, 1, 5)),
    ],
)
def test_the_next_time_of_everything_else(when: When, since: date, expected: date | None) -> None:
    upcoming = rules.next_occurrence(when, since)
    assert (upcoming.day if upcoming else None) == expected


@pytest.mark.parametrize(
    ("when", "day", "does"),
    [
        (weekly(1), december(8), True),
        (weekly(1), december(9), False),
        (weekly(1), None, False),
        (on(december(5)), december(5), True),
        (on(december(5)), december(6), False),
        (on(december(5)), None, False),
        (When(), None, True),
        (When(), december(5), False),
        (When(sort=WhenSort.ONCE, words="als het regent"), None, True),
        (period(december(1), december(5)), december(1), True),
        (period(december(1), december(5)), december(3), False),
        (period(None, december(5)), december(5), True),
    ],
)
def test_a_day_names_an_occurrence_or_nothing(when: When, day: date | None, does: bool) -> None:
    assert rules.happens_on(when, day) is does


def test_a_rhythm_that_ends_with_the_calendar_ends() -> None:
    assert days(weekly(4, day=date(9999, 12, 20)), date(9999, 12, 1), date(9999, 12, 31))[0] == date(9999, 12, 24)


# ---- which times may be chosen --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("when", "reason"),
    [
        (When(), None),
        (on(TODAY), None),
        (on(december(2)), Reason.PAST_DAY),
        (When(sort=WhenSort.DAY), Reason.NO_DAY),
        (weekly(1), None),
        (weekly(1, day=date(2026, 9, 1)), None),
        (weekly(), Reason.NO_WEEKDAY),
        (weekly(7), Reason.NO_WEEKDAY),
        (weekly(1, every=0), Reason.TOO_SPARSE),
        (weekly(1, every=9), Reason.TOO_SPARSE),
        (weekly(1, day=None), Reason.NO_DAY),
        (weekly(1, until=date(2026, 11, 30)), Reason.END_BEFORE_START),
        (weekly(1, until=december(2)), Reason.PAST_DAY),
        (weekly(1, until=TODAY), None),
        (period(december(1), december(5)), None),
        (period(december(1), december(2)), Reason.PAST_DAY),
        (period(december(5), december(4)), Reason.END_BEFORE_START),
        (period(december(5), december(5)), None),
        (period(None, december(2)), Reason.PAST_DAY),
        (period(december(1), None), None),
        (period(None, None), Reason.NO_DAY),
        (When(sort=WhenSort.ONCE), Reason.NO_CONDITION),
        (When(sort=WhenSort.ONCE, words="als het regent"), None),
    ],
)
def test_a_time_that_can_be_lived_is_fine(when: When, reason: Reason | None) -> None:
    assert rules.why_not_when(when, TODAY) == reason
    assert rules.why_not_when(when, TODAY, before=on(december(30))) == reason
    assert rules.why_not_when(when, TODAY, before=when) is None


@pytest.mark.parametrize(
    ("when", "day", "to", "reason"),
    [
        (on(december(1)), december(1), TODAY, None),
        (on(december(1)), december(1), december(2), Reason.PAST_DAY),
        (When(), None, TODAY, None),
        (weekly(1, 3), december(1), december(4), None),
        (weekly(1, 3), december(1), december(3), Reason.DAY_TAKEN),
        (weekly(1, 3), december(3), december(3), None),
        (weekly(1, 3, moved={december(3): None}), december(1), december(3), None),
    ],
)
def test_a_new_day_is_one_to_come_and_free(when: When, day: date | None, to: date, reason: Reason | None) -> None:
    assert rules.why_not_new_day(when, day, to, TODAY) == reason


# ---- how a time changes ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("when", "day", "to", "expected"),
    [
        (on(december(1)), december(1), december(5), on(december(5))),
        (on(december(1)), december(1), None, When()),
        (When(), None, december(5), on(december(5))),
        (When(sort=WhenSort.ONCE, words="als het regent"), None, december(5), on(december(5))),
        (period(december(1), december(4)), december(1), december(7), period(december(7), december(10))),
        (period(None, december(4)), december(4), december(7), period(None, december(7))),
        (period(december(1), None), december(1), december(7), period(december(7), None)),
        (weekly(1), december(8), december(9), weekly(1, moved={december(8): december(9)})),
        (weekly(1), december(8), None, weekly(1, moved={december(8): None})),
        (weekly(1), None, december(9), weekly(1)),
        # A day that moved already moves on; its rhythm keeps knowing one exception.
        (
            weekly(1, moved={december(8): december(9)}),
            december(9),
            december(11),
            weekly(1, moved={december(8): december(11)}),
        ),
        (weekly(1, moved={december(8): december(9)}), december(9), december(8), weekly(1)),
    ],
)
def test_one_occurrence_moves_and_nothing_else(when: When, day: date | None, to: date | None, expected: When) -> None:
    assert rules.with_new_day(when, day, to) == expected


def test_a_single_day_keeps_its_hour_when_it_moves() -> None:
    at = datetime(2026, 1, 1, 15, 30).time()  # noqa: DTZ001 - a local hour
    moved = rules.with_new_day(When(sort=WhenSort.DAY, day=december(1), at=at), december(1), december(5))
    assert (moved.day, moved.at) == (december(5), at)


def test_a_changed_rhythm_keeps_the_exceptions_that_still_fit() -> None:
    before = weekly(1, 3, moved={december(8): december(9), december(10): None})
    assert rules.with_moves_of(weekly(3), before).moved == {december(10): None}
    assert rules.with_moves_of(on(december(8)), before) == on(december(8))
    assert rules.with_moves_of(weekly(3), on(december(8))) == weekly(3)


def test_what_takes_the_place_of_an_agreement_starts_where_it_stood() -> None:
    rest = rules.rest_of(weekly(1, every=2, moved={december(1): None, december(15): december(16)}), december(3))
    assert rest == weekly(1, every=2, day=december(15), moved={december(15): december(16)})
    assert rules.rest_of(weekly(1, until=december(2)), december(3)) == When()
    assert rules.rest_of(on(december(2)), december(3)) == When()
    assert rules.rest_of(on(december(3)), december(3)) == on(december(3))
    assert rules.rest_of(When(), december(3)) == When()


@given(rhythms, some.dates(date(2026, 1, 1), date(2026, 4, 1)))
def test_the_rest_of_a_rhythm_is_the_rhythm_from_now_on(when: When, today: date) -> None:
    regular = msgspec.structs.replace(when, moved={})
    rest = rules.rest_of(regular, today)
    assert days(rest, today, date(2026, 8, 1)) == days(regular, today, date(2026, 8, 1))


@given(rhythms)
def test_a_time_with_exceptions_is_kept_whole(when: When) -> None:
    body = AgreementBody(words="huiswerk", when=when)
    assert msgspec.json.decode(msgspec.json.encode(body), type=AgreementBody) == body


# ---- states and results ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("now", "to", "fine"),
    [
        (OPEN, DONE, True),
        (OPEN, STOPPED, True),
        (DONE, OPEN, True),
        (DONE, STOPPED, False),
        (STOPPED, OPEN, True),
        (STOPPED, DONE, False),
    ],
)
def test_an_agreement_moves_only_as_the_family_can_choose(now: AgreementState, to: AgreementState, fine: bool) -> None:
    assert rules.why_not_move(now, to) == (None if fine else Reason.NO_SUCH_MOVE)
    assert rules.why_not_move(now, now) is None


@dataclass(frozen=True)
class Told:
    body: OutcomeBody


def told(day: date | None, result: Result, *who: object, reported: bool = False) -> Told:
    return Told(OutcomeBody(day=day, result=result, who=who or (BETTY,), reported=reported))


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], None),
        ([told(TODAY, Result.DONE)], Result.DONE),
        ([told(december(2), Result.DONE)], None),
        ([told(TODAY, Result.MISSED)], Result.MISSED),
        ([told(TODAY, Result.MISSED), told(TODAY, Result.DONE, reported=True)], Result.DONE),
        ([told(TODAY, Result.DONE), told(TODAY, Result.MISSED, reported=True)], Result.DONE),
        ([told(TODAY, Result.MISSED, OMA)], None),
        ([told(TODAY, Result.DONE, OMA)], Result.DONE),
    ],
)
def test_gelukt_belongs_to_one_occurrence(outcomes: list[Told], expected: Result | None) -> None:
    assert rules.result_on(TODAY, [BETTY], outcomes) == expected

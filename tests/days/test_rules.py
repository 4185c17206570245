"""What comes first and what then: the rule of a day in a child's size."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.days import rules
from app.local import PartOfDay, part_of_day

DAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("over", "looks_at", "expected"),
    [
        ([], None, (None, None)),
        ([False], None, (0, None)),
        ([False, False, False], None, (0, 1)),
        ([True, False, False], None, (1, 2)),
        ([False, True, False], None, (0, 2)),
        ([True, True], None, (None, None)),
        # Looking ahead, or back.
        ([False, False, False], 1, (1, 2)),
        ([True, True, False], 0, (0, 2)),
        ([False, False], 1, (1, None)),
        # What is not there is not looked at.
        ([False, False], 9, (0, 1)),
    ],
)
def test_first_and_then(over: list[bool], looks_at: int | None, expected: tuple[int | None, int | None]) -> None:
    assert rules.first_and_then(over, looks_at) == expected


@given(st.lists(st.booleans()))
def test_nothing_that_is_over_comes_by_itself(over: list[bool]) -> None:
    first, then = rules.first_and_then(over)
    assert first is None or not over[first]
    assert then is None or (first is not None and then > first and not over[then])
    assert (first is None) is all(over)


@pytest.mark.parametrize(
    ("at", "clock", "past"),
    [
        (time(15, 30), "15:30", False),
        (time(15, 30), "16:29", False),
        (time(15, 30), "16:30", True),
        (time(23, 30), "23:59", False),
        (None, "23:59", False),
    ],
)
def test_something_lasts_an_hour(at: time | None, clock: str, past: bool) -> None:
    here = rules.datetime.fromisoformat(f"{DAY}T{clock}").replace(tzinfo=ZoneInfo("Europe/Brussels"))
    assert rules.is_past(DAY, at, "Europe/Brussels", here) is past


def test_a_day_before_is_past_and_one_that_comes_is_not() -> None:
    here = rules.datetime.fromisoformat(f"{DAY}T12:00").replace(tzinfo=ZoneInfo("Europe/Brussels"))
    assert rules.is_past(date(2026, 12, 2), None, "Europe/Brussels", here)
    assert not rules.is_past(date(2026, 12, 4), time(8), "Europe/Brussels", here)


def test_the_parts_of_a_day() -> None:
    told = {time(7): PartOfDay.MORNING, time(12): PartOfDay.AFTERNOON, time(17, 59): PartOfDay.AFTERNOON}
    assert {at: part_of_day(at) for at in told} == told
    assert part_of_day(time(18)) is PartOfDay.EVENING


def test_a_week_begins_on_monday() -> None:
    week = rules.week_around(DAY)
    assert [day.weekday() for day in week] == list(range(7))
    assert DAY in week

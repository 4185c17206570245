"""What counts as ours, when something was done, in which order it is told, and how a long road is cut."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lookback import rules
from app.lookback.nouns import Doing

SARA, KAAT, OMA = (UUID(int=number) for number in (1, 2, 3))
FAMILY = {SARA, KAAT}
FIRST = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def doing(of: int, day: int = 0, hour: int = 0, times: int = 1) -> Doing:
    on, at = FIRST + timedelta(days=day), NOON + timedelta(days=day, hours=hour)
    return Doing(UUID(int=of), on, at, f"stap {of}", "nl", times=times)


@pytest.mark.parametrize(
    ("doers", "ours"),
    [
        ((), True),
        ((SARA,), True),
        ((KAAT, OMA), True),
        ((OMA,), False),
        ((OMA, OMA), False),
    ],
)
def test_ours_is_what_somebody_of_the_family_did_or_nobody_is_named_for(doers: tuple[UUID, ...], ours: bool) -> None:
    assert rules.is_ours(doers, FAMILY) is ours


def test_of_people_out_of_sight_nothing_is_ours() -> None:
    assert not rules.is_ours((SARA,), ())


@pytest.mark.parametrize(
    ("states", "day"),
    [
        ([], None),
        ([("", "open")], None),
        ([("open", "done")], 0),
        ([("", "done")], 0),
        ([("open", "done"), ("done", "done")], 0),
        ([("open", "done"), ("done", "open")], 0),
        ([("open", "done"), ("done", "open"), ("open", "done")], 2),
        ([("done", "done"), ("done", "open")], None),
    ],
)
def test_the_day_it_was_done_is_the_last_time_it_became_so(states: list[tuple[str, str]], day: int | None) -> None:
    told = [(NOON + timedelta(days=number), before, after) for number, (before, after) in enumerate(states)]
    assert rules.turned_at(told, "done") == (None if day is None else NOON + timedelta(days=day))


@pytest.mark.parametrize(
    ("day", "told", "shown"),
    [(None, 4, 4), (2, 4, 2), (4, 4, 4), (6, 4, 4)],
)
def test_what_is_told_before_its_day_was_done_when_it_was_told(day: int | None, told: int, shown: int) -> None:
    own = None if day is None else FIRST + timedelta(days=day)
    assert rules.done_on(own, FIRST + timedelta(days=told)) == FIRST + timedelta(days=shown)


def test_the_oldest_stands_first_and_of_one_day_what_was_said_first() -> None:
    late, early, second = doing(1, day=3), doing(2, day=1), doing(3, day=1, hour=2)
    assert rules.in_order([late, second, early]) == [early, second, late]


def test_what_went_well_more_often_stands_once_at_its_last_time() -> None:
    found = rules.in_order([doing(1, day=1), doing(2, day=2), doing(1, day=3), doing(1, day=0)])
    assert [(one.of.int, one.day, one.times) for one in found] == [
        (2, FIRST + timedelta(days=2), 1),
        (1, FIRST + timedelta(days=3), 3),
    ]


@pytest.mark.parametrize(
    ("number", "held", "earlier", "later"),
    [(1, [3, 4, 5], True, False), (2, [0, 1, 2], False, True), (3, None, False, False), (0, None, False, False)],
)
def test_a_long_road_is_cut_from_its_new_end(number: int, held: list[int] | None, earlier: bool, later: bool) -> None:
    found = rules.part([doing(of, day=of) for of in range(6)], number, 3)
    if held is None:
        assert found is None
    else:
        assert found is not None
        assert [one.of.int for one in found.doings] == held
        assert (found.earlier, found.later) == (earlier, later)


def test_a_road_on_which_nothing_stands_has_one_part() -> None:
    found = rules.part([], 1, 3)
    assert found is not None
    assert (found.doings, found.earlier, found.later) == ((), False, False)
    assert rules.part([], 2, 3) is None


@given(st.integers(0, 80), st.integers(1, 30))
def test_the_parts_together_are_the_road(length: int, longest: int) -> None:
    road = [doing(of, day=of) for of in range(length)]
    parts, number = [], 1
    while (found := rules.part(road, number, longest)) is not None:
        parts.append(found)
        number += 1
    assert [one for part in reversed(parts) for one in part.doings] == road
    assert all(len(part.doings) <= longest for part in parts)
    assert [part.earlier for part in parts] == [True] * (len(parts) - 1) + [False]

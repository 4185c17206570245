from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.goals.nouns import GoalBody
from app.history import rules
from app.history.rules import Reason
from app.local import local_day

BEFORE, AFTER = GoalBody(words="Slapen", domain="health"), GoalBody(words="Goed slapen", domain="health")


def test_what_is_as_the_change_left_it_goes_back() -> None:
    assert rules.put_back(AFTER, BEFORE, AFTER) == BEFORE


def test_what_others_wrote_elsewhere_since_stays() -> None:
    now = GoalBody(words="Goed slapen", domain="school")
    assert rules.put_back(now, BEFORE, AFTER) == GoalBody(words="Slapen", domain="school")


def test_what_is_back_already_is_fine() -> None:
    assert rules.put_back(BEFORE, BEFORE, AFTER) == BEFORE


def test_what_somebody_wrote_over_since_is_not_lost() -> None:
    assert rules.put_back(GoalBody(words="Elke nacht slapen"), BEFORE, AFTER) is Reason.CHANGED_SINCE


@pytest.mark.parametrize(
    ("now", "before", "after", "may"),
    [("b", "a", "b", True), ("a", "a", "b", True), ("c", "a", "b", False), ("c", "a", "a", True)],
)
def test_a_state_goes_back_in_the_same_way(now: str, before: str, after: str, may: bool) -> None:
    assert rules.value_back(now, before, after) is may


BODIES = some.builds(GoalBody, words=some.sampled_from("abc"), domain=some.sampled_from("xyz"))


@given(BODIES, BODIES, BODIES)
def test_going_back_never_loses_a_word_written_since(now: GoalBody, before: GoalBody, after: GoalBody) -> None:
    back = rules.put_back(now, before, after)
    for name in ("words", "domain"):
        is_, was, became = (getattr(body, name) for body in (now, before, after))
        if back is Reason.CHANGED_SINCE:
            continue
        assert getattr(back, name) == (was if was != became else is_)
    written_over = any(
        getattr(before, name) != getattr(after, name)
        and getattr(now, name) not in {getattr(before, name), getattr(after, name)}
        for name in ("words", "domain")
    )
    assert (back is Reason.CHANGED_SINCE) is written_over


FIRST, SECOND, THIRD, FOURTH = (UUID(int=number) for number in range(4))


@pytest.mark.parametrize(
    ("undone_by", "undone"),
    [
        ({}, False),
        ({FIRST: [SECOND]}, True),
        ({FIRST: [SECOND], SECOND: [THIRD]}, False),
        ({FIRST: [SECOND], SECOND: [THIRD], THIRD: [FOURTH]}, True),
        ({FIRST: [SECOND, FOURTH], SECOND: [THIRD]}, True),
    ],
)
def test_taken_back_is_what_was_not_brought_again(undone_by: dict[UUID, list[UUID]], undone: bool) -> None:
    assert rules.is_undone(FIRST, undone_by) is undone


def test_the_bin_keeps_30_days_of_the_family() -> None:
    removed = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    assert rules.stays_until(removed, "Europe/Brussels") == date(2026, 3, 3)
    assert timedelta(days=30) == rules.KEPT_FOR


def test_a_day_is_the_day_where_the_family_lives() -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert local_day(late, "Europe/Brussels") == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ([1, 2], [2, 1], True),
        ([3], [2], False),
        ([3, 4], [2, 3], False),
        ([2, 1, 3], [1, 2, 3], True),
        ([], [], False),
    ],
)
def test_things_change_places_only_when_one_passes_another(
    before: list[int], after: list[int], *, changed: bool
) -> None:
    assert rules.changed_places(before, after) is changed

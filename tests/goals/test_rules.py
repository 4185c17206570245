from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.goals import rules
from app.goals.nouns import GoalState, Stitch, Thread

NOW, LATER, REACHED, DROPPED = GoalState.NOW, GoalState.LATER, GoalState.REACHED, GoalState.DROPPED


@dataclass(frozen=True)
class Bead:
    id: UUID


BEADS = [Bead(uuid4()) for _ in range(4)]


@pytest.mark.parametrize(
    ("now", "to", "fine"),
    [
        (NOW, LATER, True),
        (NOW, REACHED, True),
        (NOW, DROPPED, True),
        (LATER, NOW, True),
        (LATER, REACHED, True),
        (LATER, DROPPED, True),
        (REACHED, NOW, True),
        (REACHED, LATER, True),
        (REACHED, DROPPED, False),
        (DROPPED, NOW, True),
        (DROPPED, LATER, True),
        (DROPPED, REACHED, False),
    ],
)
def test_a_goal_moves_only_as_the_family_can_choose(now: GoalState, to: GoalState, fine: bool) -> None:
    assert rules.why_not_move(now, to) == (None if fine else rules.Reason.NO_SUCH_MOVE)


@pytest.mark.parametrize("state", list(GoalState))
def test_staying_where_it_is_is_always_fine(state: GoalState) -> None:
    assert rules.why_not_move(state, state) is None


@pytest.mark.parametrize(
    ("place", "by", "order"),
    [(1, -1, [1, 0, 2, 3]), (1, 1, [0, 2, 1, 3]), (0, -1, [0, 1, 2, 3]), (3, 1, [0, 1, 2, 3])],
)
def test_one_thing_changes_place_and_at_the_edge_it_stays(place: int, by: int, order: list[int]) -> None:
    assert rules.swap(BEADS, BEADS[place], by) == tuple(BEADS[index] for index in order)


@given(some.integers(0, 3), some.integers(-9, 9))
def test_moving_never_loses_or_doubles_a_thing(place: int, by: int) -> None:
    assert set(rules.swap(BEADS, BEADS[place], by)) == set(BEADS)


def test_the_first_six_threads_differ_in_colour_and_in_stitch() -> None:
    taken: list[tuple[Thread, Stitch]] = []
    for _ in range(6):
        taken.append(rules.next_look(taken))
    assert len({thread for thread, _ in taken}) == len({stitch for _, stitch in taken}) == 6


@given(some.integers(0, 80))
def test_there_is_a_thread_for_every_new_goal(many: int) -> None:
    taken: list[tuple[Thread, Stitch]] = []
    for _ in range(many):
        taken.append(rules.next_look(taken))
    assert len(set(taken[:36])) == min(many, 36)

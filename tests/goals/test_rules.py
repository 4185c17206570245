from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.goals import rules
from app.goals.nouns import GoalState, Stitch, Thread
from app.policy.audience import WE_AND_NAMED, Audience, Facts, Who

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


# Kept by a parent, only ours, and seen by others too: from few readers to many.
PLAN, SARA = uuid4(), uuid4()
BREADTHS = (Audience(Who.ME), Audience(Who.WE), Audience())


@dataclass(frozen=True)
class Knot:
    """A thing in a row, and who sees it."""

    id: UUID
    position: int
    facts: Facts


def knot(position: int, breadth: int) -> Knot:
    facts = Facts("goal", PLAN, uuid4(), SARA, BREADTHS[breadth], WE_AND_NAMED)
    return Knot(facts.id, position, facts)


rows = some.lists(
    some.tuples(some.integers(0, 40), some.integers(0, 2)), min_size=1, max_size=7, unique_by=lambda one: one[0]
).map(lambda row: [knot(position * rules.GAP, breadth) for position, breadth in sorted(row)])


@pytest.mark.parametrize(("audience", "breadth"), [(one, place) for place, one in enumerate(BREADTHS)])
def test_who_sees_a_thing_is_few_ours_or_more(audience: Audience, breadth: int) -> None:
    assert rules.breadth(Facts("goal", PLAN, uuid4(), SARA, audience, WE_AND_NAMED)) == breadth


@given(rows, some.data())
def test_a_thing_that_fewer_people_see_moves_without_touching_what_others_see(row: list[Knot], data: Any) -> None:
    """However often things are moved: they change places as asked, and who sees less finds nothing written."""
    for _move in range(12):
        thing, by = data.draw(some.sampled_from(row)), data.draw(some.sampled_from((-1, 1)))
        wanted = rules.swap(row, thing, by)
        written = {one.id: place for one, place in rules.places(row, thing, by)}
        passed = [one for one, other in zip(row, wanted, strict=True) if one.id != other.id]
        row = sorted(
            (replace(one, position=written.get(one.id, one.position)) for one in row), key=lambda one: one.position
        )
        assert [one.id for one in row] == [one.id for one in wanted]
        assert set(written) <= {one.id for one in passed}
        if len({rules.breadth(one.facts) for one in passed}) == 2:
            fewest = min(passed, key=lambda one: rules.breadth(one.facts))
            assert set(written) == {fewest.id}


@given(some.lists(some.integers(0, 3), min_size=2, max_size=6).map(sorted), some.data())
def test_where_there_is_no_room_all_get_a_place_of_their_own(positions: list[int], data: Any) -> None:
    row = [knot(position, data.draw(some.integers(0, 2))) for position in positions]
    thing, by = data.draw(some.sampled_from(row)), data.draw(some.sampled_from((-1, 1)))
    written = {one.id: place for one, place in rules.places(row, thing, by)}
    after = sorted(row, key=lambda one: written.get(one.id, one.position))
    assert [one.id for one in after] == [one.id for one in rules.swap(row, thing, by)]


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

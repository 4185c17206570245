"""What goals allow. Pure: each rule returns None, or the reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from app.goals.nouns import GoalState, Stitch, Thread
from app.items import Thing


class Reason(StrEnum):
    NO_SUCH_MOVE = "no_such_move"
    UNKNOWN_PERSON = "unknown_person"


# From where a goal may go to where; every move is a choice of the family and each can be taken back.
MOVES: dict[GoalState, frozenset[GoalState]] = {
    GoalState.NOW: frozenset({GoalState.LATER, GoalState.REACHED, GoalState.DROPPED}),
    GoalState.LATER: frozenset({GoalState.NOW, GoalState.REACHED, GoalState.DROPPED}),
    GoalState.REACHED: frozenset({GoalState.NOW, GoalState.LATER}),
    GoalState.DROPPED: frozenset({GoalState.NOW, GoalState.LATER}),
}


def why_not_move(now: GoalState, to: GoalState) -> Reason | None:
    """Whether a goal may go from one state to another; staying is no move and always fine."""
    return None if to == now or to in MOVES[now] else Reason.NO_SUCH_MOVE


def swap(things: Sequence[Thing[Any]], thing: Thing[Any], by: int) -> tuple[Thing[Any], ...]:
    """The order of `things` after `thing` moved `by` places (-1 is up); at the edge it stays."""
    order = list(things)
    place = next(index for index, other in enumerate(order) if other.id == thing.id)
    order.insert(min(max(place + by, 0), len(order) - 1), order.pop(place))
    return tuple(order)


def next_look(taken: Sequence[tuple[Thread, Stitch]]) -> tuple[Thread, Stitch]:
    """The thread and stitch a new goal gets: the first pair no other goal has, both new where possible."""
    threads, stitches = list(Thread), list(Stitch)
    pairs = [
        (thread, stitches[(row + turn) % len(stitches)]) for turn in range(6) for row, thread in enumerate(threads)
    ]
    return next((pair for pair in pairs if pair not in taken), pairs[len(taken) % len(pairs)])

"""What goals allow. Pure: each rule returns None, or the reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Any

from app.goals.nouns import GoalState, Stitch, Thread
from app.items import Thing
from app.policy.audience import Facts, Who

# Between two things there is room for others, so that one can come there without the two being written.
GAP = 1 << 16


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


def places(things: Sequence[Thing[Any]], thing: Thing[Any], by: int) -> list[tuple[Thing[Any], int]]:
    """What gets another place when `thing` moves by one (-1 is up, 1 down), and which.

    Hidden leaves no trace: when a thing that fewer people see and one that more people see change places, only the
    first is written, whichever of them was moved. Who sees only the other finds it as it was, with the same version.
    """
    order = list(things)
    at = next(index for index, other in enumerate(order) if other.id == thing.id)
    to = at + by
    if not 0 <= to < len(order):
        return []
    other = order[to]
    apart = all(one.position < next_.position for one, next_ in pairwise(order))
    if apart and breadth(thing.facts) == breadth(other.facts):
        return [(thing, other.position), (other, thing.position)]
    mover, past, beyond = (
        (thing, other, to + by) if breadth(thing.facts) < breadth(other.facts) else (other, thing, at - by)
    )
    edge = order[beyond].position if 0 <= beyond < len(order) else None
    way = 1 if past.position > mover.position else -1
    place = past.position + way * GAP if edge is None else (past.position + edge) // 2
    if apart and place not in {past.position, edge}:
        return [(mover, place)]
    return [(one, GAP * place) for place, one in enumerate(swap(things, thing, by), start=1)]


def breadth(item: Facts) -> int:
    """How many may see an item, from few to many: kept from a parent, only wij, or more."""
    if not item.is_ours:
        return 0
    chosen, default = item.audience.who, item.default
    only_we = chosen is Who.WE or (chosen is Who.DEFAULT and not (default.named or default.shared))
    return 1 if only_we else 2


def next_look(taken: Sequence[tuple[Thread, Stitch]]) -> tuple[Thread, Stitch]:
    """The thread and stitch a new goal gets: the first pair no other goal has, both new where possible."""
    threads, stitches = list(Thread), list(Stitch)
    pairs = [
        (thread, stitches[(row + turn) % len(stitches)]) for turn in range(6) for row, thread in enumerate(threads)
    ]
    return next((pair for pair in pairs if pair not in taken), pairs[len(taken) % len(pairs)])

"""What proposals say on the pages of other rooms: what waits, in its place, and what began as a proposal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.items import Thing
from app.policy.actor import Actor, ActorKind
from app.proposals import store, words
from app.proposals.nouns import Act, Target
from app.proposals.shown import shown
from app.proposals.store import Board, LineView, Question
from app.rooms import Panel

# A page stays small, however much is proposed; the rest stands under "Voorstellen".
MOST_WAITING, MOST_MADE = 3, 3
NEW_STEP = (Act.NEW, Target.STEP)


def on_home(actor: Actor, _plan: Any) -> Panel | None:
    """The oldest that waits, for who decides."""
    board = _of_a_parent(actor)
    if board is None or not board.here:
        return None
    first, *others = board.here
    return Panel(
        "proposals/_home.html",
        {"one": first, "more": len(others), "board": board, "words": words, "shown": shown},
        waits=True,
    )


def on_thing(actor: Actor, thing: Thing[Any]) -> Panel | None:
    """On the page of one thing: what waits about it, and that it was a proposal."""
    board = _of_a_parent(actor)
    if board is None:
        return None
    # A new small step stands among the steps, below.
    waiting = [line for line in board.about(thing) if (line.body.act, line.body.about) != NEW_STEP]
    return _panel(board, waiting, board.made(thing))


def among_steps(actor: Actor, goal: Thing[Any]) -> Panel | None:
    """Among the small steps of a goal: the new ones that wait."""
    board = _of_a_parent(actor)
    if board is None:
        return None
    return _panel(board, [line for line in board.new(Target.STEP) if line.body.goal == goal.id], [])


def beside_new(about: Target) -> Callable[[Actor, Any], Panel | None]:
    """Among things of one kind: what is new and waits."""

    def panel_of(actor: Actor, _plan: Any) -> Panel | None:
        board = _of_a_parent(actor)
        return None if board is None else _panel(board, board.new(about), [])

    return panel_of


def _of_a_parent(actor: Actor) -> Board | None:
    return store.at_hand(actor) if actor.kind is ActorKind.PARENT else None


def _panel(board: Board, waiting: list[LineView], made: list[LineView]) -> Panel | None:
    if not waiting and not made:
        return None
    questions = [Question(line, board) for line in waiting[:MOST_WAITING]]
    given = {"questions": questions, "made": made[:MOST_MADE], "board": board, "words": words, "shown": shown}
    return Panel("proposals/_panel.html", given)

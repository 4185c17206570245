"""What can be done to goals and steps: load -> rules -> change, a verb each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from app.change import ALONE, Add, Along, Done, Put, Refused, Remove, change
from app.goals import rules
from app.goals.models import GOAL, STEP
from app.goals.nouns import GoalBody, GoalState, Reins, StepBody, StepState, Stitch, Thread
from app.goals.store import GoalsView, GoalView, StepView
from app.items import Thing
from app.people.models import PERSON
from app.policy.actions import Action
from app.policy.actor import Actor


@dataclass(frozen=True)
class GoalInput:
    """What the form for a goal asks."""

    words: str
    whose: tuple[UUID, ...] = ()
    domain: str = ""
    arranger: UUID | None = None
    reins: Reins | None = None
    thread: Thread | None = None
    stitch: Stitch | None = None


@dataclass(frozen=True)
class StepInput:
    """What the form for a small step asks."""

    words: str
    helpers: tuple[UUID, ...] = ()


def add(actor: Actor, board: GoalsView, given: GoalInput, form_key: str | None, along: Along = ALONE) -> Done:
    """Add a goal, last in the order, with a thread no other goal has unless one was chosen."""
    _known(board.whole.get, given.whose, given.arranger)
    # A thread that only this parent sees is free for the others: passing it over would tell that it is there.
    ours = (goal.thing for goal in board.goals if goal.thing.facts.is_ours)
    taken = [(goal.body.thread, goal.body.stitch) for goal in ours]
    thread, stitch = rules.next_look(taken)
    body = GoalBody(
        audience=along.audience,
        words=given.words,
        whose=given.whose,
        domain=given.domain,
        arranger=given.arranger,
        reins=given.reins,
        thread=given.thread or thread,
        stitch=given.stitch or stitch,
    )
    last = max((goal.thing.position for goal in board.goals), default=0)
    new = Add(GOAL, body, GoalState.NOW, position=last + rules.GAP)
    return change(actor, Action.GOAL_ADD, new, *along.edits, form_key=form_key, beside=along.beside)


def edit(
    actor: Actor, goal: GoalView, given: GoalInput, seen: int | None, form_key: str | None, along: Along = ALONE
) -> Done:
    """Change the words and look of a goal.

    Raises:
        BothChanged: somebody changed the same words since version `seen`.
    """
    _known(goal.whole.get, given.whose, given.arranger)
    before, unseen = goal.thing.body, goal.whole.unseen
    # Whom this actor could not see on the form stays.
    arranger = next(iter(unseen([before.arranger] if before.arranger else [])), None)
    body = msgspec.structs.replace(
        before,
        words=given.words,
        whose=(*unseen(before.whose), *given.whose),
        domain=given.domain,
        arranger=given.arranger or arranger,
        reins=given.reins,
        thread=given.thread or before.thread,
        stitch=given.stitch or before.stitch,
    )
    return change(actor, Action.GOAL_CHANGE, Put(goal.thing, body, seen=seen), *along.edits, form_key=form_key)


def move_to(actor: Actor, goal: GoalView, state: GoalState, form_key: str | None = None, along: Along = ALONE) -> Done:
    """Now, later, gelukt, or dit willen wij niet meer. Moving to where it is changes nothing."""
    reason = rules.why_not_move(GoalState(goal.thing.state), state)
    if reason is not None:
        raise Refused(reason)
    return change(actor, Action.GOAL_CHANGE, Put(goal.thing, state=state), *along.edits, form_key=form_key)


def reorder(actor: Actor, board: GoalsView, goal: Thing[GoalBody], by: int, form_key: str | None) -> Done:
    """Move a goal up (-1) or down (1) among those in its state; at the edge it stays."""
    same = [other.thing for other in board.goals if other.thing.state == goal.state]
    return change(actor, Action.GOAL_CHANGE, *_places(same, goal, by), form_key=form_key)


def remove(actor: Actor, goal: GoalView) -> Done:
    """Into the bin, with its steps out of sight."""
    return change(actor, Action.GOAL_REMOVE, Remove(goal.thing))


def add_step(actor: Actor, goal: GoalView, given: StepInput, form_key: str | None, along: Along = ALONE) -> Done:
    """Add a small step, last in the row."""
    _known(goal.whole.get, given.helpers)
    last = max((step.position for step in goal.steps), default=0)
    body = StepBody(audience=along.audience, words=given.words, helpers=given.helpers)
    new = Add(STEP, body, StepState.OPEN, under=goal.thing, position=last + rules.GAP)
    return change(actor, Action.STEP_ADD, new, *along.edits, form_key=form_key)


def edit_step(
    actor: Actor, step: StepView, given: StepInput, seen: int | None, form_key: str | None, along: Along = ALONE
) -> Done:
    """Change what a step says and who helps."""
    _known(step.goal.whole.get, given.helpers)
    unseen = step.goal.whole.unseen(step.thing.body.helpers)
    body = msgspec.structs.replace(step.thing.body, words=given.words, helpers=(*unseen, *given.helpers))
    return change(actor, Action.STEP_CHANGE, Put(step.thing, body, seen=seen), *along.edits, form_key=form_key)


def mark_step(actor: Actor, step: StepView, state: StepState) -> Done:
    """Done, or not done after all. Twice is once."""
    return change(actor, Action.STEP_CHANGE, Put(step.thing, state=state))


def reorder_step(actor: Actor, step: StepView, by: int, form_key: str | None) -> Done:
    """Move a step up (-1) or down (1)."""
    return change(actor, Action.STEP_CHANGE, *_places(step.goal.steps, step.thing, by), form_key=form_key)


def remove_step(actor: Actor, step: StepView, form_key: str | None = None, along: Along = ALONE) -> Done:
    """Into the bin."""
    return change(actor, Action.STEP_REMOVE, Remove(step.thing), *along.edits, form_key=form_key)


def _places(things: Sequence[Thing[Any]], thing: Thing[Any], by: int) -> list[Put]:
    return [Put(other, position=place) for other, place in rules.places(things, thing, by)]


def _known(get: Any, people: Sequence[UUID], one: UUID | None = None) -> None:
    """Refuse people this actor does not see: an id typed by hand names nobody."""
    for person in (*people, *([one] if one else [])):
        if get(PERSON, person) is None:
            raise Refused(rules.Reason.UNKNOWN_PERSON)

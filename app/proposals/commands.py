"""What can be done to proposals: load -> rules -> change, a verb each. What a yes does is in `applying.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import msgspec

from app.change import Add, Done, NotPermitted, Refused, change, new_id, was_saved
from app.db import Only, now
from app.policy.actions import Action
from app.policy.actor import Actor
from app.proposals import rules, store
from app.proposals.models import LINE, PROPOSAL
from app.proposals.nouns import Act, Event, LineBody, LineState, ProposalBody, Said, Target
from app.proposals.rules import Reason
from app.proposals.store import Board

SILENT = Said()


@dataclass(frozen=True)
class LineInput:
    """What a guest proposes in one line; see `LineBody`. `seen` is the version of the target they looked at."""

    act: Act
    about: Target
    said: Said = SILENT
    target: UUID | None = None
    goal: UUID | None = None
    asked_by: str = ""
    seen: int | None = None


def send(actor: Actor, board: Board, given: Sequence[LineInput], form_key: str | None) -> Done:
    """A guest sends what one visit brought, at once; `Done.id` is the proposal.

    Raises:
        Refused: a line says nothing, names what this guest does not see, or was answered with "Niet nu" less than 30
            days ago.
    """
    seat = store.seat(actor)
    if seat is None:
        raise NotPermitted
    proposal = new_id(actor, form_key) if form_key else uuid4()
    if was_saved(actor, form_key):
        return Done(None, (proposal,), repeated=True)
    if not given:
        raise Refused(Reason.NOTHING_SAID)
    if len(given) > rules.MOST_LINES:
        raise Refused(Reason.TOO_MANY)
    bodies = [_line(board, line) for line in given]
    _not_again(actor, bodies)
    state = rules.after(None, Event.SEND, actor.kind)
    if state is not LineState.WAITING:
        raise NotPermitted
    lines = [Add(LINE, body, state, under_id=proposal, position=place) for place, body in enumerate(bodies, start=1)]
    visit = Add(PROPOSAL, ProposalBody(), Only.ACTIVE, under=seat, id=proposal)
    return change(actor, Action.PROPOSAL_SEND, visit, *lines, form_key=form_key)


def _not_again(actor: Actor, bodies: Sequence[LineBody]) -> None:
    declined, instant = store.declined(actor), now()
    for body in bodies:
        _refuse(rules.why_not_again(body, declined, instant))


def _line(board: Board, given: LineInput) -> LineBody:
    """A line of what was typed, about things and people this guest sees."""
    body = LineBody(
        act=given.act,
        about=given.about,
        target=given.target,
        goal=given.goal if given.act is Act.NEW else None,
        said=given.said,
        asked_by=given.asked_by,
    )
    _refuse(rules.why_not_propose(body))
    known = {face.id for face in board.people}
    if any(one not in known for one in body.said.who):
        raise Refused(Reason.UNKNOWN_PERSON)
    target = board.thing(body.about, body.target)
    if body.target is not None and target is None:
        raise Refused(Reason.UNKNOWN_TARGET)
    if body.goal is not None and board.thing(Target.GOAL, body.goal) is None:
        raise Refused(Reason.UNKNOWN_TARGET)
    return body if target is None else msgspec.structs.replace(body, seen=given.seen or target.version)


def _refuse(reason: Reason | None) -> None:
    if reason is not None:
        raise Refused(reason)

"""What can be done to proposals: load -> rules -> change, a verb each. What a yes does is in `applying.py`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

import msgspec

from app.change import Add, Along, BothChanged, Done, NotPermitted, Put, Refused, change, new_id, was_saved
from app.db import Only, now
from app.policy.actions import Action
from app.policy.actor import Actor
from app.proposals import rules, store
from app.proposals.applying import Yes, apply, audience_of_new
from app.proposals.models import LINE, PROPOSAL
from app.proposals.nouns import Act, Event, LineBody, LineState, ProposalBody, Said, Target
from app.proposals.rules import Later, Reason
from app.proposals.store import Board, LineView, Visit

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


# ---- the answer ------------------------------------------------------------------------------------------------------


def say_yes(actor: Actor, line: LineView, form_key: str | None) -> Done:
    """Ja, dat doen wij: the plan becomes what the guest proposed, in the same change.

    Raises:
        Refused: DECIDED, when it does not wait any more; else what a rule of the room it is about says.
        BothChanged: the family changed the same words since the guest looked.
    """
    return _accept(actor, line, Event.YES, line.body.said, line.body.seen, form_key)


def say_yes_but(actor: Actor, line: LineView, said: Said, seen: int | None, form_key: str | None) -> Done:
    """Ja, maar anders: the family's words win, and the guest's stay readable. `seen` as in the form they filled in.

    Raises:
        Refused, BothChanged: as `say_yes`; NOTHING_SAID when their words are too few for such a thing.
    """
    if line.body.act is not Act.STOPPED and not rules.says_enough(line.body.about, said):
        raise Refused(Reason.NOTHING_SAID)
    return _accept(actor, line, Event.YES_BUT, said, seen, form_key)


def say_yes_to_all(actor: Actor, visit: Visit, form_key: str | None) -> list[UUID]:
    """Ja to all that waits of one visit, a change each; the lines that cannot be as they stand are given back."""
    form_key = form_key or secrets.token_hex(16)
    left = []
    for waiting in visit.waiting:
        # Read anew: the yes before this one may have made another plan of it.
        question = store.question(actor, waiting.thing.id)
        if question is None:
            continue
        try:
            say_yes(actor, question.line, form_key)
        except BothChanged:
            left.append(waiting.thing.id)
        except Refused as refused:
            if refused.reason is not Reason.DECIDED:
                left.append(waiting.thing.id)
    return left


def say_no(actor: Actor, line: LineView, form_key: str | None) -> Done:
    """Nee: it ends here, and nobody has to say why."""
    return _answer(actor, line, Event.NO, form_key)


def keep_for(actor: Actor, line: LineView, later: Later, today: date, form_key: str | None) -> Done:
    """Later: out of sight until the day the family chose."""
    due = rules.comes_back(later, today, line.whole.zone)
    return _answer(actor, line, Event.LATER, form_key, due)


def take_back(actor: Actor, line: LineView, form_key: str | None) -> Done:
    """A guest takes an own line back, as long as it waits."""
    key = _key(line, form_key)
    if was_saved(actor, key):
        return Done(None, (line.thing.id,), repeated=True)
    gone = Put(line.thing, state=_state_after(actor, line, Event.TAKE_BACK), alone=True)
    return _or_first(lambda: change(actor, Action.PROPOSAL_TAKE_BACK, gone, form_key=key))


def _accept(actor: Actor, line: LineView, event: Event, said: Said, seen: int | None, form_key: str | None) -> Done:
    key = _key(line, form_key)
    if was_saved(actor, key):
        return Done(None, (line.thing.id,), repeated=True)
    state = _state_after(actor, line, event)
    body = msgspec.structs.replace(
        line.body,
        answer=said if event is Event.YES_BUT else None,
        decided_by=actor.person,
        decided_at=now(),
        applied=line.body.target or new_id(actor, key),
    )
    put = Put(line.thing, body, state=state, keep_due=False, alone=True, needs=Action.PROPOSAL_DECIDE)
    yes = Yes(actor, line, said, seen, key, Along((put,), audience_of_new(line)))
    return _or_first(lambda: apply(yes))


def _answer(actor: Actor, line: LineView, event: Event, form_key: str | None, due: datetime | None = None) -> Done:
    key = _key(line, form_key)
    if was_saved(actor, key):
        return Done(None, (line.thing.id,), repeated=True)
    state = _state_after(actor, line, event)
    body = line.body
    if state is not LineState.WAITING:
        body = msgspec.structs.replace(body, decided_by=actor.person, decided_at=now())
    put = Put(line.thing, body, state=state, due_at=due, keep_due=False, alone=True)
    return _or_first(lambda: change(actor, Action.PROPOSAL_DECIDE, put, form_key=key))


def _state_after(actor: Actor, line: LineView, event: Event) -> LineState:
    state = rules.after(line.standing, event, actor.kind)
    if isinstance(state, Reason):
        raise Refused(state)
    return state


def _or_first(do: Callable[[], Done]) -> Done:
    """Do it, unless somebody was first: between reading and writing the line became another one.

    Raises:
        Refused: DECIDED.
    """
    try:
        return do()
    except BothChanged as clash:
        if clash.theirs.kind is not LINE:
            raise
        raise Refused(Reason.DECIDED) from clash


def _key(line: LineView, form_key: str | None) -> str:
    """The key of one line's part of a form: a yes to all is a change a line."""
    return f"{form_key or secrets.token_hex(16)}/{line.thing.id}"


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
        goal=given.goal if given.act is Act.NEW and given.about in rules.OF_A_GOAL else None,
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

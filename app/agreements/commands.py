"""What can be done to agreements: load -> rules -> change, a verb each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec

from app.agreements import rules
from app.agreements.assent import acting, first_yes, text_of, yes_of_others, yes_to
from app.agreements.models import AGREEMENT, OUTCOME
from app.agreements.nouns import AgreementBody, AgreementState, OutcomeBody, Result, When
from app.agreements.store import Board
from app.agreements.turns import AgreementView, Around, Turn
from app.change import ALONE, Add, Along, Done, Put, Refused, Remove, change, new_id, was_saved
from app.db import Only
from app.goals.models import GOAL
from app.items import Thing, media_in
from app.people.models import PERSON
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits

NOTHING = Done(None, ())


@dataclass(frozen=True)
class AgreementInput:
    """What the form for an agreement asks. Only `words` is needed."""

    words: str
    who: tuple[UUID, ...] = ()
    when: When = field(default_factory=When)
    where: str = ""
    goal: UUID | None = None


def add(actor: Actor, board: Board, given: AgreementInput, form_key: str | None, along: Along = ALONE) -> Done:
    """Make an agreement."""
    _known(board, given.who, given.goal)
    _refuse(rules.why_not_when(given.when, board.today))
    body = AgreementBody(
        audience=along.audience,
        words=given.words,
        who=given.who,
        when=given.when,
        where=given.where,
        goal=given.goal,
    )
    made = new_id(actor, form_key) if form_key else uuid4()
    new, yes = Add(AGREEMENT, body, AgreementState.OPEN, id=made), first_yes(made, text_of(body))
    return change(actor, Action.AGREEMENT_ADD, new, yes, *along.edits, form_key=form_key, beside=along.beside)


def edit(
    actor: Actor,
    agreement: AgreementView,
    given: AgreementInput,
    seen: int | None,
    form_key: str | None,
    along: Along = ALONE,
) -> Done:
    """Change an agreement; the days that were moved one by one stay, where they still fit.

    Raises:
        BothChanged: somebody changed the same words since version `seen`.
    """
    before, whole = agreement.thing.body, agreement.whole
    _known(agreement, given.who, given.goal)
    when = rules.with_moves_of(given.when, before.when)
    _refuse(rules.why_not_when(when, agreement.today, before.when))
    # Who and what this actor could not see on the form stays.
    hidden = whole.unseen(before.who)
    goal = given.goal if agreement.goal is not None or given.goal else before.goal
    body = msgspec.structs.replace(
        before, words=given.words, who=(*hidden, *given.who), when=when, where=given.where, goal=goal
    )
    put = Put(agreement.thing, body, seen=seen)
    yes = yes_to(actor, agreement, text_of(body)) if text_of(body) != text_of(before) else []
    return change(actor, Action.AGREEMENT_CHANGE, put, *yes, *along.edits, form_key=form_key)


def remove(actor: Actor, agreement: AgreementView) -> Done:
    """Into the bin, with how it went out of sight."""
    return change(actor, Action.AGREEMENT_REMOVE, Remove(agreement.thing))


def tell(actor: Actor, turn: Turn, result: Result, why: str = "", form_key: str | None = None) -> Done:
    """Say how one occurrence went. Saying it twice is saying it once; what somebody reported stays beside it."""
    _refuse_when_stopped(turn)
    if turn.result is result and not why:
        return NOTHING
    said = next((told for told in turn.told if not told.body.reported and _same_people(turn, told)), None)
    told = _told(turn, said, OutcomeBody(result=result, why=why))
    beside = (*_state_after(turn, result), *acting(actor, turn.agreement))
    return change(actor, Action.OUTCOME_TELL, told, *beside, form_key=form_key)


def report(actor: Actor, turn: Turn, result: Result, why: str = "", form_key: str | None = None) -> Done:
    """Report on an own agreement, through a link: it stands beside the agreement, which does not change."""
    _refuse_when_stopped(turn)
    own = _own_report(actor, turn)
    if own is not None and own.body.result is result and not why:
        return NOTHING
    told = _told(turn, own, OutcomeBody(result=result, why=why, reported=True))
    return change(actor, Action.OUTCOME_REPORT, told, *acting(actor, turn.agreement), form_key=form_key)


def say_more(actor: Actor, turn: Turn, why: str, form_key: str | None) -> Done:
    """Say something with an own report; whoever sees the report reads it.

    Raises:
        Refused: there is no such report any more.
    """
    own = _own_report(actor, turn)
    if own is None:
        raise Refused(rules.Reason.NO_SUCH_MOVE)
    return report(actor, turn, own.body.result, why, form_key)


def take_back(actor: Actor, turn: Turn, form_key: str | None = None) -> Done:
    """Take back what was told and reported of one occurrence, as far as it is this actor's to take back."""
    mine = [told for told in turn.told if permits(actor, Action.OUTCOME_TAKE_BACK, told.facts)]
    edits: list[Put | Remove] = [Remove(told) for told in mine]
    still_done = any(told.body.result is Result.DONE for told in turn.told if told not in mine)
    was_done = turn.thing.state == AgreementState.DONE
    if was_done and not still_done and permits(actor, Action.OUTCOME_TELL, turn.thing.facts):
        edits.append(Put(turn.thing, state=AgreementState.OPEN, needs=Action.OUTCOME_TELL))
    return change(actor, Action.OUTCOME_TAKE_BACK, *edits, form_key=form_key)


def new_day(actor: Actor, turn: Turn, to: date, form_key: str | None) -> Done:
    """Nieuwe dag: one occurrence moves, of a weekly agreement only that one. The same day again opens it again."""
    if was_saved(actor, form_key):
        return NOTHING
    _refuse_when_over(turn)
    _refuse(rules.why_not_new_day(turn.thing.body.when, turn.day, to, turn.agreement.today))
    if to == turn.day:
        return take_back(actor, turn, form_key)
    return _changed(actor, turn, form_key, when=rules.with_new_day(turn.thing.body.when, turn.day, to))


def someone_else(actor: Actor, turn: Turn, who: tuple[UUID, ...], to: date | None, form_key: str | None) -> Done:
    """Iemand anders: from now on they do it. A day that is over makes place for `to`, or stays open."""
    if was_saved(actor, form_key):
        return NOTHING
    _refuse_when_over(turn)
    _known(turn.agreement, who)
    when, today = turn.thing.body.when, turn.agreement.today
    if to is not None:
        _refuse(rules.why_not_new_day(when, turn.day, to, today))
    if to is not None or (turn.day is not None and turn.day < today):
        when = rules.with_new_day(when, turn.day, to)
    return _changed(actor, turn, form_key, who=who, when=when)


def smaller(actor: Actor, turn: Turn, words: str, form_key: str | None) -> Done:
    """Kleiner maken: a smaller agreement takes the place of this one. Both stand in the history, each in its words."""
    if was_saved(actor, form_key):
        return NOTHING
    _refuse_when_over(turn)
    thing = turn.thing
    when = rules.rest_of(thing.body.when, turn.agreement.today)
    # A photo, a voice note or a film is on one thing only: it stays with the words it was put on.
    alone: dict[str, Any] = dict.fromkeys(media_in(thing.body))
    body = msgspec.structs.replace(thing.body, words=words, when=when, **alone)
    made = new_id(actor, form_key) if form_key else uuid4()
    return change(
        actor,
        Action.AGREEMENT_CHANGE,
        Add(AGREEMENT, body, AgreementState.OPEN, position=thing.position, id=made, needs=Action.AGREEMENT_ADD),
        Put(thing, state=AgreementState.STOPPED),
        first_yes(made, text_of(body)),
        *yes_of_others(actor, turn.agreement, made),
        form_key=form_key,
    )


def not_needed(actor: Actor, turn: Turn, only_this_time: bool, form_key: str | None) -> Done:
    """Niet meer nodig: the agreement stops; of a weekly one maybe only this time."""
    if was_saved(actor, form_key) or turn.thing.state == AgreementState.STOPPED:
        return NOTHING
    _refuse_when_over(turn)
    if only_this_time and turn.agreement.is_weekly:
        return _changed(actor, turn, form_key, when=rules.with_new_day(turn.thing.body.when, turn.day, None))
    stopped = Put(turn.thing, state=AgreementState.STOPPED)
    return change(actor, Action.AGREEMENT_CHANGE, stopped, form_key=form_key)


def stop(actor: Actor, agreement: AgreementView, form_key: str | None, along: Along = ALONE) -> Done:
    """Niet meer nodig, altogether. What went well already stays so."""
    _refuse(rules.why_not_move(AgreementState(agreement.thing.state), AgreementState.STOPPED))
    stopped = Put(agreement.thing, state=AgreementState.STOPPED)
    return change(actor, Action.AGREEMENT_CHANGE, stopped, *along.edits, form_key=form_key)


def reopen(actor: Actor, agreement: AgreementView) -> Done:
    """Toch wel: what stopped is agreed again."""
    _refuse(rules.why_not_move(AgreementState(agreement.thing.state), AgreementState.OPEN))
    return change(actor, Action.AGREEMENT_CHANGE, Put(agreement.thing, state=AgreementState.OPEN))


def _changed(
    actor: Actor, turn: Turn, form_key: str | None, *, when: When, who: tuple[UUID, ...] | None = None
) -> Done:
    thing = turn.thing
    body = msgspec.structs.replace(thing.body, when=when, who=thing.body.who if who is None else who)
    yes = yes_to(actor, turn.agreement, text_of(body)) if text_of(body) != text_of(thing.body) else []
    return change(actor, Action.AGREEMENT_CHANGE, Put(thing, body), *yes, form_key=form_key)


def _told(turn: Turn, said: Thing[OutcomeBody] | None, new: OutcomeBody) -> Add | Put:
    """What is told now, in the place of what the same voice said before."""
    who = turn.thing.body.who
    if said is None:
        return Add(OUTCOME, msgspec.structs.replace(new, day=turn.day, who=who), Only.ACTIVE, under=turn.thing)
    # Words about what did not work stay with that: "gelukt" is read by more people.
    before = said.body.why if said.body.result is new.result else ""
    return Put(said, msgspec.structs.replace(said.body, result=new.result, who=who, why=new.why or before))


def _own_report(actor: Actor, turn: Turn) -> Thing[OutcomeBody] | None:
    return next((told for told in turn.told if told.body.reported_by(actor.person)), None)


def _state_after(turn: Turn, result: Result) -> list[Put]:
    """An agreement that does not come back is done when its only occurrence is."""
    if turn.agreement.is_weekly or turn.day != rules.key_day(turn.thing.body.when):
        return []
    state = AgreementState.DONE if result is Result.DONE else AgreementState.OPEN
    return [Put(turn.thing, state=state, needs=Action.OUTCOME_TELL)]


def _same_people(turn: Turn, told: Thing[OutcomeBody]) -> bool:
    return set(told.body.who) == set(turn.thing.body.who)


def _refuse(reason: rules.Reason | None) -> None:
    if reason is not None:
        raise Refused(reason)


def _refuse_when_stopped(turn: Turn) -> None:
    if turn.thing.state == AgreementState.STOPPED:
        raise Refused(rules.Reason.NO_SUCH_MOVE)


def _refuse_when_over(turn: Turn) -> None:
    """What now? is asked of an occurrence that is still there and not done."""
    there = rules.happens_on(turn.thing.body.when, turn.day)
    if turn.thing.state != AgreementState.OPEN or not there or turn.is_done:
        raise Refused(rules.Reason.NO_SUCH_MOVE)


def _known(around: Around, who: Sequence[UUID], goal: UUID | None = None) -> None:
    """Refuse people and a goal this actor does not see: an id typed by hand names nothing."""
    if any(around.whole.get(PERSON, one) is None for one in who):
        raise Refused(rules.Reason.UNKNOWN_PERSON)
    if goal is not None and around.whole.get(GOAL, goal) is None:
        raise Refused(rules.Reason.UNKNOWN_GOAL)

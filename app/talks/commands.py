"""What can be done to talks about the family: load -> rules -> change, a verb each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

import msgspec
from sqlalchemy.exc import IntegrityError

from app.change import Add, BothChanged, Done, NotPermitted, Put, Refused, change, new_id, was_saved
from app.db import Only, now
from app.policy.actions import Action
from app.policy.actor import Actor
from app.talks import rules, store
from app.talks.models import TALK, WITH
from app.talks.nouns import Answer, TalkBody, TalkState, WithBody, Word
from app.talks.rules import Reason
from app.talks.store import Board, TalkView, WithView


@dataclass(frozen=True)
class TalkInput:
    """What a guest says beforehand; see `TalkBody`."""

    people: tuple[UUID, ...] = ()
    others: tuple[str, ...] = ()
    day: date | None = None
    at: time | None = None
    about: str = ""


def tell(actor: Actor, board: Board, given: TalkInput, form_key: str | None) -> Done:
    """A guest says who will talk about the family.

    Raises:
        NotPermitted: the actor sits in no guest's seat.
        Refused: with nobody, or on a day that cannot be.
    """
    seat = store.seat(actor)
    if seat is None:
        raise NotPermitted
    if form_key is not None and was_saved(actor, form_key):
        return Done(None, (new_id(actor, form_key),), repeated=True)
    _allow(board, given)
    body = TalkBody(people=given.people, others=given.others, day=given.day, at=given.at, about=given.about)
    return change(actor, Action.TALK_TELL, Add(TALK, body, TalkState.TOLD, under=seat), form_key=form_key)


def edit(actor: Actor, board: Board, talk: TalkView, given: TalkInput, form_key: str | None) -> Done:
    """A guest changes what they said beforehand: the family is asked anew. The same words ask nothing.

    Raises:
        Refused: its day is over, it was called off, or the new words cannot be.
    """
    if was_saved(actor, form_key):
        return Done(None, (talk.thing.id,), repeated=True)
    _refuse(rules.why_not_move(talk.thing.state, talk.body.day, talk.today))
    _allow(board, given, talk)
    words = {name: getattr(given, name) for name in ("people", "others", "day", "at", "about")}
    if all(getattr(talk.body, name) == value for name, value in words.items()):
        return Done(None, (talk.thing.id,))
    body = msgspec.structs.replace(talk.body, asked=talk.body.asked + 1, **words)
    return change(actor, Action.TALK_TELL, Put(talk.thing, body), form_key=form_key)


def call_off(actor: Actor, talk: TalkView) -> Done:
    """A guest says that it does not take place. Twice is once.

    Raises:
        Refused: its day is over.
    """
    if talk.is_called_off:
        return Done(None, (talk.thing.id,), repeated=True)
    _refuse(rules.why_not_move(talk.thing.state, talk.body.day, talk.today))
    return change(actor, Action.TALK_TELL, Put(talk.thing, state=TalkState.CANCELLED))


def answer(actor: Actor, talk: TalkView, word: Word, asked: int) -> Done:
    """A parent answers, or answers otherwise, to the `asked`th question; what the other parent said stays.

    Raises:
        Refused: its day is over, it was called off, or the guest changed it since.
    """
    found: TalkView | None = talk
    while found is not None and actor.person is not None:
        body = found.body
        _refuse(rules.why_not_answer(found.thing.state, body.day, found.today, asked, body.asked))
        if found.mine is word:
            return Done(None, (found.thing.id,), repeated=True)
        mine = Answer(actor.person, word, now(), asked)
        said = msgspec.structs.replace(body, answers=rules.answered(body.answers, mine))
        try:
            return change(actor, Action.TALK_ANSWER, Put(found.thing, said))
        except BothChanged:
            # The other parent answered in the same moment: say it again beside theirs.
            found = store.talk(actor, talk.thing.id)
    raise NotPermitted


def say(actor: Actor, talk: TalkView, said: str, form_key: str | None) -> Done:
    """A guest tells what was said, or tells it better; every version stays in the history.

    Raises:
        Refused: it is still to come, or was called off.
    """
    if was_saved(actor, form_key):
        return Done(None, (talk.thing.id,), repeated=True)
    _refuse(rules.why_not_say(talk.thing.state, talk.body.day, talk.today))
    if said == talk.body.said:
        return Done(None, (talk.thing.id,))
    body = msgspec.structs.replace(talk.body, said=said, said_at=now())
    return change(actor, Action.TALK_TELL, Put(talk.thing, body, state=TalkState.SAID), form_key=form_key)


def choose_with(actor: Actor, view: WithView, given: WithBody, seen: int | None, form_key: str | None) -> Done:
    """The family chooses with whom a guest may talk about them; `seen` is the version the writer looked at.

    Raises:
        Refused: somebody who cannot be chosen.
        BothChanged: the other parent chose meanwhile.
    """
    if was_saved(actor, form_key):
        return Done(None, (view.thing.id,), repeated=True)
    offered = [face.id for face in view.people]
    _refuse(rules.why_not_name(given.people, offered))
    _refuse(Reason.TOO_MANY if len(given.others) > rules.MOST_OTHERS else None)
    # Whom this parent could not see on the form stays.
    people = (*(one for one in view.body.people if one not in offered), *given.people)
    body = msgspec.structs.replace(view.body, people=people, others=given.others, words=given.words)
    if view.agreed is None:
        new = Add(WITH, body, Only.ACTIVE, under=view.thing, id=new_id(actor, f"talk with/{view.thing.id}"))
        try:
            return change(actor, Action.TALK_ANSWER, new, form_key=form_key)
        except IntegrityError as error:
            # The other parent chose in the same moment, for the first time too.
            found = store.may_talk(actor, view.thing.id)
            if found is None or found.agreed is None:
                raise
            raise BothChanged(found.agreed, body, frozenset({"people", "others", "words"})) from error
    return change(actor, Action.TALK_ANSWER, Put(view.agreed, body, seen=seen), form_key=form_key)


def _allow(board: Board, given: TalkInput, talk: TalkView | None = None) -> None:
    named_before = talk.body.people if talk is not None else ()
    _refuse(rules.why_not_name(given.people, [*(face.id for face in board.people), *named_before]))
    _refuse(rules.why_not_tell(given.day, board.today, given.people, given.others))


def _refuse(reason: Reason | None) -> None:
    if reason is not None:
        raise Refused(reason)

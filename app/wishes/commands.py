"""What can be done to wishes: load -> rules -> change, a verb each.

A wish lies in the layer of the child, what a yes makes in the plan: both are written in one transaction, or neither.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import msgspec

from app.agreements import commands as agreements
from app.agreements import store as agreement_store
from app.agreements.commands import AgreementInput
from app.change import Add, Along, BothChanged, Done, Edit, NotPermitted, Put, Refused, change, enter, was_saved
from app.children import said_commands
from app.children.models import REPLY, SAID
from app.children.nouns import Answer, ReplyBody, SaidBody, SaidState, Sort
from app.db import Only
from app.goals import commands as goals
from app.goals import store as goal_store
from app.goals.commands import GoalInput
from app.items import Thing
from app.media.commands import Taken
from app.moments.taking import Given, key_with, taken_for
from app.people import commands as people
from app.people import store as people_store
from app.people.commands import PersonInput
from app.people.nouns import RoleBody
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.audience import Audience, Who
from app.scope import load_one, read_anew
from app.wishes import rules
from app.wishes.rules import Event, Later, Makes, Reason
from app.wishes.store import Wishes, WishView


@dataclass(frozen=True)
class AnswerInput:
    """What the forms of an answer ask.

    Attributes:
        answer: what the family says.
        words, picto: with it, a sentence and a picture.
        later: for later, until when.
        makes: for a yes, what it becomes in the plan; `new`: in the parent's own words, what that is or who.
    """

    answer: Answer
    words: str = ""
    picto: str = ""
    later: Later | None = None
    makes: Makes = Makes.NOTHING
    new: str = ""


@dataclass(frozen=True)
class WishInput:
    """What a child wishes: words or a picture; `about`: somebody of our people it wants at the table."""

    sort: Sort = Sort.WISH
    words: str = ""
    picto: str = ""
    about: UUID | None = None


def answer(actor: Actor, wish: WishView, given: AnswerInput, form_key: str | None, file: Given | None = None) -> Done:
    """Answer a wish; the first decision of two parents stands. A voice, a photo or a film may come with it.

    Raises:
        Refused: DECIDED, when it waits no more; a no without a sentence, a picture or a voice; what it becomes has no
            words; or what a rule of that room says.
        BadFile: the file cannot be that here.
        OSError: there is nowhere to keep it now.
    """
    key = str(key_with(f"{form_key or secrets.token_hex(16)}/{wish.thing.id}", file))
    if was_saved(wish.there, key) or was_saved(actor, key):
        return Done(None, (wish.thing.id,), repeated=True)
    reply = _reply(wish, given)
    _refuse(rules.why_not_answer(reply, "" if file is None else file.sort))
    if file is None:
        return _decide(_Decision(actor, wish, given, reply, key))
    with taken_for(wish.there, file, came_as=actor) as taken:
        try:
            done = _decide(_Decision(actor, wish, given, _spoken(reply, taken), key, taken.keep))
        except (BothChanged, Refused):
            taken.drop()
            raise
    if done.repeated:
        taken.drop()
    return done


@dataclass(frozen=True)
class _Decision:
    """What a parent decides: the answer as the child will have it, and how the file on it is kept."""

    actor: Actor
    wish: WishView
    given: AnswerInput
    reply: ReplyBody
    key: str
    keep: Callable[[], None] | None = None


def _spoken(reply: ReplyBody, taken: Taken) -> ReplyBody:
    return msgspec.structs.replace(reply, **{taken.field: taken.medium})


def _decide(one: _Decision) -> Done:
    actor, wish, given = one.actor, one.wish, one.given
    if given.makes is Makes.NOTHING or given.answer not in {Answer.YES, Answer.YES_BUT}:
        edits = _edits(actor, wish, wish.thing, one.reply)
        return _or_first(lambda: change(wish.there, Action.WISH_ANSWER, *edits, form_key=one.key, beside=one.keep))
    if not given.new:
        raise Refused(Reason.NO_NAME if given.makes is Makes.PERSON else Reason.NOTHING_SAID)
    audience = rules.audience_of_new(wish.told, wish.parents, wish.child, actor.person)
    return _MAKE[given.makes](actor, wish, given.new, one.key, Along((), audience, partial(_beside, one)))


def _beside(one: _Decision) -> None:
    """In the child's layer, inside the change of the plan: read anew, for another parent may have been first."""
    read_anew()
    wish = one.wish
    thing = load_one(wish.there, SAID, wish.thing.id)
    if thing is None or thing.body.audience != wish.body.audience:
        # The child chose others meanwhile: what is being made would reach other people.
        raise Refused(Reason.NOT_OPEN)
    enter(wish.there, Action.WISH_ANSWER, *_edits(one.actor, wish, thing, one.reply), beside=one.keep)


def _reply(wish: WishView, given: AnswerInput) -> ReplyBody:
    day = None if given.later is None or given.answer is not Answer.LATER else rules.day_of(given.later, wish.today)
    return ReplyBody(
        audience=Audience(Who.ME_AND, people=(wish.thing.plan,)),
        answer=given.answer,
        # Ja, maar anders: what it becomes is what the child reads.
        words=given.words or (given.new if given.answer is Answer.YES_BUT else ""),
        picto=given.picto,
        name=wish.me,
        later_on=day,
    )


def _edits(actor: Actor, wish: WishView, thing: Thing[SaidBody], reply: ReplyBody) -> tuple[Edit, ...]:
    if reply.answer is None:
        raise NotPermitted
    event, stands = rules.EVENT_OF[reply.answer], rules.standing(SaidState(thing.state), wish.told)
    state = rules.after(stands, event, actor.kind)
    if isinstance(state, Reason):
        raise Refused(state)
    due = None if reply.later_on is None else rules.comes_back(reply.later_on, wish.whole.zone)
    put = Put(thing, state=state, due_at=due, keep_due=False, alone=True)
    return put, Add(REPLY, reply, Only.ACTIVE, under=thing)


def _or_first(do: Callable[[], Done]) -> Done:
    """Do it, unless somebody was first.

    Raises:
        Refused: DECIDED.
    """
    try:
        return do()
    except BothChanged as clash:
        raise Refused(Reason.DECIDED) from clash


# ---- what a yes makes ------------------------------------------------------------------------------------------------


def _goal(actor: Actor, wish: WishView, new: str, key: str, along: Along) -> Done:
    board = goal_store.fresh(actor)
    if board is None:
        raise NotPermitted
    return goals.add(actor, board, GoalInput(new, whose=_named(wish)), key, along)


def _agreement(actor: Actor, _wish: WishView, new: str, key: str, along: Along) -> Done:
    board = agreement_store.fresh(actor)
    if board is None:
        raise NotPermitted
    return agreements.add(actor, board, AgreementInput(new), key, along)


def _person(actor: Actor, _wish: WishView, new: str, key: str, along: Along) -> Done:
    return people.add(actor, people_store.people(actor), PersonInput(new), RoleBody(), key, along)


def _named(wish: WishView) -> tuple[UUID, ...]:
    """The child, when who says yes sees it among our people."""
    return (wish.child,) if wish.whole.person(wish.child) is not None else ()


_MAKE: dict[Makes, Callable[[Actor, WishView, str, str, Along], Done]] = {
    Makes.GOAL: _goal,
    Makes.AGREEMENT: _agreement,
    Makes.PERSON: _person,
}


# ---- the child -------------------------------------------------------------------------------------------------------


def ask(board: Wishes, given: WishInput, form_key: str | None, file: Given | None = None) -> Done:
    """Keep a wish, for the child alone: it asks the family something once the child chose a parent.

    Raises:
        Refused: there is nothing in it, or the person it wants is not there.
    """
    face = next((one for one in board.faces if one.id == given.about), None)
    if given.about is not None and face is None:
        raise Refused(Reason.NOTHING_ASKED)
    body = SaidBody(
        sort=given.sort,
        # Who was chosen by face is called by that name, also for whom the plan does not show that person.
        words=given.words or ("" if face is None else face.name),
        picto=given.picto,
        day=board.own.today,
        asked_in=board.own.child.plan,
        about=given.about,
    )
    _refuse(rules.why_not_ask(body, "" if file is None else file.sort))
    state = rules.after(None, Event.ASK, board.own.child.kind)
    if isinstance(state, Reason):
        raise NotPermitted
    return said_commands.keep(board.own, body, state, form_key, file)


def take_back(wish: WishView, form_key: str | None) -> Done:
    """Toch niet: it asks nobody any more, and only the child keeps it.

    Raises:
        Refused: it waits no more.
    """
    body = msgspec.structs.replace(wish.body, audience=Audience(Who.ME))
    return _moved(wish, Event.TAKE_BACK, form_key, body)


def ask_again(wish: WishView, form_key: str | None) -> Done:
    """Ask it once more, of whom it was asked; any day, as often as the child wants."""
    return _moved(wish, Event.AGAIN, form_key, wish.body)


def _moved(wish: WishView, event: Event, form_key: str | None, body: SaidBody) -> Done:
    key = f"{form_key or secrets.token_hex(16)}/{wish.thing.id}"
    if was_saved(wish.there, key):
        return Done(None, (wish.thing.id,), repeated=True)
    state = rules.after(wish.standing, event, wish.there.kind)
    if isinstance(state, Reason):
        raise Refused(state)
    put = Put(wish.thing, body, state=state, keep_due=False, alone=True)
    return _or_first(lambda: change(wish.there, Action.OWN_CHANGE, put, form_key=key))


def _refuse(reason: Reason | None) -> None:
    if reason is not None:
        raise Refused(reason)

"""Leave a plan, with a copy or without, and delete one: load -> rules -> change, a verb each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import msgspec
from flask import current_app

from app.accounts.commands import end_places_of, give_place
from app.accounts.nouns import Device
from app.accounts.sessions import Chair, put_seat
from app.change import Add, BothChanged, NotPermitted, Put, Refused, change, enter
from app.db import db, now
from app.erase import erase_items, erase_lines, erase_media, erase_plan
from app.items import Thing
from app.jobs import silence
from app.keystore import Ended, destroy_key, make_key, record_ending
from app.leaving import copying, rules, store
from app.leaving.nouns import Copy, How, Take
from app.leaving.rules import Reason
from app.leaving.store import LeaveView, ParentsView
from app.media.commands import Copies
from app.people.models import PERSON
from app.plan import store as plans
from app.plan.models import CLOSING
from app.plan.nouns import ClosingBody, ClosingState, MemberState
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind, Ring, system
from app.remap import ids_in
from app.rooms import JOBS, KINDS
from app.scope import load, load_all, read_anew
from app.web.session import Visitor

LAST = "the day its parents chose"
LEFT = "a parent left"
ENDS = {"card": Ended.CARD, "share": Ended.SHARE}


@dataclass(frozen=True)
class Here:
    """The browser in which somebody leaves: its session, and what they may recognise it by."""

    visitor: Visitor
    device: str


@dataclass
class _Luggage:
    """What a parent who leaves takes along: a plan of their own, and the photos, voice notes and films in it."""

    copy: Copy
    media: Copies


def leave(actor: Actor, view: LeaveView, take: Take, here: Here, form_key: str | None) -> Copy | None:
    """Leave the plan; all of it in one transaction, so that nothing is half done whatever stops it.

    Returns:
        The copy, in which this browser has a seat; None without one, or when this very form was sent before.

    Raises:
        Refused: they are the last parent.
        OSError: photos and the like cannot be read or laid away now; they are still here, and so is the plan.
    """
    _refuse(rules.why_not_leave(actor.person, view.parents.parents))
    luggage = _packed(actor) if take is Take.COPY else None

    def beside() -> None:
        plans.hold(view.thing.plan)
        _refuse(rules.why_not_leave(actor.person, plans.parents(plans.members(actor))))
        if luggage is not None:
            _write_copy(actor, luggage, here)
        _end(view.thing.id, erase_kept(actor, view.parents))

    try:
        done = change(actor, Action.MEMBER_LEAVE, *_leaving(view), form_key=form_key, beside=beside)
    except (BothChanged, Refused, OSError):
        _drop(luggage)
        raise
    if done.entry is None:
        _drop(luggage)
        return None
    copy = None if luggage is None else luggage.copy
    if copy is not None and here.visitor.account is not None:
        give_place(here.visitor.account, copy.plan, "member", copy.member)
    return copy


def ask(actor: Actor, view: ParentsView, how: How | None, form_key: str | None) -> bool:
    """Ask to delete the plan, in 30 days or, by its only parent, now; whether it is gone.

    Raises:
        Refused: nothing was chosen, somebody asked before, or there is another parent.
    """
    if view.is_only_parent and how is None:
        raise Refused(Reason.CHOOSE)
    at_once = how is How.NOW
    _refuse(rules.why_not_ask(at_once, view.closing is not None, view.me, view.parents))
    body = ClosingBody(agreed=() if view.me is None else (view.me,))
    due = now() if at_once else rules.goes_on(now())
    edits: list[Add | Put] = [Add(CLOSING, body, ClosingState.RUNNING, due_at=due)]
    if view.closing is not None:
        edits.append(Put(view.closing, state=ClosingState.STOPPED))
    change(actor, Action.PLAN_CLOSE, *edits, form_key=form_key, beside=lambda: _still_may(actor, at_once=at_once))
    return at_once and end_if_over(view.plan.id)


def agree(actor: Actor, view: ParentsView, *, at_once: bool) -> bool:
    """Say yes to deleting the plan; whether it is gone. Twice is once.

    Args:
        actor: a parent.
        view: the parents.
        at_once: whether the page told them that theirs is the last yes, which does it at once.

    Raises:
        Refused: nobody asks it any more.
    """
    for _attempt in range(3):
        closing = plans.closing(actor)
        if closing is None or view.me is None:
            raise Refused(Reason.NO_LONGER)
        agreed = tuple(dict.fromkeys((*closing.body.agreed, view.me)))
        ends = at_once and rules.all_agree(agreed, plans.parents(plans.members(actor)))
        yes = Put(
            closing,
            msgspec.structs.replace(closing.body, agreed=agreed),
            due_at=now() if ends else closing.due_at,
            keep_due=False,
            alone=True,
        )
        try:
            change(actor, Action.PLAN_CLOSE, yes, beside=partial(_all_agree, actor, agreed, ends=ends))
        except BothChanged:
            continue
        return ends and end_if_over(view.plan.id)
    raise Refused(Reason.NO_LONGER)


def stop(actor: Actor, view: ParentsView) -> None:
    """Any parent stops it, at any time. Twice is once."""
    if view.closing is not None:
        change(actor, Action.PLAN_CLOSE, Put(view.closing, state=ClosingState.STOPPED))


def end_if_over(plan: UUID) -> bool:
    """Erase a plan whose day came; whether it did."""
    if not plans.is_over(plan):
        return False
    bells = [one for job in JOBS.values() for one in job.of_plan(plan)]
    erase_plan(system(LAST), plan)
    silence(current_app._get_current_object(), bells)  # type: ignore[attr-defined]  # noqa: SLF001
    return True


def end_all_over() -> None:
    """Erase every plan whose day came."""
    for plan in plans.all_over():
        end_if_over(plan)


def _leaving(view: LeaveView) -> list[Put]:
    """They are no member, and what they asked of all is not asked any more."""
    edits = [Put(view.thing, state=MemberState.LEFT, alone=True)]
    closing = view.parents.closing
    if closing is not None and view.parents.asked_by_me:
        edits.append(Put(closing, state=ClosingState.STOPPED, needs=Action.PLAN_CLOSE))
    return edits


def _packed(actor: Actor) -> _Luggage:
    """A plan to come, with its key, photos, sounds and films: those take a while, in which nobody's writing waits."""
    copy = Copy(uuid4(), uuid4(), uuid4())
    make_key(copy.plan)
    luggage = _Luggage(copy, Copies(_plan(actor), copy.plan))
    try:
        luggage.media.make(copying.media_of(load(actor, *KINDS.values())))
    except OSError:
        _drop(luggage)
        raise
    db.session.rollback()
    read_anew()
    return luggage


def _write_copy(actor: Actor, luggage: _Luggage, here: Here) -> None:
    whole = load(actor, *KINDS.values())
    wanted = copying.media_of(whole)
    media = luggage.media.make(wanted)
    copy = luggage.copy = replace(luggage.copy, lacks=len(wanted) - len(media))
    edits = copying.edits_of(whole, copy, {old: new.medium.id for old, new in media.items()})

    def rows() -> None:
        for taken in media.values():
            taken.keep()

    there = Actor(ActorKind.PARENT, copy.plan, copy.person, Ring.WE, seat=copy.member)
    enter(there, Action.PLAN_COPY, *edits, beside=rows)
    chair = Chair(copy.plan, "member", copy.member)
    put_seat(here.visitor.session_id, chair, Device(name=here.device, known=True), now())


def _goes_along(
    actor: Actor, everything: list[Thing[Any]], others: list[Actor]
) -> tuple[list[Thing[Any]], list[Thing[Any]]]:
    """What this parent kept and nobody who stays could open; and the people of theirs who stay as a name, as long as
    something that stays speaks of them.
    """
    going = {one.id: one for one in everything if rules.leaves_too(one.facts, actor.person, others)}
    staying = (one for one in everything if not _hangs_on(one, going))
    spoken_of = {person for one in staying for person in ids_in(one.body)}
    names = [one for one in going.values() if one.kind is PERSON and one.id in spoken_of]
    return [one for one in going.values() if one not in names], names


def _hangs_on(thing: Thing[Any] | None, going: dict[UUID, Thing[Any]]) -> bool:
    while thing is not None:
        if thing.id in going:
            return True
        thing = thing.under
    return False


def erase_kept(actor: Actor, before: ParentsView | None = None) -> list[Thing[Any]]:
    """Erase what a parent who is no member any more kept for themselves, and the lines of it; what that was."""
    view = store.parents(actor) or before
    others = [] if view is None else store.others(view)
    everything = load_all(system(LEFT, actor.plan))
    going, names = _goes_along(actor, everything, others)
    erase_items(system(LEFT, actor.plan), going)
    erase_media(system(LEFT, actor.plan), names)
    wrote = [one for one in everything if one.body.writer == actor.person and one not in going]
    erase_lines(system(LEFT, actor.plan), store.lines_of_nobody(wrote, others))
    return going


def _end(member: UUID, gone: list[Thing[Any]]) -> None:
    """What a restored backup may not bring back, and the browsers that nothing lets in any more."""
    ended = {member: Ended.MEMBER} | {one.id: ENDS[one.kind.name] for one in gone if one.kind.name in ENDS}
    for holder, kind in ended.items():
        record_ending(holder, kind)
        end_places_of(holder)


def _still_may(actor: Actor, *, at_once: bool) -> None:
    """Once more, while nobody else comes in."""
    if actor.plan is not None:
        plans.hold(actor.plan)
    parents = plans.parents(plans.members(actor))
    _refuse(rules.why_not_ask(at_once, runs=False, me=actor.person, parents=parents))


def _all_agree(actor: Actor, agreed: tuple[UUID, ...], *, ends: bool) -> None:
    """Once more, while nobody else comes in."""
    if not ends or actor.plan is None:
        return
    plans.hold(actor.plan)
    if not rules.all_agree(agreed, plans.parents(plans.members(actor))):
        raise Refused(Reason.NO_LONGER)


def _drop(luggage: _Luggage | None) -> None:
    if luggage is not None:
        luggage.media.drop()
        destroy_key(luggage.copy.plan)


def _plan(actor: Actor) -> UUID:
    if actor.plan is None:
        raise NotPermitted
    return actor.plan


def _refuse(reason: Reason | None) -> None:
    if reason is not None:
        raise Refused(reason)

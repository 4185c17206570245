"""What parents do with the page of a child: load -> rules -> change, a verb each."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from uuid import UUID

import msgspec

from app.accounts import commands as accounts
from app.change import Add, Done, Put, Refused, change, was_saved
from app.childpages import rules
from app.childpages.rules import Reason
from app.childpages.store import Nursery, PageOf
from app.keystore import Ended, record_ending
from app.plan import store as plans
from app.plan.models import MEMBER
from app.plan.nouns import Level, MemberBody, MemberState, Role
from app.policy.actions import Action
from app.policy.actor import Actor
from app.scope import load, read_anew


def make(actor: Actor, nursery: Nursery, person: UUID | None, form_key: str | None) -> Done:
    """Make a page for a child. One that was stopped comes back as it was, as a new way in.

    Raises:
        Refused: UNKNOWN_CHILD, or HAS_A_PAGE when another parent made one in the same moment.
    """
    if was_saved(actor, form_key):
        return Done(None, (), repeated=True)
    if person is None or person not in nursery.offered:
        raise Refused(Reason.UNKNOWN_CHILD)
    before = [
        one.body for one in nursery.whole.all(MEMBER) if one.body.person == person and one.body.role is Role.CHILD
    ]
    body = before[-1] if before else MemberBody(role=Role.CHILD, person=person)
    body = msgspec.structs.replace(body, own_key=False, writer=None)
    new = Add(MEMBER, body, MemberState.ACTIVE, columns={"person_id": person})
    still = partial(_has_none_yet, actor, person)
    return change(actor, Action.CHILD_PAGE_MAKE, new, form_key=form_key, beside=still)


def _has_none_yet(actor: Actor, person: UUID) -> None:
    """Once more, while nobody else makes one: a child has one page."""
    if actor.plan is not None:
        plans.hold(actor.plan)
    read_anew()
    have = [one for one in load(actor, MEMBER).all(MEMBER) if one.body.person == person]
    if len([one for one in have if one.state == MemberState.ACTIVE]) > 1:
        raise Refused(Reason.HAS_A_PAGE)


def choose_level(actor: Actor, page: PageOf, level: Level, form_key: str | None) -> Done:
    """How the page is, from the next look on."""
    return _put(actor, page, msgspec.structs.replace(page.body, level=level), form_key)


def choose_days(actor: Actor, page: PageOf, days: tuple[str, ...], form_key: str | None) -> Done:
    """A pictogram for each day of the week."""
    return _put(actor, page, msgspec.structs.replace(page.body, days=days), form_key)


def choose_shown(actor: Actor, page: PageOf, ticked: Collection[UUID], form_key: str | None) -> Done:
    """What is on the page, beside what names the child."""
    offered = [one.id for one in page.offered]
    shown = rules.shown_with(page.body.shown, offered, ticked)
    return _put(actor, page, msgspec.structs.replace(page.body, shown=shown), form_key)


def put_on(actor: Actor, page: PageOf, item: UUID, form_key: str | None) -> Done:
    """One thing more. Twice is once."""
    shown = tuple(dict.fromkeys((*page.body.shown, item)))
    return _put(actor, page, msgspec.structs.replace(page.body, shown=shown), form_key)


def take_off(actor: Actor, page: PageOf, item: UUID, form_key: str | None) -> Done:
    """One thing less. Twice is once."""
    shown = tuple(one for one in page.body.shown if one != item)
    return _put(actor, page, msgspec.structs.replace(page.body, shown=shown), form_key)


def switch_own_key(actor: Actor, page: PageOf, on: bool, form_key: str | None) -> Done:
    """Whether the child keeps a key itself. Switched off, no key or card of it opens anything; what it keeps stays."""
    body = msgspec.structs.replace(page.body, own_key=on)
    ended = None if on else partial(accounts.end_keys_of, page.thing.id)
    return change(actor, Action.CHILD_PAGE_CHANGE, Put(page.thing, body), form_key=form_key, beside=ended)


def stop(actor: Actor, page: PageOf) -> Done:
    """The page opens nowhere any more, also after a restore; the child's own layer stays the child's. Twice is once."""

    def ended() -> None:
        record_ending(page.thing.id, Ended.MEMBER)
        accounts.end_keys_of(page.thing.id)

    return change(actor, Action.CHILD_PAGE_STOP, Put(page.thing, state=MemberState.STOPPED), beside=ended)


def _put(actor: Actor, page: PageOf, body: MemberBody, form_key: str | None) -> Done:
    return change(actor, Action.CHILD_PAGE_CHANGE, Put(page.thing, body), form_key=form_key)

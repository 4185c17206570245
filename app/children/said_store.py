"""Reads what a child said as the child itself, and who may be let see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import g
from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import aliased

from app.children import in_hand, lock, said_rules
from app.children.models import REPLY, SAID, TRUSTED, LayerLinkRow
from app.children.nouns import ReplyBody, SaidBody, Sort, TrustedState
from app.children.said_rules import Hearer, Phone
from app.children.store import in_own_layer
from app.db import db, now
from app.items import Thing
from app.keystore import NoKey, key_of, read_keys
from app.local import local_day
from app.people.models import PERSON
from app.plan.models import MEMBER, PLAN, MemberRow
from app.plan.nouns import MemberState, Role
from app.plan.store import goes_on
from app.policy.actor import Actor, ActorKind, Ring
from app.rooms import Face
from app.scope import Whole, load, load_in
from app.sharing.models import SHARE, ShareRow
from app.sharing.nouns import ShareState
from app.vault import unseal

RINGS = {Ring.WE: 1, Ring.CLOSE: 2, Ring.SERVICES: 3}
# A vertrouwenspersoon is close to the child.
CLOSE = 2
_mine, _other = aliased(LayerLinkRow), aliased(LayerLinkRow)
_LINKS = select(_other.layer_id, _other.plan_id, _other.person_id).join(_mine, _mine.layer_id == _other.layer_id)


@dataclass(frozen=True)
class Own:
    """What a child keeps, and everybody it may let see it.

    Attributes:
        child: as who the child came in, in a plan.
        me: the same in its own layer; None while it keeps nothing.
        whole: what lies there.
        hearers: whom it may choose; on a lent phone only those of the plan it is in.
        phone: the phone it holds.
        zone: of its days.
    """

    child: Actor
    me: Actor | None
    whole: Whole
    hearers: list[Hearer]
    phone: Phone
    zone: str

    @property
    def there(self) -> Actor:
        """As whom the policy is asked."""
        return self.me or self.child

    @property
    def today(self) -> date:
        """Its local day."""
        return local_day(now(), self.zone)

    @cached_property
    def box(self) -> list[SaidView]:
        """All that this phone shows of it, the newest first."""
        return [SaidView(one, self) for one in self._newest(self.whole.all(SAID)) if self._shows(one)]

    @cached_property
    def put_away(self) -> list[SaidView]:
        """What lies in the bin, as far as this phone shows it; last put away first. Needs it read."""
        return [SaidView(one, self) for one in self.whole.removed(SAID) if self._shows(one)]

    @property
    def hides(self) -> bool:
        """Whether there may be more than this phone shows: said of every lent phone that is not opened."""
        return self.phone.is_lent and not self.phone.is_open

    def one(self, said: UUID) -> SaidView | None:
        """One of them, also from the bin."""
        found = self.whole.get(SAID, said)
        return SaidView(found, self) if found is not None and self._shows(found) else None

    def _shows(self, one: Thing[SaidBody]) -> bool:
        return said_rules.shows(self.phone, one.id, one.body)

    @staticmethod
    def _newest(things: Iterable[Thing[SaidBody]]) -> list[Thing[SaidBody]]:
        return sorted(things, key=lambda one: (one.created_at, one.id), reverse=True)


@dataclass(frozen=True)
class SaidView:
    """One thing a child said, for the child. `person`: whom a form is about."""

    thing: Thing[SaidBody]
    own: Own
    person: UUID | None = None

    @property
    def there(self) -> Actor:
        """As whom the policy is asked."""
        return self.own.there

    @cached_property
    def seen_by(self) -> list[Hearer]:
        """Who sees it now, of those whom this phone shows."""
        chosen = said_rules.heard_by(self.thing.body)
        return [one for one in self.own.hearers if one.id in chosen]

    @property
    def is_mine_alone(self) -> bool:
        """Whether nobody was chosen."""
        return not said_rules.heard_by(self.thing.body)

    @property
    def replies(self) -> list[Thing[ReplyBody]]:
        """What was said back, as far as this phone shows it."""
        found = self.own.whole.under(REPLY, self.thing)
        return [one for one in found if said_rules.shows_reply(self.own.phone, one.body.writer)]


@dataclass(frozen=True)
class House:
    """A page on which a child says something of one sort. `word`: it in addresses; empty for what it keeps."""

    own: Own
    sort: Sort
    word: str = ""

    @property
    def there(self) -> Actor:
        """As whom the policy is asked."""
        return self.own.there


def own(child: Actor, *, removed: bool = False) -> Own | None:
    """What a child keeps; None for everybody else, and for a parent who looks at its pages as the child gets them."""
    if child.kind is not ActorKind.CHILD or child.plan is None or child.person is None or "peek" in g:
        return None
    phone = _phone(child)
    layer, plans = _links(child)
    if phone.is_lent:
        plans = {child.plan: child.person}
    me = None if layer is None else in_own_layer(child, layer)
    read_keys([*plans, *([layer] if layer else [])])
    here = load(child, PLAN, PERSON)
    whole = Whole(child, ()) if me is None else load(me, SAID, REPLY, TRUSTED, removed=removed)
    return Own(child, me, whole, _hearers(child, here, plans, whole), phone, here.zone)


def house(child: Actor, part: str) -> House | None:
    """One of the three questions, by its word in addresses."""
    found, sort = own(child), said_rules.HOUSES.get(part)
    return None if found is None or sort is None else House(found, sort, part)


def making(child: Actor) -> House | None:
    """The page of what a child keeps, whatever it is."""
    found = own(child)
    return None if found is None else House(found, Sort.KEPT)


def own_with_bin(child: Actor) -> Own | None:
    """The same with what was put away."""
    return own(child, removed=True)


def to_take_along(child: Actor) -> Own | None:
    """What a child may take along: on its own phone only, where nobody else gets the file."""
    found = own(child)
    return None if found is None or found.phone.is_lent or not lock.is_open(child) else found


def said(child: Actor, said: UUID) -> SaidView | None:
    """One thing a child said, which is not put away."""
    return _one(child, said)


def said_gone_too(child: Actor, said: UUID) -> SaidView | None:
    """The same from the bin too: putting away twice is once."""
    found = own_with_bin(child)
    return None if found is None else found.one(said)


def said_for(child: Actor, said: UUID, person: UUID) -> SaidView | None:
    """What a child said, and somebody whom it may choose."""
    found = _one(child, said)
    if found is None or all(one.id != person for one in found.own.hearers):
        return None
    return SaidView(found.thing, found.own, person)


def _one(child: Actor, said: UUID) -> SaidView | None:
    found = own(child)
    view = None if found is None else found.one(said)
    return None if view is None or view.thing.is_away else view


def _phone(child: Actor) -> Phone:
    if lock.came_in_itself(child):
        return Phone()
    is_open = lock.is_open(child)
    return Phone(None if is_open else lock.lender(), is_lent=True, is_open=is_open, in_hand=in_hand.there())


def _links(child: Actor) -> tuple[UUID | None, Mapping[UUID, UUID]]:
    """The layer of a child, and the plans it is in with the person it is there."""
    rows = db.session.execute(_LINKS.where(_mine.person_id == child.person)).all()
    plans = {row.plan_id: row.person_id for row in rows}
    if child.plan is not None and child.person is not None:
        plans.setdefault(child.plan, child.person)
    return (rows[0].layer_id if rows else None), plans


# ---- whom it may choose ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _LetIn:
    """A way into a plan that lives now."""

    plan: UUID
    person: UUID
    is_guest: bool = False
    by_link: bool = False
    is_parent: bool = False


def _hearers(child: Actor, here: Whole, plans: Mapping[UUID, UUID], layer: Whole) -> list[Hearer]:
    there = [Actor(ActorKind.CHILD, plan, who, Ring.WE) for plan, who in plans.items() if plan != child.plan]
    wholes = {one.actor.plan: one for one in load_in(there, PERSON)} | {child.plan: here}
    found: dict[UUID, Hearer] = {}
    for one in _let_in(plans):
        whole = wholes.get(one.plan)
        known = None if whole is None else whole.person(one.person)
        name = "" if whole is None else whole.name(one.person)
        if name and one.person not in found and one.person not in plans.values():
            found[one.person] = _hearer(one, name, known, mine=one.plan == child.plan)
    return [*sorted(found.values(), key=lambda one: (one.helps, one.face.ring)), *_whom_it_trusts(child, layer)]


def _whom_it_trusts(child: Actor, layer: Whole) -> list[Hearer]:
    """Those whose link works. On a lent phone nobody, until the child gave its pictures: who lent it knows of none."""
    if child.lent and not lock.is_open(child):
        return []
    named = (one for one in layer.all(TRUSTED) if one.state == TrustedState.ACTIVE)
    working = (one for one in named if one.due_at is None or one.due_at > now())
    return [Hearer(Face(one.id, one.body.name, CLOSE), None) for one in working]


def _hearer(one: _LetIn, name: str, known: Thing[Any] | None, *, mine: bool) -> Hearer:
    ring = 3 if one.is_guest else 2 if one.by_link else 1
    if known is not None:
        ring = RINGS[known.body.ring]
    photo = known.body.photo if known is not None and mine else None
    face, helps = Face(one.person, name, ring, photo), one.is_guest or ring == 3
    return Hearer(face, one.plan, helps=helps, by_link=one.by_link, is_parent=one.is_parent)


def _let_in(plans: Collection[UUID]) -> list[_LetIn]:
    """Parents first, then meehelpers, guests and links: never a share that one parent hosts alone, nor a child."""
    members = select(
        literal(MEMBER.name).label("kind"), MemberRow.id, MemberRow.plan_id, MemberRow.person_id, MemberRow.sealed
    ).where(MemberRow.plan_id.in_(plans), MemberRow.state == MemberState.ACTIVE, goes_on(MemberRow.plan_id))
    shares = select(literal(SHARE.name), ShareRow.id, ShareRow.plan_id, ShareRow.person_id, ShareRow.sealed).where(
        ShareRow.plan_id.in_(plans),
        ShareRow.state == ShareState.ACTIVE,
        ShareRow.removed_at.is_(None),
        ShareRow.due_at > now(),
        goes_on(ShareRow.plan_id),
    )
    rows: Sequence[Any] = db.session.execute(union_all(members, shares), {"now": now()}).all()
    return [one for row in sorted(rows, key=lambda row: row.kind) if (one := _way(row)) is not None]


def _way(row: Any) -> _LetIn | None:
    try:
        sealed = unseal(key_of(row.plan_id), row.kind, row.id, row.sealed)
    except NoKey:
        return None
    if row.person_id is None:
        return None
    if row.kind == MEMBER.name:
        role = MEMBER.decode(sealed).role
        is_parent = role is Role.PARENT
        return None if role is Role.CHILD else _LetIn(row.plan_id, row.person_id, is_parent=is_parent)
    share = SHARE.decode(sealed)
    if share.alone:
        return None
    return _LetIn(row.plan_id, row.person_id, is_guest=share.guest, by_link=not share.guest)

"""Whom a child may let see what it says: whom its parents let in, which it does not see itself, and whom it trusts.

Read beside the scope, as the product: a name and a face, no more. Never a share that one parent hosts alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import exists, literal, select, union_all

from app.accounts.models import PlaceRow, SeatRow
from app.children import lock, store
from app.children.models import TRUSTED
from app.children.nouns import TrustedState
from app.children.said_rules import Hearer, is_under_lock
from app.db import db, now
from app.items import Thing
from app.keystore import NoKey, key_of
from app.people.models import PERSON
from app.plan.models import MEMBER, MemberRow
from app.plan.nouns import MemberState, Role
from app.plan.store import goes_on
from app.policy.actor import Actor, ActorKind, Ring
from app.rooms import Face
from app.scope import Whole, load_each
from app.sharing.models import SHARE, ShareRow
from app.sharing.nouns import ShareState
from app.vault import unseal

RINGS = {Ring.WE: 1, Ring.CLOSE: 2, Ring.SERVICES: 3}
# A vertrouwenspersoon is close to the child.
CLOSE = 2


@dataclass(frozen=True, slots=True)
class _LetIn:
    """A way into a plan that lives now."""

    plan: UUID
    person: UUID
    is_guest: bool = False
    by_link: bool = False
    is_parent: bool = False


def hearers(child: Actor, here: Whole, plans: Mapping[UUID, UUID], layer: Whole) -> list[Hearer]:
    """Parents first, professionals last, and then whom the child trusts.

    Args:
        child: as it came in, in a plan.
        here: the people of that plan.
        plans: the plans it is in that this phone may speak of, with the person it is there.
        layer: what it keeps.
    """
    there = load_each([(one, (PERSON,)) for one in elsewhere(child, plans)])
    wholes = {one.actor.plan: one for one in there} | {child.plan: here}
    found: dict[UUID, Hearer] = {}
    for one in _let_in(plans):
        whole = wholes.get(one.plan)
        known = None if whole is None else whole.person(one.person)
        name = "" if whole is None else whole.name(one.person)
        if name and one.person not in found and one.person not in plans.values():
            found[one.person] = _hearer(one, name, known, mine=one.plan == child.plan)
    return [*sorted(found.values(), key=lambda one: (one.helps, one.face.ring)), *_whom_it_trusts(child, layer)]


def elsewhere(child: Actor, plans: Mapping[UUID, UUID]) -> list[Actor]:
    """The child in the other plans it is in."""
    return [Actor(ActorKind.CHILD, plan, who, Ring.WE) for plan, who in plans.items() if plan != child.plan]


def _whom_it_trusts(child: Actor, layer: Whole) -> list[Hearer]:
    """Those whose link works. Nobody on a lent phone, or one that a parent's card opened, until the child gave its
    pictures: who lent it, or made that card, knows of none.
    """
    if not lock.is_open(child):
        return []
    since = store.since_of(layer)
    found = (one for one in layer.all(TRUSTED) if is_under_lock(since, one.created_at))
    named = (one for one in found if one.state == TrustedState.ACTIVE)
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
        *(literal(MEMBER.name).label("kind"), MemberRow.id, MemberRow.plan_id, MemberRow.person_id, MemberRow.sealed),
        literal(True).label("came_in"),
    ).where(MemberRow.plan_id.in_(plans), MemberRow.state == MemberState.ACTIVE, goes_on(MemberRow.plan_id))
    came_in = exists().where(PlaceRow.holder_id == ShareRow.id) | exists().where(SeatRow.holder_id == ShareRow.id)
    shares = select(
        literal(SHARE.name), ShareRow.id, ShareRow.plan_id, ShareRow.person_id, ShareRow.sealed, came_in
    ).where(
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
    # An invitation that nobody used yet may be used by who made it.
    if share.alone or (share.guest and not row.came_in):
        return None
    return _LetIn(row.plan_id, row.person_id, is_guest=share.guest, by_link=not share.guest)

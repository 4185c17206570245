"""Reads the plan, its members and homes."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.db import db
from app.items import Thing
from app.keystore import NoKey, key_of
from app.plan.models import HOME, INVITE, MEMBER, PLAN, MemberRow, PlanRow
from app.plan.nouns import HomeBody, InviteBody, MemberBody, MemberState, PlanBody, Role
from app.policy.actor import Actor, ActorKind, Ring
from app.scope import load, load_one
from app.vault import unseal


def member_actor(plan: UUID, holder: UUID) -> Actor | None:
    """Who sits in a member's seat now; None when they left or were stopped."""
    row = db.session.execute(
        select(MemberRow.id, MemberRow.person_id, MemberRow.sealed).where(
            MemberRow.id == holder, MemberRow.plan_id == plan, MemberRow.state == MemberState.ACTIVE
        )
    ).first()
    if row is None:
        return None
    try:
        body = MEMBER.decode(unseal(key_of(plan), MEMBER.name, row.id, row.sealed))
    except NoKey:
        return None
    kind = ActorKind.PARENT if body.role is Role.PARENT else ActorKind.MEEHELPER
    return Actor(kind, plan, row.person_id, Ring.WE, opened=frozenset(body.opened), seat=row.id)


def plan(actor: Actor) -> Thing[PlanBody] | None:
    """The plan's own facts."""
    return load_one(actor, PLAN, actor.plan) if actor.plan else None


def zone(actor: Actor) -> str:
    """The time zone of the plan's days (IANA), also for who sees nothing of the plan itself: a link holder."""
    row = db.session.execute(select(PlanRow.id, PlanRow.sealed).where(PlanRow.id == actor.plan)).first()
    return PlanBody().zone if row is None else PLAN.decode(unseal(key_of(row.id), PLAN.name, row.id, row.sealed)).zone


def members(actor: Actor) -> list[Thing[MemberBody]]:
    """Everybody who has an own key to the plan now."""
    return [member for member in load(actor, MEMBER).all(MEMBER) if member.state == MemberState.ACTIVE]


def key_holders(actor: Actor) -> frozenset[UUID]:
    """The people of the plan who have an own key to it now, also those whose member row this actor does not see."""
    if actor.plan is None:
        return frozenset()
    found = db.session.scalars(
        select(MemberRow.person_id).where(MemberRow.plan_id == actor.plan, MemberRow.state == MemberState.ACTIVE)
    )
    return frozenset(found)


def invites(actor: Actor) -> list[Thing[InviteBody]]:
    """Invitations, whatever became of them."""
    return load(actor, INVITE).all(INVITE)


def homes(actor: Actor) -> list[Thing[HomeBody]]:
    """The homes the family named."""
    return load(actor, HOME).all(HOME)


def home(actor: Actor, home: UUID) -> Thing[HomeBody] | None:
    """One home."""
    return load_one(actor, HOME, home)

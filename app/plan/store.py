"""Reads the plan, its members and homes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask import g
from sqlalchemy import ColumnElement, Uuid, bindparam, exists, select

from app.db import Instant, db, now
from app.items import Kind, Thing, facts_of
from app.keystore import NoKey, key_of
from app.plan import layers, rules
from app.plan.models import CLOSING, HOME, INVITE, MEMBER, PLAN, ClosingRow, InviteRow, MemberRow, PlanRow
from app.plan.nouns import ClosingBody, ClosingState, HomeBody, InviteBody, MemberBody, MemberState, PlanBody, Role
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind, Ring
from app.policy.decide import permits
from app.rooms import KINDS, Face, faces
from app.scope import load, load_one
from app.vault import unseal

_closing = ClosingRow.__table__.c


def goes_on(plan: Any) -> ColumnElement[bool]:
    """Part of every question who sits in a seat: from the day on which the parents let the plan go, nobody does.

    Args:
        plan: the column or value that names it; "now" is given with the question.
    """
    return ~exists().where(
        _closing.plan_id == plan,
        _closing.state == ClosingState.RUNNING.value,
        _closing.due_at <= bindparam("now", type_=Instant()),
    )


SITS_AS = {Role.PARENT: ActorKind.PARENT, Role.MEEHELPER: ActorKind.MEEHELPER, Role.CHILD: ActorKind.CHILD}
GOES_ON = goes_on(bindparam("plan", type_=Uuid()))
_member = MemberRow.__table__.c
# Asked at every request of a member; built once.
_ASKED = exists().where(
    _closing.plan_id == bindparam("plan", type_=Uuid()), _closing.state == ClosingState.RUNNING.value
)
_SITTING = layers.with_layers(
    select(_member.id, _member.person_id, _member.sealed, _ASKED.label("closing")).where(
        _member.id == bindparam("holder", type_=Uuid()),
        _member.plan_id == bindparam("plan", type_=Uuid()),
        _member.state == MemberState.ACTIVE.value,
        GOES_ON,
    ),
    _member.plan_id,
    _member.created_at,
)

_ALL_SITTING = (
    select(_member.id, _member.person_id, _member.sealed)
    .where(_member.plan_id == bindparam("plan", type_=Uuid()), _member.state == MemberState.ACTIVE.value, GOES_ON)
    .order_by(_member.created_at, _member.id)
)


def member_actor(plan: UUID, holder: UUID) -> Actor | None:
    """Who sits in a member's seat now; None when they left or were stopped."""
    rows = db.session.execute(_SITTING, {"holder": holder, "plan": plan, "now": now()}).all()
    if not rows:
        return None
    layers.note(plan, holder, rows)
    row = rows[0]
    try:
        body = MEMBER.decode(unseal(key_of(plan), MEMBER.name, row.id, row.sealed))
    except NoKey:
        return None
    g.setdefault("closing", {})[plan] = row.closing
    actor = _sits(plan, row.id, row.person_id, body)
    if actor.kind is ActorKind.CHILD:
        g.setdefault("own_pages", {})[plan, row.person_id] = body
    return actor


def own_page(child: Actor) -> MemberBody:
    """How the page of a child is: as read with who sits here in this request, so that it costs no question."""
    known: dict[tuple[UUID | None, UUID | None], MemberBody] = g.get("own_pages", {})
    if (child.plan, child.person) not in known and child.plan is not None and child.seat is not None:
        member_actor(child.plan, child.seat)
        known = g.get("own_pages", {})
    return known.get((child.plan, child.person), MemberBody(role=Role.CHILD))


def actor_of(member: UUID) -> Actor | None:
    """Who sits in a member's seat now, in whatever plan that is."""
    found = db.session.execute(select(MemberRow.plan_id).where(MemberRow.id == member)).scalar()
    return None if found is None else member_actor(found, member)


def plan(actor: Actor) -> Thing[PlanBody] | None:
    """The plan's own facts."""
    return load_one(actor, PLAN, actor.plan) if actor.plan else None


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


def parents(members: Iterable[Thing[MemberBody]]) -> frozenset[UUID]:
    """The people among these members who are parents."""
    found = (member.body for member in members if member.state == MemberState.ACTIVE)
    return frozenset(body.person for body in found if body.role is Role.PARENT and body.person is not None)


def parents_of(plan: UUID) -> frozenset[UUID]:
    """The same of a plan as it is: a child that chooses whom it asks sees their faces, and no member's row."""
    found = select(_member.id, _member.person_id, _member.sealed).where(
        _member.plan_id == plan, _member.state == MemberState.ACTIVE.value
    )
    key = key_of(plan)
    rows = [(row, MEMBER.decode(unseal(key, MEMBER.name, row.id, row.sealed))) for row in db.session.execute(found)]
    return frozenset(row.person_id for row, body in rows if body.role is Role.PARENT)


def invite(actor: Actor, invite: UUID) -> Thing[InviteBody] | None:
    """One invitation."""
    return load_one(actor, INVITE, invite)


def living_invites(actor: Actor) -> list[Thing[InviteBody]]:
    """The invitations that are, or may become, a way in."""
    return [found for found in load(actor, INVITE).all(INVITE) if rules.lives(found.state, found.due_at, now())]


def is_there(actor: Actor, person: UUID | None) -> bool:
    """Whether a person's row does not lie in the bin, also when this actor does not see it."""
    return load(actor, KINDS["person"]).knows(person)


def closing(actor: Actor) -> Thing[ClosingBody] | None:
    """The question to delete the plan that runs now; None when none does, or it is not this actor's to know."""
    return next((found for found in load(actor, CLOSING).all(CLOSING) if found.state == ClosingState.RUNNING), None)


def is_asked_to_go(plan: UUID) -> bool:
    """Whether a parent asks to delete this plan, as read with who sits here in this request: it costs no question."""
    return bool(g.get("closing", {}).get(plan))


def is_over(plan: UUID) -> bool:
    """Whether the day came on which the parents let this plan go."""
    return not db.session.execute(select(GOES_ON), {"plan": plan, "now": now()}).scalar_one()


def all_over() -> list[UUID]:
    """Every plan whose day came."""
    due = select(ClosingRow.plan_id).where(ClosingRow.state == ClosingState.RUNNING, ClosingRow.due_at <= now())
    return list(dict.fromkeys(db.session.scalars(due)))


def hold(plan: UUID) -> None:
    """Until this transaction ends nobody else comes in, leaves, or deletes the plan (SQLite has one writer anyhow)."""
    db.session.execute(select(PlanRow.id).where(PlanRow.id == plan).with_for_update())


def missing_yes(actor: Actor, invite: Thing[InviteBody]) -> frozenset[UUID]:
    """The parents of now who did not say yes to an invitation."""
    return rules.still_to_agree(invite.body.role, invite.body.agreed, parents(members(actor)))


def invite_of(token_hash: bytes) -> tuple[Thing[InviteBody], Actor] | None:
    """The invitation of a link, and the person it invites as an actor without a seat; None when there is none."""
    row = db.session.execute(
        select(InviteRow.id, InviteRow.plan_id, InviteRow.person_id).where(InviteRow.token_hash == token_hash)
    ).first()
    if row is None or is_over(row.plan_id):
        return None
    actor = Actor(ActorKind.PARENT, row.plan_id, row.person_id, Ring.WE)
    try:
        found = invite(actor, row.id)
    except NoKey:
        return None
    return None if found is None else (found, actor)


def may_add(actor: Actor, action: Action, kind: Kind[Any]) -> bool:
    """Whether the actor may add a thing of this kind, so that a page offers only what works."""
    if actor.plan is None:
        return False
    return permits(actor, action, facts_of(kind, actor.plan, uuid4(), kind.body(writer=actor.person)))


@dataclass(frozen=True)
class FactsView:
    """The facts of the plan, and the people who may keep the overview."""

    thing: Thing[PlanBody]
    people: list[Face]


@dataclass(frozen=True)
class HomesView:
    """The homes the family named, and everybody they speak of."""

    homes: list[Thing[HomeBody]]
    people: list[Face]
    actor: Actor

    def children(self, home: Thing[HomeBody]) -> list[Face]:
        """Whose nights may be told there: of the family, who is no parent with an own key."""
        grown_up = parents(members(self.actor))
        inside = [face for face in self.people if face.ring == 1 and face.id in home.body.sleepers]
        return [face for face in inside if face.id not in grown_up]

    @property
    def may_add(self) -> bool:
        """Whether the actor may add a home."""
        return may_add(self.actor, Action.HOME_ADD, HOME)

    def may_change(self, home: Thing[HomeBody]) -> bool:
        """Whether the actor may change this home."""
        return permits(self.actor, Action.HOME_CHANGE, home.facts)

    @property
    def family(self) -> list[Face]:
        """Who may sleep in a new home."""
        return [face for face in self.people if face.ring == 1]


@dataclass(frozen=True)
class HomeView:
    """One home, and everybody who may sleep there."""

    thing: Thing[HomeBody]
    people: list[Face]
    actor: Actor

    @property
    def may_remove(self) -> bool:
        """Whether the actor may take it away."""
        return permits(self.actor, Action.HOME_REMOVE, self.thing.facts)

    @property
    def family(self) -> list[Face]:
        """Who may sleep there: the family, and who was chosen before."""
        return [face for face in self.people if face.ring == 1 or face.id in self.thing.body.sleepers]


def facts(actor: Actor) -> FactsView | None:
    """The facts of the plan."""
    thing = plan(actor)
    return None if thing is None else FactsView(thing, faces("people", actor))


def homes(actor: Actor) -> HomesView:
    """The homes the family named."""
    return HomesView(load(actor, HOME).all(HOME), faces("people", actor), actor)


def fresh_homes(actor: Actor) -> HomesView | None:
    """The same, for who may add one."""
    found = homes(actor)
    return found if found.may_add else None


def home(actor: Actor, home: UUID) -> HomeView | None:
    """One home."""
    return _home(load_one(actor, HOME, home), actor)


def removed_home_too(actor: Actor, home: UUID) -> HomeView | None:
    """One home, also from the bin: taking away twice is once."""
    return _home(load_one(actor, HOME, home, removed=True), actor)


def _home(thing: Thing[HomeBody] | None, actor: Actor) -> HomeView | None:
    return None if thing is None else HomeView(thing, faces("people", actor), actor)


def sitting_in(plan: UUID) -> list[Actor]:
    """Everybody who sits in a member's seat of a plan now, in the order in which they came: one question."""
    found = db.session.execute(_ALL_SITTING, {"plan": plan, "now": now()}).all()
    bodies = ((row, MEMBER.decode(unseal(key_of(plan), MEMBER.name, row.id, row.sealed))) for row in found)
    return [_sits(plan, row.id, row.person_id, body) for row, body in bodies]


def _sits(plan: UUID, seat: UUID, person: UUID, body: MemberBody) -> Actor:
    opened, shown = frozenset(("keys",) if body.own_key else body.opened), frozenset(body.shown)
    return Actor(SITS_AS[body.role], plan, person, Ring.WE, opened=opened, shown=shown, seat=seat)

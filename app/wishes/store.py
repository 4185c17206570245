"""Reads wishes: for the child who asks, and for the parents whom it told. To all others a wish is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from sqlalchemy import literal, select

from app.agreements.rules import local_today
from app.children import store as layers
from app.children.models import REPLY, SAID, LayerLinkRow, SaidRow
from app.children.nouns import ASKS_ANSWER, Answer, ReplyBody, SaidBody, SaidState
from app.db import db, now
from app.items import Thing
from app.keystore import key_of, read_keys
from app.people.models import PERSON
from app.people.store import face_of
from app.plan.models import MEMBER, PLAN, MemberRow
from app.plan.nouns import MemberState, PlanBody, Role
from app.policy.actor import Actor, ActorKind
from app.policy.audience import sees
from app.rooms import Face
from app.scope import Whole, load, open_row
from app.vault import unseal
from app.wishes import rules

WE = 1


@dataclass(frozen=True)
class WishView:
    """One wish, and who looks at it.

    Attributes:
        thing: what the child said, in its layer.
        there: who looks, in that layer.
        child: the child, in the plan of who looks.
        replies: the answers that who looks may read, first one first.
        told: the parents of this family whom the child told; `parents`: all of them.
        whole: the people of the plan, as who looks sees them.
    """

    thing: Thing[SaidBody]
    there: Actor
    child: UUID
    replies: list[Thing[ReplyBody]]
    told: frozenset[UUID]
    parents: frozenset[UUID]
    whole: Whole

    @property
    def body(self) -> SaidBody:
        return self.thing.body

    @cached_property
    def standing(self) -> SaidState:
        """How it stands now."""
        return rules.standing(SaidState(self.thing.state), self.told)

    @property
    def is_waiting(self) -> bool:
        return self.standing is SaidState.WAITING

    @property
    def is_later(self) -> bool:
        """Waiting, and out of sight until the day the family chose."""
        return self.is_waiting and rules.is_out_of_sight(self.thing.due_at, now())

    @property
    def face(self) -> Face:
        """The child."""
        return face_of(self.whole, self.child, WE)

    @property
    def about(self) -> Face | None:
        """Whom of our people it wants at the table."""
        about = self.body.about
        return face_of(self.whole, about, 2) if about is not None and self.whole.name(about) else None

    @property
    def last(self) -> Thing[ReplyBody] | None:
        """The last answer of the family."""
        decided = [reply for reply in self.replies if reply.body.answer is not None]
        return decided[-1] if decided else None

    @property
    def plan(self) -> Thing[PlanBody] | None:
        """The plan, for the page around it."""
        return self.whole.get(PLAN, self.whole.actor.plan)

    @property
    def me(self) -> str:
        """Who looks, as the child knows them."""
        return self.whole.name(self.whole.actor.person)

    @property
    def today(self) -> date:
        """The plan's local day."""
        return local_today(self.whole.zone, now())


def parents_of(plan: UUID) -> frozenset[UUID]:
    """The parents of a plan: a child that chooses whom it asks sees their faces, and no member's row."""
    found = select(MemberRow.id, MemberRow.person_id, MemberRow.sealed).where(
        MemberRow.plan_id == plan, MemberRow.state == MemberState.ACTIVE
    )
    key = key_of(plan)
    rows = [(row, MEMBER.decode(unseal(key, MEMBER.name, row.id, row.sealed))) for row in db.session.execute(found)]
    return frozenset(row.person_id for row, body in rows if body.role is Role.PARENT)


# ---- the parents -----------------------------------------------------------------------------------------------------

_ASKED = (
    select(SaidRow.__table__, literal(None).label("parent_id"), LayerLinkRow.person_id)
    .join(LayerLinkRow, LayerLinkRow.layer_id == SaidRow.plan_id)
    .where(
        SaidRow.state.in_([SaidState.WAITING.value, SaidState.TOLD.value]),
        SaidRow.removed_at.is_(None),
    )
    .order_by(SaidRow.created_at, SaidRow.id)
)


@dataclass(frozen=True)
class Waiting:
    """A wish that waits, on a page that says no more of it than who asks."""

    said: UUID
    child: Face


def waiting(actor: Actor) -> list[Waiting]:
    """What waits in sight for a parent whom a child told, oldest first: one question for all children of a plan."""
    if actor.kind is not ActorKind.PARENT or actor.plan is None or actor.scribe is not None:
        return []
    rows = db.session.execute(_ASKED.where(LayerLinkRow.plan_id == actor.plan)).all()
    rows = [row for row in rows if not rules.is_out_of_sight(row.due_at, now())]
    read_keys([row.plan_id for row in rows])
    whole = load(actor, PERSON)
    found = []
    for row in rows:
        thing, there = open_row(key_of(row.plan_id), SAID, row), layers.as_reader(actor, row.plan_id)
        if sees(there, thing.facts) and _is_asked(thing, actor.plan):
            found.append(Waiting(thing.id, face_of(whole, row.person_id, WE)))
    return found


def _is_asked(thing: Thing[SaidBody], plan: UUID) -> bool:
    """Whether it is a wish, and this family's to answer."""
    return thing.body.sort in ASKS_ANSWER and thing.body.asked_in == plan


def question(actor: Actor, said: UUID) -> WishView | None:
    """One wish, for a parent of the family it was asked."""
    plan = actor.plan
    if actor.kind is not ActorKind.PARENT or plan is None:
        return None
    found = select(LayerLinkRow.layer_id, LayerLinkRow.person_id).join(
        SaidRow, SaidRow.plan_id == LayerLinkRow.layer_id
    )
    row = db.session.execute(found.where(LayerLinkRow.plan_id == plan, SaidRow.id == said)).first()
    if row is None:
        return None
    there = layers.as_reader(actor, row.layer_id)
    kept = load(there, SAID, REPLY)
    thing = kept.get(SAID, said)
    if thing is None or not _is_asked(thing, plan):
        return None
    return _view(actor, there, kept, thing, row.person_id)


def _view(actor: Actor, there: Actor, kept: Whole, thing: Thing[SaidBody], child: UUID) -> WishView:
    parents = frozenset() if actor.plan is None else parents_of(actor.plan)
    told, whole = rules.told_parents(thing.body.audience, parents), load(actor, PLAN, PERSON)
    return WishView(thing, there, child, kept.under(REPLY, thing), told, parents, whole)


# ---- the child -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wishes:
    """What a child asked in the plan it is in now, last first.

    Attributes:
        there: the child in its own layer; None while it keeps nothing.
        wishes: what it asked.
        faces: whom it may want at the table: the people it sees.
        whole: the people of the plan, as it sees them.
    """

    there: Actor | None
    wishes: list[WishView]
    faces: list[Face]
    whole: Whole

    @property
    def plan(self) -> Thing[PlanBody] | None:
        """The plan, for the page around it."""
        return self.whole.get(PLAN, self.whole.actor.plan)

    @property
    def today(self) -> date:
        """The plan's local day."""
        return local_today(self.whole.zone, now())

    def of(self, sorts: Iterable[str]) -> list[WishView]:
        """Those of some sorts."""
        wanted = set(sorts)
        return [wish for wish in self.wishes if wish.body.sort in wanted]


def mine(actor: Actor) -> Wishes | None:
    """All that a child asked here, and what a new wish may choose from."""
    if actor.kind is not ActorKind.CHILD or actor.person is None:
        return None
    there, whole = layers.as_child(actor), load(actor, PLAN, PERSON)
    people = [face_of(whole, person.id, 2) for person in whole.all(PERSON) if person.id != actor.person]
    if there is None:
        return Wishes(None, [], people, whole)
    kept = load(there, SAID, REPLY)
    asked = [thing for thing in kept.all(SAID) if actor.plan is not None and _is_asked(thing, actor.plan)]
    views = [_view(actor, there, kept, thing, actor.person) for thing in asked]
    return Wishes(there, sorted(views, key=lambda one: one.thing.created_at, reverse=True), people, whole)


def own(actor: Actor, said: UUID) -> WishView | None:
    """One wish of its own."""
    board = mine(actor)
    found = board.wishes if board is not None else []
    return next((wish for wish in found if wish.thing.id == said), None)


def answers(wish: WishView) -> list[tuple[Answer, Thing[ReplyBody]]]:
    """What the family said to it, first one first."""
    return [(reply.body.answer, reply) for reply in wish.replies if reply.body.answer is not None]

"""Reads wishes: for the child who asks, and for the parents whom it told. To all others a wish is not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from app.children import ledger, said_store, told_store
from app.children.nouns import ASKS_ANSWER, ReplyBody, SaidBody, SaidState, Sort
from app.children.said_store import Own
from app.db import now
from app.items import Thing
from app.local import local_day
from app.people.models import PERSON
from app.people.store import face_of
from app.plan.models import PLAN
from app.plan.nouns import PlanBody
from app.plan.store import parents_of
from app.policy.actor import Actor, ActorKind
from app.rooms import Face
from app.scope import Whole, load
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
        return local_day(now(), self.whole.zone)


# ---- the parents -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """A wish that waits, on a page that says no more of it than who asks."""

    said: UUID
    child: Face


def waiting(actor: Actor) -> list[Waiting]:
    """What waits in sight for a parent whom a child told, oldest first."""
    found = told_store.told(actor) if actor.kind is ActorKind.PARENT and actor.scribe is None else None
    if found is None or actor.plan is None:
        return []
    waits = (SaidState.WAITING, SaidState.TOLD)
    asked = [one.thing for one in found.told if _is_asked(one.thing, actor.plan) and one.thing.state in waits]
    here = [thing for thing in asked if not rules.is_out_of_sight(thing.due_at, now())]
    whole = load(actor, PLAN, PERSON)
    return [Waiting(thing.id, face_of(whole, found.child_of[thing.plan], WE)) for thing in reversed(here)]


def _is_asked(thing: Thing[SaidBody], plan: UUID) -> bool:
    """Whether it is a wish, and this family's to answer."""
    return thing.body.sort in ASKS_ANSWER and thing.body.asked_in == plan


def question(actor: Actor, said: UUID) -> WishView | None:
    """One wish, for a parent of the family it was asked."""
    if actor.kind is not ActorKind.PARENT or actor.plan is None:
        return None
    found = told_store.told(actor)
    one = next((view for view in (found.told if found is not None else ()) if view.thing.id == said), None)
    if found is None or one is None or not _is_asked(one.thing, actor.plan):
        return None
    parents, whole = parents_of(actor.plan), load(actor, PLAN, PERSON)
    told = rules.told_parents(one.thing.body.audience, parents)
    return WishView(one.thing, one.there, found.child_of[one.thing.plan], one.replies, told, parents, whole)


# ---- the child -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wishes:
    """What a child asked in the plan it is in now, as far as this phone shows it; last first.

    Attributes:
        own: what it keeps.
        wishes: what it asked.
        faces: whom it may want at the table: the people it sees.
        fresh: the wishes with an answer that the child did not open yet.
    """

    own: Own
    wishes: list[WishView]
    faces: list[Face]
    fresh: frozenset[UUID]

    @property
    def there(self) -> Actor:
        """As whom the policy is asked."""
        return self.own.there

    def of(self, *sorts: Sort) -> list[WishView]:
        """Those of some sorts."""
        return [wish for wish in self.wishes if wish.body.sort in sorts]


def mine(actor: Actor) -> Wishes | None:
    """All that a child asked here, and what a new wish may choose from."""
    found = said_store.own(actor)
    if found is None or actor.plan is None or actor.person is None:
        return None
    whole = load(actor, PLAN, PERSON)
    parents = frozenset(one.id for one in found.hearers if one.is_parent and one.plan == actor.plan)
    people = [face_of(whole, person.id, 2) for person in whole.all(PERSON) if person.id != actor.person]
    asked = [view for view in found.box if _is_asked(view.thing, actor.plan)]
    wishes = [
        WishView(
            view.thing,
            view.there,
            actor.person,
            view.replies,
            rules.told_parents(view.thing.body.audience, parents),
            parents,
            whole,
        )
        for view in asked
    ]
    replies = [reply for wish in wishes for reply in wish.replies]
    read = ledger.read_by(found.there, replies) if replies else ()
    return Wishes(found, wishes, people, frozenset(one.parent for one in replies if one.id not in read and one.parent))


def own(actor: Actor, said: UUID) -> WishView | None:
    """One wish of its own."""
    board = mine(actor)
    found = board.wishes if board is not None else []
    return next((wish for wish in found if wish.thing.id == said), None)

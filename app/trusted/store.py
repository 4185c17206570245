"""Reads whom a child trusts, as the child, and what such a person was told, as that person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from app.children import in_hand, said_rules
from app.children import store as layers
from app.children.hearers import hearers
from app.children.models import LAYER, REPLY, SAID, TRUSTED
from app.children.nouns import SaidBody, TrustedBody, TrustedState
from app.children.said_rules import Phone
from app.children.said_store import phone_of
from app.children.told_store import ToldView, told_in
from app.db import now
from app.items import Thing
from app.local import local_day
from app.people.models import PERSON
from app.people.store import face_of
from app.plan.models import PLAN
from app.plan.nouns import PlanBody
from app.policy.actor import Actor, ActorKind
from app.rooms import Face
from app.scope import Whole, load, load_each
from app.trusted import rules

# Close, for a face whose ring the child does not see.
RING = 2


@dataclass(frozen=True)
class Circle:
    """Whom a child trusts.

    Attributes:
        child: as who the child came in, in a plan; `me`: in its own layer, None while it keeps nothing.
        here: the people of that plan, as the child sees them.
        kept: what lies in the layer.
    """

    child: Actor
    me: Actor | None
    here: Whole
    kept: Whole

    @property
    def there(self) -> Actor:
        """As whom the policy is asked."""
        return self.me or self.child

    @cached_property
    def phone(self) -> Phone:
        """The phone the child holds."""
        return phone_of(self.child)

    @property
    def plan(self) -> Thing[PlanBody] | None:
        """The plan, for the page around it."""
        return self.here.get(PLAN, self.child.plan)

    @property
    def zone(self) -> str:
        """Of its days."""
        return self.here.zone

    @property
    def mine(self) -> str:
        """What the child is called."""
        return self.here.name(self.child.person)

    @property
    def today(self) -> date:
        """The child's local day."""
        return local_day(now(), self.zone)

    @cached_property
    def working(self) -> list[TrustedView]:
        """Those whose link works, on whatever phone the child is."""
        return [one for one in self._all if one.works]

    @property
    def shown(self) -> list[TrustedView]:
        """Those that this phone shows: who lent it knows of nobody whom the child names."""
        if self.phone.hides:
            return [one for one in self._all if one.thing.id == in_hand.there()]
        since = layers.since_of(self.kept)
        return [one for one in self._all if said_rules.is_under_lock(since, one.thing.created_at)]

    @cached_property
    def faces(self) -> list[Face]:
        """Whom it may name by a tap: people it sees, without its parents and whoever helps. Whom it named already stays
        among them where this phone shows nobody whom it trusts.
        """
        named = {one.name for one in self.shown if one.works}
        return [one for one in self._near if one.name not in named]

    def called(self, person: UUID | None) -> str:
        """The name of one of those: of a face that was tapped no more than that is kept."""
        return next((one.name for one in self._near if one.id == person), "")

    def face(self, name: str) -> Face | None:
        """The face that goes with a name the child gave, of those it may tap."""
        return next((one for one in self._near if one.name == name), None)

    @cached_property
    def _near(self) -> list[Face]:
        child, plan = self.child, self.child.plan
        if plan is None or child.person is None:
            return []
        let_in = hearers(child, self.here, {plan: child.person}, self.kept)
        not_these = {child.person, *(one.id for one in let_in if one.is_parent or one.helps)}
        no_parents = {one.id for one in let_in} - not_these
        there = [one for one in self.here.all(PERSON) if one.id not in not_these]
        near = [one for one in there if rules.is_offered(one.body, is_no_parent=one.id in no_parents)]
        return [face_of(self.here, one.id, RING) for one in near]

    @cached_property
    def _all(self) -> list[TrustedView]:
        found = [TrustedView(one, self) for one in self.kept.all(TRUSTED)]
        return [one for one in found if one.thing.state == TrustedState.ACTIVE]


@dataclass(frozen=True)
class TrustedView:
    """Somebody a child trusts, for the child."""

    thing: Thing[TrustedBody]
    circle: Circle

    @property
    def there(self) -> Actor:
        """The child, in its own layer."""
        return self.circle.there

    @property
    def name(self) -> str:
        """As the child says it."""
        return self.thing.body.name

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(now(), self.thing.body.zone)

    @property
    def works(self) -> bool:
        """Whether their link opens something now."""
        return rules.works(self.thing.state, self.thing.due_at, now())

    @property
    def told(self) -> list[Thing[SaidBody]]:
        """What the child let them see."""
        return [one for one in self.circle.kept.all(SAID) if self.thing.id in said_rules.heard_by(one.body)]


def circle(child: Actor) -> Circle | None:
    """Whom a child trusts; None for everybody else."""
    if child.kind is not ActorKind.CHILD or child.person is None:
        return None
    me = layers.as_child(child)
    here, *mine = load_each([(child, (PLAN, PERSON)), *([] if me is None else [(me, (LAYER, TRUSTED, SAID))])])
    return Circle(child, me, here, mine[0] if mine else Whole(child, ()))


def one(child: Actor, trusted: UUID) -> TrustedView | None:
    """One of them, as far as this phone shows it."""
    found = circle(child)
    return None if found is None else next((view for view in found.shown if view.thing.id == trusted), None)


# ---- that person -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ForMe:
    """What a child told somebody it trusts, for that person. `thing` is their own row in the child's layer."""

    thing: Thing[TrustedBody]
    there: Actor
    told: list[ToldView]

    @property
    def child(self) -> str:
        """What the child is called."""
        return self.thing.body.child

    @property
    def today(self) -> date:
        """The local day of the child."""
        return local_day(now(), self.thing.body.zone)


def for_me(actor: Actor, trusted: UUID) -> ForMe | None:
    """All that a child told them, the newest first."""
    if actor.kind is not ActorKind.TRUSTED or actor.seat != trusted or actor.plan is None:
        return None
    whole = load(actor, TRUSTED, SAID, REPLY)
    me = whole.get(TRUSTED, trusted)
    if me is None:
        return None
    told = told_in(whole, me.body.child, me.body.name, actor.plan, me.body.zone)
    return ForMe(me, actor, sorted(told, key=lambda one: (one.thing.created_at, one.thing.id), reverse=True))


def told_me(actor: Actor, trusted: UUID, said: UUID) -> ToldView | None:
    """One thing of it."""
    found = for_me(actor, trusted)
    return None if found is None else next((view for view in found.told if view.thing.id == said), None)

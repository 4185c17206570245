"""Reads the children of a family, and how the page of one of them is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.accounts import store as accounts
from app.accounts.models import CARD
from app.accounts.nouns import CardBody, CardState
from app.accounts.store import DeviceView
from app.agreements.models import AGREEMENT
from app.agreements.nouns import AgreementState
from app.childpages import rules
from app.goals.models import GOAL
from app.goals.nouns import GoalState
from app.items import Kind, Thing
from app.moments.models import MOMENT
from app.people.models import PERSON
from app.people.nouns import FamilyRole, PersonBody
from app.plan.models import MEMBER, PLAN
from app.plan.nouns import MemberBody, MemberState, PlanBody, Role
from app.policy.actor import Actor, ActorKind, Ring
from app.policy.audience import Who, is_private, sees
from app.rooms import SEATS
from app.scope import Whole, load

# What a parent may put on the page of a child.
FOR_A_PAGE: tuple[Kind[Any], ...] = (GOAL, AGREEMENT, PERSON, MOMENT)


@dataclass(frozen=True)
class Child:
    """One child of the family, and its page; `thing` is None while there is none."""

    person: Thing[PersonBody]
    thing: Thing[MemberBody] | None


@dataclass(frozen=True)
class Nursery:
    """The children of a family, with and without a page, and who else of the family may get one."""

    plan: Thing[PlanBody]
    children: list[Child]
    others: list[Thing[PersonBody]]
    whole: Whole

    @property
    def offered(self) -> dict[UUID, Thing[PersonBody]]:
        """Who may get a page now."""
        without = [child.person for child in self.children if child.thing is None]
        return {person.id: person for person in (*without, *self.others)}


@dataclass(frozen=True)
class PageOf:
    """The page of one child, for its parents.

    Attributes:
        thing: the child's member row.
        person: the child.
        plan: the plan.
        whole: what else of the plan this parent sees.
    """

    thing: Thing[MemberBody]
    person: Thing[PersonBody]
    plan: Thing[PlanBody]
    whole: Whole

    @property
    def name(self) -> str:
        """As the family says it."""
        return self.person.body.name

    @property
    def body(self) -> MemberBody:
        """How the page is."""
        return self.thing.body

    @property
    def child(self) -> Actor | None:
        """Who sits there; None when it was stopped meanwhile."""
        return SEATS["member"](self.thing.plan, self.thing.id)

    @property
    def cards(self) -> list[Thing[CardBody]]:
        """The cards that parents made for it and that work."""
        found = (card for card in self.whole.all(CARD) if card.body.member == self.thing.id)
        return [card for card in found if card.state == CardState.ACTIVE]

    @property
    def devices(self) -> list[DeviceView]:
        """The devices that its card opened; those of a child that keeps a key itself are its own to see."""
        return [] if self.body.own_key or self.child is None else accounts.devices(self.child)

    @property
    def offered(self) -> list[Thing[Any]]:
        """What may be put on it: what is ours, was not closed by hand, and does not stand there of itself."""
        child = self.child
        bare = None if child is None else replace(child, shown=frozenset())
        return [] if bare is None else [one for one in self._living() if may_be_shown(bare, one)]

    @property
    def there_anyhow(self) -> list[Thing[Any]]:
        """What stands on it because it names the child."""
        child = self.child
        bare = None if child is None else replace(child, shown=frozenset())
        return [] if bare is None else [one for one in self._living() if sees(bare, one.facts)]

    def _living(self) -> Iterator[Thing[Any]]:
        for kind in FOR_A_PAGE:
            for one in self.whole.all(kind):
                if one.id != self.person.id and one.state not in {GoalState.DROPPED, AgreementState.STOPPED}:
                    yield one


def may_be_shown(child: Actor, thing: Thing[Any]) -> bool:
    """Whether putting a thing on the page of a child does something: without it the child does not see it."""
    with_it = replace(child, shown=frozenset({thing.id}))
    does = not sees(child, thing.facts) or brings_steps(thing)
    return thing.kind in FOR_A_PAGE and does and sees(with_it, thing.facts)


def brings_steps(thing: Thing[Any]) -> bool:
    """Whether small steps come along with it: a goal that names the child stands there of itself, but bare."""
    return thing.kind is GOAL and thing.body.audience.who is Who.DEFAULT


def may_stand_on(actor: Actor, thing: Thing[Any]) -> list[Child]:
    """The children whose page a thing may stand on; worked out of the rows of their seats, so that it costs little."""
    whole = load(actor, PLAN, PERSON, MEMBER)
    found = []
    for member in whole.all(MEMBER):
        person = whole.get(PERSON, member.body.person)
        if member.state == MemberState.ACTIVE and member.body.role is Role.CHILD and person is not None:
            child = Actor(ActorKind.CHILD, member.plan, person.id, Ring.WE, seat=member.id)
            found += [Child(person, member)] if may_be_shown(child, thing) else []
    return found


@dataclass(frozen=True)
class PutOn:
    """One thing, and the children on whose page it stands or may stand."""

    item: Thing[Any]
    pages: list[Child]
    plan: Thing[PlanBody]


def put_on(actor: Actor, item: UUID) -> PutOn | None:
    """One thing for the pages of children; None when it can stand on none."""
    whole = load(actor, PLAN, MEMBER, CARD, *FOR_A_PAGE)
    found = next((one for kind in FOR_A_PAGE if (one := whole.get(kind, item)) is not None), None)
    plan, pages = whole.get(PLAN, actor.plan), [] if found is None else may_stand_on(actor, found)
    return PutOn(found, pages, plan) if found is not None and plan is not None and pages else None


def nursery(actor: Actor) -> Nursery | None:
    """The children of the family."""
    whole = load(actor, PLAN, PERSON, MEMBER)
    plan = whole.get(PLAN, actor.plan)
    if plan is None:
        return None
    pages, keys = {}, set()
    for member in whole.all(MEMBER):
        if member.state == MemberState.ACTIVE and member.body.role is Role.CHILD:
            pages[member.body.person] = member
        elif member.state == MemberState.ACTIVE:
            keys.add(member.body.person)
    children, others = [], []
    for person in whole.all(PERSON):
        if person.id in pages:
            children.append(Child(person, pages[person.id]))
        elif _may_have_page(person, has_key=person.id in keys):
            is_child = person.body.family_role is FamilyRole.CHILD
            children.append(Child(person, None)) if is_child else others.append(person)
    return Nursery(plan, children, others, whole)


def _may_have_page(person: Thing[PersonBody], *, has_key: bool) -> bool:
    body = person.body
    is_parent, private = body.family_role is FamilyRole.PARENT, is_private(person.facts)
    return rules.may_have_page(body.ring, body.name, is_private=private, is_parent=is_parent, has_key=has_key)


def page_of(actor: Actor, member: UUID) -> PageOf | None:
    """The page of one child, as long as it has one."""
    found = _page_of(actor, member)
    return found if found is not None and found.thing.state == MemberState.ACTIVE else None


def stopped_too(actor: Actor, member: UUID) -> PageOf | None:
    """The same, also when it was stopped: stopping twice is once."""
    return _page_of(actor, member)


def _page_of(actor: Actor, member: UUID) -> PageOf | None:
    whole = load(actor, PLAN, MEMBER, CARD, *FOR_A_PAGE)
    found, plan = whole.get(MEMBER, member), whole.get(PLAN, actor.plan)
    person = None if found is None else whole.get(PERSON, found.body.person)
    if found is None or plan is None or person is None or found.body.role is not Role.CHILD:
        return None
    return PageOf(found, person, plan, whole)


@dataclass(frozen=True)
class OnPage:
    """One thing, and the page of a child it may be put on or taken from."""

    page: PageOf
    item: Thing[Any]

    @property
    def thing(self) -> Thing[MemberBody]:
        """What the policy is asked about: the page."""
        return self.page.thing


def on_page(actor: Actor, member: UUID, item: UUID) -> OnPage | None:
    """One thing for the page of a child; None when it cannot stand there."""
    page = page_of(actor, member)
    found = None if page is None else next((one for one in page.offered if one.id == item), None)
    return None if page is None or found is None else OnPage(page, found)


@dataclass(frozen=True)
class CardOf:
    """One card of a child."""

    page: PageOf
    thing: Thing[CardBody]


def card_of(actor: Actor, member: UUID, card: UUID) -> CardOf | None:
    """One card that a parent made for a child."""
    page = page_of(actor, member)
    found = None if page is None else page.whole.get(CARD, card)
    ours = page is not None and found is not None and found.body.member == page.thing.id
    return CardOf(page, found) if page is not None and found is not None and ours else None


@dataclass(frozen=True)
class DeviceOf:
    """One device that the card of a child opened; `thing` is the child's page."""

    page: PageOf
    device: DeviceView

    @property
    def thing(self) -> Thing[MemberBody]:
        """What the policy is asked about."""
        return self.page.thing


def device_of(actor: Actor, member: UUID, device: UUID) -> DeviceOf | None:
    """One of the devices that a parent may see."""
    page = page_of(actor, member)
    found = [] if page is None else [one for one in page.devices if one.id == device]
    return DeviceOf(page, found[0]) if page is not None and found else None


@dataclass(frozen=True)
class Peep:
    """A page as the child gets it; `page` is what stands in its address after the plan."""

    of: PageOf
    page: str
    child: Actor

    @property
    def thing(self) -> Thing[MemberBody]:
        """What the policy is asked about."""
        return self.of.thing


def peep(actor: Actor, member: UUID, page: str) -> Peep | None:
    """A page of the plan as this child gets it; None for what is no page of a child, nor a picture on one."""
    found = page_of(actor, member)
    child = None if found is None else found.child
    if found is None or child is None or not (page == "mij" or page.startswith(("mij/", "foto/"))):
        return None
    # As on a lent phone: what the child keeps stays closed, and nothing of its layer is read (`children/store.py`).
    return Peep(found, page, replace(child, lent=True))

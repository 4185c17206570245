"""Reads who can open a plan, put together for one page each, as far as the actor sees them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.accounts import store as accounts
from app.accounts.models import CARD
from app.accounts.nouns import CardBody, CardState
from app.accounts.store import DeviceView
from app.db import now
from app.entry.keeper import Keeper, of_seat
from app.items import Thing
from app.people.models import PERSON
from app.people.nouns import FamilyRole, PersonBody
from app.plan import rules as plan_rules
from app.plan import store as plans
from app.plan.models import INVITE, MEMBER, PLAN
from app.plan.nouns import InviteBody, MemberBody, MemberState, PlanBody, Role
from app.policy.actor import Actor, Ring
from app.policy.audience import is_private
from app.rooms import Panel, panels
from app.scope import Whole, load
from app.sharing.models import SHARE
from app.sharing.nouns import What
from app.sharing.rules import whats_in
from app.sharing.store import ShareView, shares_in


@dataclass(frozen=True)
class InviteView:
    """One invitation.

    Attributes:
        thing: the invitation.
        whole: with whom and by whom.
        missing: the parents whose yes it waits for.
    """

    thing: Thing[InviteBody]
    whole: Whole
    missing: frozenset[UUID]

    @property
    def plan(self) -> Thing[PlanBody] | None:
        """The plan it leads into."""
        return self.whole.get(PLAN, self.thing.plan)

    @property
    def lives(self) -> bool:
        """Whether it is a way in, or can become one."""
        return plan_rules.lives(self.thing.state, self.thing.due_at, now())

    @property
    def opens(self) -> bool:
        """Whether its link works now."""
        return self.lives and not self.missing

    @property
    def asks_me(self) -> bool:
        """Whether it waits for the yes of who looks."""
        return self.lives and self.whole.actor.person in self.missing


@dataclass(frozen=True)
class KeyRing:
    """Everybody and everything that opens the plan, for the page "Wie kan ons plan openen?"."""

    plan: Thing[PlanBody]
    whole: Whole
    members: list[Thing[MemberBody]]
    invites: list[InviteView]
    shares: list[ShareView]
    cards: list[Thing[CardBody]]
    devices: list[DeviceView]
    keeper: Keeper
    others: list[Panel]

    @property
    def has_way_back(self) -> bool:
        """Whether this person has a card that they keep safe, or another key."""
        return any(card.body.kept for card in self.cards) or self.keeper.has_way_back

    @property
    def guests(self) -> list[ShareView]:
        """Who is a guest in the plan."""
        return [share for share in self.shares if share.thing.body.guest]

    @property
    def links(self) -> list[ShareView]:
        """Who looks through a link."""
        return [share for share in self.shares if not share.thing.body.guest]

    @property
    def own_cards(self) -> list[Thing[CardBody]]:
        """The cards this person keeps."""
        return [card for card in self.cards if not card.body.keeper]

    @property
    def lent_cards(self) -> list[Thing[CardBody]]:
        """The cards that somebody they trust keeps for them."""
        return [card for card in self.cards if card.body.keeper]


@dataclass(frozen=True)
class Door:
    """What the question "Wie laat je binnen?" offers."""

    plan: Thing[PlanBody]
    whole: Whole
    people: list[Thing[PersonBody]]

    @property
    def last(self) -> int:
        """The place of the last person."""
        return max((person.position for person in self.whole.all(PERSON)), default=0)


def key_ring(actor: Actor) -> KeyRing | None:
    """Who can open the plan."""
    whole = load(actor, PLAN, PERSON, MEMBER, INVITE, CARD, SHARE, removed=True)
    plan = whole.get(PLAN, actor.plan)
    if plan is None:
        return None
    members = _members(whole)
    return KeyRing(
        plan=plan,
        whole=whole,
        members=members,
        invites=[view for view in _invites(whole, members) if view.lives],
        shares=[share for share in shares_in(whole) if share.works],
        cards=[card for card in whole.all(CARD) if card.body.is_of(actor.seat) and card.state == CardState.ACTIVE],
        devices=accounts.devices(actor),
        keeper=of_seat(actor),
        others=panels("entry", actor, plan),
    )


@dataclass(frozen=True)
class MemberView:
    """One meehelper, and what is opened to them."""

    thing: Thing[MemberBody]
    whole: Whole

    @property
    def whats(self) -> tuple[What, ...]:
        """What a parent opened to them, as the form asks it."""
        return whats_in(self.thing.body.opened)


def meehelper(actor: Actor, member: UUID) -> MemberView | None:
    """One meehelper, as long as they are one; a parent is nobody's to stop."""
    found = stopped_too(actor, member)
    is_one = found is not None and plan_rules.is_meehelper(found.thing.body.role, found.thing.state)
    return found if is_one else None


def stopped_too(actor: Actor, member: UUID) -> MemberView | None:
    """The same, also when they were stopped: stopping twice is once."""
    whole = load(actor, PLAN, PERSON, MEMBER)
    found = whole.get(MEMBER, member)
    return MemberView(found, whole) if found is not None and found.body.role is Role.MEEHELPER else None


def help_door(actor: Actor) -> Door | None:
    """Whom one may let in as a meehelper: those of the two inner rings; a child is none."""
    return _door(actor, (Ring.WE, Ring.CLOSE))


def door(actor: Actor) -> Door | None:
    """Whom one may let in: those of ring 1 who have no key or invitation yet and are not a child."""
    return _door(actor, (Ring.WE,))


def _door(actor: Actor, rings: Collection[Ring]) -> Door | None:
    whole = load(actor, PLAN, PERSON, MEMBER, INVITE)
    plan = whole.get(PLAN, actor.plan)
    members = _members(whole)
    have = {member.body.person for member in members}
    have |= {view.thing.body.person for view in _invites(whole, members) if view.lives}
    family = (person for person in whole.all(PERSON) if person.body.ring in rings and person.id not in have)
    adults = (person for person in family if person.body.name and person.body.family_role is not FamilyRole.CHILD)
    # Who lets somebody in whom the other parent does not know of would tell them.
    people = [person for person in adults if not is_private(person.facts)]
    return None if plan is None else Door(plan, whole, people)


def invite(actor: Actor, invite: UUID) -> InviteView | None:
    """One invitation."""
    whole = load(actor, PLAN, PERSON, MEMBER, INVITE, removed=True)
    return next((view for view in _invites(whole, _members(whole)) if view.thing.id == invite), None)


def own_place(actor: Actor) -> Thing[Any] | None:
    """What the pages of own keys are about: the plan; for a child, who sees nothing of its facts, who it is."""
    plan = plans.plan(actor)
    return load(actor, PERSON).get(PERSON, actor.person) if plan is None else plan


def is_alone(actor: Actor) -> bool:
    """Whether nobody else has a key to the plan."""
    return len(_members(load(actor, MEMBER))) == 1


def _members(whole: Whole) -> list[Thing[MemberBody]]:
    return [member for member in whole.all(MEMBER) if member.state == MemberState.ACTIVE]


def _invites(whole: Whole, members: list[Thing[MemberBody]]) -> list[InviteView]:
    parents = plans.parents(members)
    return [
        InviteView(found, whole, plan_rules.still_to_agree(found.body.role, found.body.agreed, parents))
        for found in whole.all(INVITE)
    ]

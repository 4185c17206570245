"""Reads the people of a plan and how to reach them, as far as the actor sees them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.items import Photo, Thing
from app.people import letters, rules
from app.people.models import CONTACT, PERSON
from app.people.nouns import ContactBody, ContactSort, PersonBody, RoleBody, Since
from app.plan import domains
from app.plan import store as plan_store
from app.policy.actions import Action
from app.policy.actor import Actor, Ring
from app.policy.decide import permits
from app.rooms import KINDS, Face
from app.scope import Whole, load

RING_NUMBER = {Ring.WE: 1, Ring.CLOSE: 2, Ring.SERVICES: 3}


@dataclass(frozen=True)
class PersonView:
    """One person, how to reach them, and the people around them.

    Attributes:
        thing: the person.
        whole: what else the actor sees.
    """

    thing: Thing[PersonBody]
    whole: Whole

    @property
    def has_key(self) -> bool:
        """Whether they can open the plan with an own key; asks the database, so only where it matters."""
        return self.thing.id in plan_store.key_holders(self.whole.actor)

    @property
    def name(self) -> str:
        """As the family says it; empty for who started the plan without a name."""
        return self.thing.body.name

    @property
    def ring(self) -> int:
        """1, 2 or 3: what the macros of faces need."""
        return RING_NUMBER[self.thing.body.ring]

    @property
    def phone(self) -> Thing[ContactBody] | None:
        """The phone this actor sees."""
        return self.contact(ContactSort.PHONE)

    @property
    def address(self) -> Thing[ContactBody] | None:
        """The address this actor sees."""
        return self.contact(ContactSort.ADDRESS)

    @property
    def number(self) -> str:
        """What a phone dials to reach them; empty when there is no phone."""
        return rules.dialled(self.phone.body.value) if self.phone else ""

    @property
    def helping(self) -> list[RoleBody]:
        """Their roles that did not stop."""
        return [role for role in self.thing.body.roles if role.since is not Since.STOPPED]

    def may(self, action: Action) -> bool:
        """Whether the actor may do this to the person, so that a page offers only what works."""
        return permits(self.whole.actor, action, self.thing.facts)

    @property
    def may_change(self) -> bool:
        """Whether the actor may change them."""
        return self.may(Action.PERSON_CHANGE)

    @property
    def may_remove(self) -> bool:
        """Whether the actor may take them away."""
        return self.may(Action.PERSON_REMOVE)

    @property
    def may_reach(self) -> bool:
        """Whether the actor may write down how to reach them; not on a lent phone, where that may be out of sight."""
        return self.whole.actor.scribe is None and plan_store.may_add(self.whole.actor, Action.PERSON_ADD, CONTACT)

    def contact(self, sort: ContactSort) -> Thing[ContactBody] | None:
        """How to reach them in one way, as far as this actor sees it."""
        found = (contact for contact in self.whole.under(CONTACT, self.thing) if contact.body.sort is sort)
        return next(found, None)


@dataclass(frozen=True)
class RoleView:
    """One role of a person; `role` is None when it is no longer there."""

    person: PersonView
    id: UUID
    role: RoleBody | None

    @property
    def version(self) -> int:
        """What a form sends along to tell which words its writer looked at; 0 for a role that is gone."""
        return rules.mark(self.role) if self.role else 0

    @property
    def thing(self) -> Thing[PersonBody]:
        """The person whose role it is: what the policy is asked about."""
        return self.person.thing


@dataclass(frozen=True)
class PeopleView:
    """All people an actor sees."""

    people: list[PersonView]
    whole: Whole

    def in_ring(self, ring: Ring) -> list[PersonView]:
        """The people of one ring, in the family's order."""
        return [person for person in self.people if person.thing.body.ring is ring]

    @property
    def by_name(self) -> list[PersonView]:
        """Everybody, in the order of the alphabet."""
        return sorted(self.people, key=lambda person: letters.in_order(person.name))

    @property
    def outside_family(self) -> list[PersonView]:
        """Everybody but the family itself."""
        return [person for person in self.people if person.thing.body.ring is not Ring.WE]

    @property
    def tonight(self) -> list[PersonView]:
        """Wie kunnen wij vanavond bellen?"""
        return [person for person in self.people if person.thing.body.tonight]

    @property
    def to_call(self) -> list[PersonView]:
        """Whom the family chose to call in the evening; else who is close to us and has a phone."""
        return self.tonight or [person for person in self.in_ring(Ring.CLOSE) if person.number]

    @property
    def own_domains(self) -> list[str]:
        """Parts of life the family named itself, in the order they came."""
        named = (domain for person in self.people for role in person.thing.body.roles for domain in role.domains)
        return [domain for domain in dict.fromkeys(named) if domain not in domains.KEYS]

    @property
    def may_add(self) -> bool:
        """Whether the actor may add a person."""
        return plan_store.may_add(self.whole.actor, Action.PERSON_ADD, PERSON)

    @property
    def may_reach(self) -> bool:
        """Whether the actor may write down how to reach somebody."""
        return plan_store.may_add(self.whole.actor, Action.PERSON_ADD, CONTACT)


def photo_of(person: Thing[PersonBody] | None) -> Photo | None:
    """The photo of somebody who is there, for who sees them."""
    return None if person is None or person.is_away else person.body.photo


def picto_of(person: Thing[PersonBody] | None) -> str:
    """The pictogram of somebody who is there, for who sees them: it shows where there is no photo."""
    return "" if person is None or person.is_away else person.body.picto


def face_of(whole: Whole, person: UUID, ring: int) -> Face:
    """Somebody to draw by the name that this actor reads; `ring` is for who does not see where they belong."""
    seen = whole.person(person)
    number = ring if seen is None else RING_NUMBER[seen.body.ring]
    return Face(person, whole.name(person), number, photo_of(seen), picto_of(seen))


def people_in(whole: Whole) -> PeopleView:
    """The people of a whole that was loaded with PERSON and, for their phones, CONTACT."""
    return PeopleView([PersonView(thing, whole) for thing in whole.all(PERSON)], whole)


def people(actor: Actor) -> PeopleView:
    """Everybody, with how to reach them."""
    return people_in(load(actor, PERSON, CONTACT))


def fresh(actor: Actor) -> PeopleView | None:
    """The same, for who may add somebody."""
    found = people(actor)
    return found if found.may_add else None


def person(actor: Actor, person: UUID) -> PersonView | None:
    """One person, with how to reach them."""
    return _one(load(actor, PERSON, CONTACT), person)


def page_of(actor: Actor, person: UUID) -> PersonView | None:
    """The same for the page on which other rooms have their say: all is read at once."""
    return _one(load(actor, *KINDS.values()), person)


def removed_too(actor: Actor, person: UUID) -> PersonView | None:
    """One person, also from the bin: taking away twice is once."""
    return _one(load(actor, PERSON, CONTACT, removed=True), person)


def role(actor: Actor, person: UUID, role: UUID) -> RoleView | None:
    """One role of a person."""
    found = role_gone_too(actor, person, role)
    return None if found is None or found.role is None else found


def role_gone_too(actor: Actor, person: UUID, role: UUID) -> RoleView | None:
    """One role, or the person without it: taking away twice is once."""
    found = _one(load(actor, PERSON, CONTACT), person)
    if found is None:
        return None
    return RoleView(found, role, next((one for one in found.thing.body.roles if one.id == role), None))


def _one(whole: Whole, person: UUID) -> PersonView | None:
    thing = whole.get(PERSON, person)
    return None if thing is None else PersonView(thing, whole)

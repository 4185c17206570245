"""What can be done to people: load -> rules -> change, a verb each.

A phone number and an address are items of their own, because fewer people see them; the family meets them as fields of
the person, so one change writes all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import msgspec

from app.change import ALONE, Add, Along, BothChanged, Done, Put, Refused, Remove, change, new_id, was_saved
from app.db import Only
from app.people import rules
from app.people.models import CONTACT, PERSON
from app.people.nouns import ContactBody, ContactSort, FamilyRole, PersonBody, RoleBody
from app.people.store import PeopleView, PersonView, RoleView
from app.policy.actions import Action
from app.policy.actor import Actor, Ring

Edit = Add | Put | Remove


@dataclass(frozen=True)
class Reach:
    """A phone number or an address as typed, and what stood there when the writer began."""

    value: str
    was: str = ""


@dataclass(frozen=True)
class PersonInput:
    """What the form for a person asks. Without `phone` or `address` those stay as they are."""

    name: str
    ring: Ring = Ring.CLOSE
    family_role: FamilyRole | None = None
    tonight: bool = False
    phone: Reach | None = None
    address: Reach | None = None


@dataclass(frozen=True)
class More:
    """What somebody else proposes to write of a person: another name, and something more they are for the family."""

    name: str
    role: RoleBody


def add(
    actor: Actor,
    board: PeopleView,
    given: PersonInput,
    role: RoleBody,
    form_key: str | None,
    along: Along = ALONE,
) -> Done:
    """Add a person, last in the order, with a role when anything was said of it.

    Raises:
        Refused: the phone holds no number, or the role names somebody who is not there.
    """
    _allowed(board.whole.get, given, role)
    body = PersonBody(
        audience=along.audience,
        name=given.name,
        ring=given.ring,
        family_role=given.family_role,
        tonight=given.tonight,
        roles=(_by(actor, role),) if rules.says_something(role) else (),
    )
    person = new_id(actor, form_key) if form_key else uuid4()
    edits: list[Edit] = [Add(PERSON, body, Only.ACTIVE, position=_last(board) + 1, id=person)]
    for sort, reach in _reaches(given):
        if reach.value:
            contact = ContactBody(sort=sort, value=reach.value, of_member=given.ring is Ring.WE)
            edits.append(Add(CONTACT, contact, Only.ACTIVE, under_id=person))
    return change(actor, Action.PERSON_ADD, *edits, *along.edits, form_key=form_key, beside=along.beside)


def edit(actor: Actor, person: PersonView, given: PersonInput, seen: int | None, form_key: str | None) -> Done:
    """Change a person and how to reach them.

    Raises:
        Refused: the phone holds no number.
        BothChanged: somebody changed the same words, phone or address meanwhile.
    """
    if was_saved(actor, form_key):
        return Done(None, (person.thing.id,), repeated=True)
    _allowed(person.whole.get, given, RoleBody())
    body = msgspec.structs.replace(
        person.thing.body,
        name=given.name,
        ring=given.ring,
        family_role=given.family_role,
        tonight=given.tonight,
    )
    edits: list[Edit] = [Put(person.thing, body, seen=seen)]
    for sort, reach in _reaches(given):
        edits += _contact_edits(actor, person, body, sort, reach)
    return change(actor, Action.PERSON_CHANGE, *edits, form_key=form_key)


def tonight(actor: Actor, person: PersonView, yes: bool) -> Done:
    """Among those to call in the evening, or not any more. Twice is once."""
    body = msgspec.structs.replace(person.thing.body, tonight=yes)
    return change(actor, Action.PERSON_CHANGE, Put(person.thing, body))


def remove(actor: Actor, person: PersonView, form_key: str | None = None, along: Along = ALONE) -> Done:
    """Into the bin, with how to reach them out of sight.

    Raises:
        Refused: they have an own key to the plan.
    """
    reason = rules.why_not_remove(person.has_key)
    if reason is not None:
        raise Refused(reason)
    return change(actor, Action.PERSON_REMOVE, Remove(person.thing), *along.edits, form_key=form_key)


def add_role(actor: Actor, person: PersonView, role: RoleBody, form_key: str | None) -> Done:
    """Add something a person is for the family; nothing typed adds nothing."""
    _allowed(person.whole.get, None, role)
    if not rules.says_something(role) or was_saved(actor, form_key):
        return Done(None, (person.thing.id,))
    return _with_roles(actor, person, rules.with_role(person.thing.body.roles, _by(actor, role)), form_key)


def tell_more(
    actor: Actor, person: PersonView, more: More, seen: int | None, form_key: str | None, along: Along = ALONE
) -> Done:
    """Another name, something more that a person is for the family, or both; what is empty leaves it as it is.

    Raises:
        BothChanged: somebody changed the same since version `seen`.
    """
    _allowed(person.whole.get, None, more.role)
    body = person.thing.body
    roles = rules.with_role(body.roles, _by(actor, more.role)) if rules.says_something(more.role) else body.roles
    put = Put(person.thing, msgspec.structs.replace(body, name=more.name or body.name, roles=roles), seen=seen)
    return change(actor, Action.PERSON_CHANGE, put, *along.edits, form_key=form_key)


def edit_role(actor: Actor, view: RoleView, role: RoleBody, seen: int | None, form_key: str | None) -> Done:
    """Change one role. `seen` is the mark of the role the writer looked at.

    Raises:
        BothChanged: somebody changed this very role meanwhile, or took it away.
    """
    person, there = view.person, view.role
    if was_saved(actor, form_key):
        return Done(None, (person.thing.id,), repeated=True)
    _allowed(person.whole.get, None, role)
    mine = msgspec.structs.replace(_by(actor, role), id=view.id)
    if there is not None:
        mine = msgspec.structs.replace(mine, writer=there.writer, language=there.language)
    roles = rules.with_role(person.thing.body.roles, mine)
    if seen is not None and seen != view.version and mine != there:
        raise BothChanged(person.thing, msgspec.structs.replace(person.thing.body, roles=roles), frozenset({"roles"}))
    return _with_roles(actor, person, roles, form_key)


def remove_role(actor: Actor, view: RoleView) -> Done:
    """Take one role away; the others stay. Twice is once."""
    if view.role is None:
        return Done(None, (view.thing.id,), repeated=True)
    return _with_roles(actor, view.person, rules.without_role(view.thing.body.roles, view.role), None)


def _with_roles(actor: Actor, person: PersonView, roles: tuple[RoleBody, ...], form_key: str | None) -> Done:
    body = msgspec.structs.replace(person.thing.body, roles=roles)
    return change(actor, Action.PERSON_CHANGE, Put(person.thing, body), form_key=form_key)


def _allowed(get: Any, given: PersonInput | None, role: RoleBody) -> None:
    reach = given.phone if given is not None else None
    reason = (rules.why_not_phone(reach.value) if reach else None) or rules.why_not_domains(role.domains)
    if any(get(PERSON, person) is None for person in role.for_people):
        reason = reason or rules.Reason.UNKNOWN_PERSON
    if reason is not None:
        raise Refused(reason)


def _reaches(given: PersonInput) -> list[tuple[ContactSort, Reach]]:
    both = ((ContactSort.PHONE, given.phone), (ContactSort.ADDRESS, given.address))
    return [(sort, reach) for sort, reach in both if reach is not None]


def _contact_edits(actor: Actor, person: PersonView, body: PersonBody, sort: ContactSort, reach: Reach) -> list[Edit]:
    """What has to be written so that a contact is as typed."""
    there = person.contact(sort)
    now = there.body.value if there else ""
    value = now if reach.value == reach.was else reach.value
    if now not in {value, reach.was}:
        theirs = there or person.thing
        raise BothChanged(theirs, theirs.body, frozenset({sort.value}))
    moved = body.ring is not person.thing.body.ring
    own = body.ring is Ring.WE or person.has_key
    if there is None:
        new = ContactBody(sort=sort, value=value, of_member=own)
        return [Add(CONTACT, new, Only.ACTIVE, under=person.thing, under_id=person.thing.id)] if value else []
    if not value:
        return [Remove(there, needs=Action.PERSON_REMOVE)]
    # Only its writer may narrow who sees it; for everybody else it stays as wide as it was.
    if there.body.writer != actor.person or not (moved or value != now):
        own = there.body.of_member
    return [Put(there, msgspec.structs.replace(there.body, value=value, of_member=own))]


def _by(actor: Actor, role: RoleBody) -> RoleBody:
    return msgspec.structs.replace(role, writer=actor.person)


def _last(board: PeopleView) -> int:
    return max((person.thing.position for person in board.people), default=0)

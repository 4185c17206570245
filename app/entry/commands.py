"""Letting somebody in, put together from the rooms below: load -> rules -> change, a verb each."""

from __future__ import annotations

import secrets
from uuid import UUID

from app.change import Add, Refused, new_id
from app.db import Only
from app.entry.store import Door
from app.people.models import PERSON
from app.people.nouns import FamilyRole, PersonBody
from app.plan import commands as plans
from app.plan.commands import Invited
from app.plan.rules import Reason
from app.policy.actions import Action
from app.policy.actor import Actor, Ring


def let_in(actor: Actor, door: Door, person: UUID | None, name: str, form_key: str | None) -> Invited:
    """Invite a parent: somebody of ring 1, or somebody new by name.

    Raises:
        Refused: nobody was chosen, somebody who may not be, or they have a key or an invitation already.
    """
    if name:
        return _let_in_new(actor, door, name, form_key)
    if person is None or door.whole.get(PERSON, person) is None:
        raise Refused(Reason.UNKNOWN_PERSON)
    return plans.let_in(actor, person, form_key)


def _let_in_new(actor: Actor, door: Door, name: str, form_key: str | None) -> Invited:
    form_key = form_key or secrets.token_hex(16)
    person = new_id(actor, f"invited/{form_key}")
    new = Add(
        PERSON,
        PersonBody(name=name, ring=Ring.WE, family_role=FamilyRole.PARENT),
        Only.ACTIVE,
        position=door.last + 1,
        needs=Action.PERSON_ADD,
        id=person,
    )
    return plans.let_in(actor, person, form_key, new_person=new)

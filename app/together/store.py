"""Who may type on the family's phone, and who typed a thing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from flask import g

from app.items import Thing
from app.people.models import PERSON
from app.people.store import RING_NUMBER
from app.plan.models import MEMBER, PLAN
from app.plan.nouns import MemberState, PlanBody, Role
from app.policy.actor import Actor
from app.rooms import Face
from app.scope import Whole, load
from app.sharing.models import SHARE
from app.sharing.store import shares_in
from app.together import rules


@dataclass(frozen=True)
class Desk:
    """Who may type for the family."""

    plan: Thing[PlanBody]
    people: list[Face]


def desk(actor: Actor) -> Desk | None:
    """The people to choose from: guests first, then who else may type."""
    whole = load(actor, PLAN, PERSON, MEMBER, SHARE)
    plan = whole.get(PLAN, actor.plan)
    if plan is None:
        return None
    guests = {share.thing.body.person for share in shares_in(whole) if share.thing.body.guest and share.works}
    members = [member.body for member in whole.all(MEMBER) if member.state == MemberState.ACTIVE]
    parents = {member.person for member in members if member.role is Role.PARENT and member.person}
    helpers = {member.person for member in members if member.role is Role.MEEHELPER}
    may = frozenset(person for person in guests | helpers if person is not None)
    people = [
        Face(person.id, person.body.name, RING_NUMBER[person.body.ring], person.body.photo, person.body.picto)
        for person in whole.all(PERSON)
        if person.body.name and rules.may_type(person.id, person.body.ring, parents, may)
    ]
    return Desk(plan, sorted(people, key=lambda face: face.id not in guests))


def name_of(actor: Actor, scribe: UUID | None) -> str:
    """The name of who typed; empty for a person whom this actor does not see, so that no name leaks."""
    if scribe is None:
        return ""
    whole = _people(replace(actor, scribe=None))
    return whole.name(scribe) if whole.get(PERSON, scribe) is not None or scribe == actor.person else ""


def _people(actor: Actor) -> Whole:
    """The people an actor sees, also from the bin: read once a request, and only when something was typed so."""
    kept: dict[Actor, Whole] = g.setdefault("scribes", {})
    if actor not in kept:
        kept[actor] = load(actor, PERSON, removed=True)
    return kept[actor]

"""Start a plan: the family's first answer makes it, its key and its first parent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from app.change import Add, change
from app.db import Only
from app.keystore import make_key
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.plan.models import MEMBER, PLAN
from app.plan.nouns import MemberBody, MemberState, PlanBody, Role
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind, Ring


@dataclass(frozen=True)
class Started:
    """A new plan, and the member row of the parent who started it."""

    plan: UUID
    member: UUID
    person: UUID


def start(names: Sequence[str], zone: str, *, called: str = "") -> Started:
    """Start a plan.

    Args:
        names: how the family members are called, whoever starts it first; empty when they do not say yet.
        zone: IANA time zone of the plan's days.
        called: what the family calls itself, in their words.
    """
    started = Started(plan=uuid4(), member=uuid4(), person=uuid4())
    make_key(started.plan)
    actor = Actor(ActorKind.PARENT, started.plan, started.person, Ring.WE, seat=started.member)
    people = [PersonBody(name=name, ring=Ring.WE) for name in names] or [PersonBody(ring=Ring.WE)]
    member = MemberBody(role=Role.PARENT, person=started.person)
    change(
        actor,
        Action.PLAN_START,
        Add(PLAN, PlanBody(name=called, zone=zone), Only.ACTIVE, id=started.plan),
        Add(PERSON, people[0], Only.ACTIVE, id=started.person, position=1),
        *(Add(PERSON, body, Only.ACTIVE, position=place) for place, body in enumerate(people[1:], start=2)),
        Add(MEMBER, member, MemberState.ACTIVE, id=started.member, columns={"person_id": started.person}),
    )
    return started

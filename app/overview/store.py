"""Reads who keeps the overview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db import now
from app.items import Thing
from app.local import local_day
from app.people.models import PERSON
from app.people.store import RING_NUMBER
from app.plan.models import PLAN
from app.plan.nouns import PlanBody
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.audience import is_private
from app.policy.decide import permits
from app.rooms import Face
from app.scope import Whole, load


@dataclass(frozen=True)
class OverviewView:
    """Who keeps the overview, and whom the family may choose."""

    thing: Thing[PlanBody]
    whole: Whole

    @property
    def body(self) -> PlanBody:
        return self.thing.body

    @property
    def today(self) -> date:
        """The plan's local day."""
        return local_day(now(), self.whole.zone)

    @property
    def may_change(self) -> bool:
        """Whether the actor may choose."""
        return permits(self.whole.actor, Action.PLAN_CHANGE, self.thing.facts)

    @property
    def people(self) -> list[Face]:
        """Whom the family may choose: the people of wij, for all inside read the name of whom they see."""
        found = (one for one in self.whole.all(PERSON) if one.body.name and not is_private(one.facts))
        return [
            Face(one.id, one.body.name, RING_NUMBER[one.body.ring], one.body.photo, one.body.picto) for one in found
        ]

    def name(self, person: UUID | None) -> str:
        """The name of who keeps it, for who sees that person or is it; empty for everybody else."""
        seen = person == self.whole.actor.person or self.whole.get(PERSON, person) is not None
        return self.whole.name(person) if person is not None and seen else ""


def overview(actor: Actor) -> OverviewView | None:
    """Who keeps the overview, now and before."""
    whole = load(actor, PLAN, PERSON, removed=True)
    thing = whole.get(PLAN, actor.plan)
    return None if thing is None else OverviewView(thing, whole)

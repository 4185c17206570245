"""Reads moments, as far as the actor sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db import now
from app.items import Thing, facts_of
from app.local import local_day
from app.moments import rules
from app.moments.models import MOMENT
from app.moments.nouns import MomentBody
from app.people.models import PERSON
from app.plan.models import PLAN
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.scope import Whole, load


@dataclass(frozen=True)
class MomentsView:
    """The moments an actor sees, the newest first."""

    whole: Whole
    moments: list[Thing[MomentBody]]
    part: int = 1

    @property
    def shown(self) -> list[Thing[MomentBody]]:
        """Those of the part that is looked at."""
        begin = (self.part - 1) * rules.ON_A_PAGE
        return self.moments[begin : begin + rules.ON_A_PAGE]

    @property
    def has_older(self) -> bool:
        """Whether there are more behind them."""
        return self.part * rules.ON_A_PAGE < len(self.moments)

    @property
    def may_add(self) -> bool:
        """Whether the actor may keep one more."""
        return _may_add(self.whole.actor)

    @property
    def today(self) -> date:
        """The plan's local day."""
        return local_day(now(), self.whole.zone)


@dataclass(frozen=True)
class MomentView:
    """One moment."""

    thing: Thing[MomentBody]
    whole: Whole

    @property
    def today(self) -> date:
        """The plan's local day."""
        return local_day(now(), self.whole.zone)

    @property
    def may_change(self) -> bool:
        """Whether the actor may change it, so that a page offers only what works."""
        return permits(self.whole.actor, Action.MOMENT_CHANGE, self.thing.facts)

    @property
    def may_remove(self) -> bool:
        """The same for taking it away."""
        return permits(self.whole.actor, Action.MOMENT_REMOVE, self.thing.facts)


def day_of(moment: Thing[MomentBody], zone: str) -> date:
    """The day a moment is of: the one the family gave, else the one on which it was kept."""
    return moment.body.day or local_day(moment.created_at, zone)


def moments_in(whole: Whole) -> list[Thing[MomentBody]]:
    """The moments of a whole, the newest day first."""
    return sorted(whole.all(MOMENT), key=lambda one: (day_of(one, whole.zone), one.created_at), reverse=True)


def moments(actor: Actor) -> MomentsView:
    """All moments."""
    whole = load(actor, PLAN, PERSON, MOMENT)
    return MomentsView(whole, moments_in(whole))


def fresh(actor: Actor) -> MomentsView | None:
    """All moments, for who may add one."""
    return moments(actor) if _may_add(actor) else None


def moment(actor: Actor, moment: UUID) -> MomentView | None:
    """One moment."""
    whole = load(actor, PLAN, PERSON, MOMENT)
    thing = whole.get(MOMENT, moment)
    return None if thing is None else MomentView(thing, whole)


def _may_add(actor: Actor) -> bool:
    new = facts_of(MOMENT, actor.plan, actor.plan, MomentBody(writer=actor.person)) if actor.plan else None
    return new is not None and permits(actor, Action.MOMENT_ADD, new)

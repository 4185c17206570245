"""Reads what the pages of the start and "Ons plan" show: one load for all of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.agreements import store as agreement_store
from app.agreements.turns import Turn
from app.children import told_store
from app.goals.models import GOAL, STEP
from app.goals.nouns import GoalState
from app.goals.store import GoalsView, GoalView, goals_in
from app.items import Thing
from app.people.models import PERSON
from app.people.store import PeopleView, PersonView, people_in
from app.plan import store as plan_store
from app.plan.models import PLAN
from app.plan.nouns import PlanBody
from app.policy.actor import Actor
from app.rooms import KINDS
from app.scope import Whole, load, load_each

MOST_TO_CALL = 4


@dataclass(frozen=True)
class StartView:
    """A plan that is being started: what was answered already."""

    plan: Thing[PlanBody]
    people: PeopleView
    goals: GoalsView
    whole: Whole
    key_holders: frozenset[UUID]


@dataclass(frozen=True)
class HomeView:
    """Ons plan: what now, who now."""

    plan: Thing[PlanBody]
    people: PeopleView
    goals: GoalsView
    today: list[Turn]
    whole: Whole

    @property
    def now(self) -> list[GoalView]:
        """Wat wij willen, nu."""
        return self.goals.in_state(GoalState.NOW)

    @property
    def other_goals(self) -> list[GoalView]:
        """What comes later, was reached, or is not wanted any more."""
        return [goal for goal in self.goals.goals if goal not in self.now]

    @property
    def may_add_goal(self) -> bool:
        """Whether the actor may add a goal."""
        return self.goals.may_add

    @property
    def to_call(self) -> list[PersonView]:
        """Whom to call in the evening."""
        return self.people.to_call[:MOST_TO_CALL]


def start(actor: Actor) -> StartView | None:
    """The plan with the answers of its start."""
    whole = load(actor, PLAN, PERSON, GOAL, STEP)
    plan = whole.get(PLAN, actor.plan)
    if plan is None:
        return None
    goals = GoalsView(plan, goals_in(whole), whole.all(PERSON), whole)
    return StartView(plan, people_in(whole), goals, whole, frozenset(plan_store.key_holders(actor)))


def home(actor: Actor) -> HomeView | None:
    """All that "Ons plan" shows."""
    # All kinds at once: the panels of other rooms on this page find what they need read already, in layers too.
    whole, *_others = load_each([(actor, tuple(KINDS.values())), *told_store.asked_of_layers(actor)])
    plan = whole.get(PLAN, actor.plan)
    if plan is None:
        return None
    goals = GoalsView(plan, goals_in(whole), whole.all(PERSON), whole)
    return HomeView(plan, people_in(whole), goals, agreement_store.today(whole), whole)


def plan(actor: Actor) -> Thing[PlanBody] | None:
    """The plan itself."""
    return plan_store.plan(actor)

"""Reads goals and steps, as far as the actor sees them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.goals.models import GOAL, STEP
from app.goals.nouns import GoalBody, GoalState, StepBody, StepState
from app.items import Thing, facts_of
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.plan.models import PLAN
from app.plan.nouns import PlanBody
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.scope import Whole, load


@dataclass(frozen=True)
class GoalView:
    """A goal with its steps and the people around it."""

    thing: Thing[GoalBody]
    steps: list[Thing[StepBody]]
    whole: Whole

    @property
    def plan(self) -> Thing[PlanBody] | None:
        """The plan it is in, when the actor sees that."""
        return self.whole.get(PLAN, self.thing.plan)

    @property
    def people(self) -> list[Thing[PersonBody]]:
        """Who may be chosen for it."""
        return self.whole.all(PERSON)

    @property
    def may_change(self) -> bool:
        """Whether the actor may change it, so that a page offers only what works."""
        return permits(self.whole.actor, Action.GOAL_CHANGE, self.thing.facts)

    def may_change_step(self, step: Thing[StepBody]) -> bool:
        """The same for one of its steps."""
        return permits(self.whole.actor, Action.STEP_CHANGE, step.facts)

    @property
    def done(self) -> list[bool]:
        """Done or not, a step each: what the thread is drawn from."""
        return [step.state == StepState.DONE for step in self.steps]


@dataclass(frozen=True)
class StepView:
    """One step, on the page of its goal."""

    thing: Thing[StepBody]
    goal: GoalView


@dataclass(frozen=True)
class GoalsView:
    """All goals an actor sees, and what a new one may choose from."""

    plan: Thing[PlanBody] | None
    goals: list[GoalView]
    people: list[Thing[PersonBody]]
    whole: Whole

    def in_state(self, *states: GoalState) -> list[GoalView]:
        """The goals in one of these states, in the family's order."""
        return [goal for goal in self.goals if goal.thing.state in states]

    @property
    def may_add(self) -> bool:
        """Whether the actor may add a goal."""
        return _may_add(self.whole.actor)


def goals_in(whole: Whole) -> list[GoalView]:
    """The goals of a whole, each with its steps."""
    return [GoalView(goal, whole.under(STEP, goal), whole) for goal in whole.all(GOAL)]


def goals(actor: Actor) -> GoalsView:
    """All goals."""
    whole = load(actor, PLAN, PERSON, GOAL, STEP)
    return GoalsView(whole.get(PLAN, actor.plan), goals_in(whole), whole.all(PERSON), whole)


def fresh(actor: Actor) -> GoalsView | None:
    """All goals, for who may add one."""
    return goals(actor) if _may_add(actor) else None


def goal(actor: Actor, goal: UUID) -> GoalView | None:
    """One goal."""
    whole = load(actor, PLAN, PERSON, GOAL, STEP)
    thing = whole.get(GOAL, goal)
    return None if thing is None else GoalView(thing, whole.under(STEP, thing), whole)


def step(actor: Actor, step: UUID) -> StepView | None:
    """One step."""
    whole = load(actor, PLAN, PERSON, GOAL, STEP)
    thing = whole.get(STEP, step)
    if thing is None or thing.under is None:
        return None
    return StepView(thing, GoalView(thing.under, whole.under(STEP, thing.under), whole))


def _may_add(actor: Actor) -> bool:
    new = facts_of(GOAL, actor.plan, actor.plan, GoalBody(writer=actor.person)) if actor.plan else None
    return new is not None and permits(actor, Action.GOAL_ADD, new)

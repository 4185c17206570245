"""Reads where a family comes from: one load for all there is, and the first words from the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from app.agreements import rules as agreement_rules
from app.agreements import store as agreement_store
from app.agreements.models import AGREEMENT
from app.agreements.nouns import AgreementState, Result
from app.agreements.turns import AgreementView
from app.db import now
from app.goals.models import GOAL, STEP
from app.goals.nouns import GoalBody, GoalState, StepState
from app.goals.store import GoalView, goals_in
from app.history import store as history_store
from app.history.entries import LineView
from app.history.models import Act
from app.items import Thing
from app.local import local_day
from app.lookback import rules
from app.lookback.nouns import Doing, Part
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.plan import store as plan_store
from app.plan.models import PLAN
from app.plan.nouns import PlanBody
from app.policy.actions import Action
from app.policy.actor import Actor, Ring
from app.policy.decide import permits
from app.scope import Whole, load

ON_THE_PAGE = 12
ON_A_PART = 24
# Goals that stand there at once, and those that unfold with them; the rest is on its own page.
GOALS_SHOWN, GOALS_FOLDED = 4, 12


@dataclass(frozen=True)
class Begin:
    """What was there in the first week, as far as the reader could see it then and sees it now.

    Attributes:
        wanted: goals of now, each with its first words.
        people: people of now, each with the ring they were in.
    """

    wanted: list[tuple[GoalView, GoalBody]]
    people: list[tuple[Thing[PersonBody], Ring]]


@dataclass(frozen=True)
class LookbackView:
    """Begin, now, and the road between them. `few` and `most`: how many goals stand there, folded ones with them."""

    whole: Whole
    plan: Thing[PlanBody]
    goals: list[GoalView]
    road: list[Doing]
    few: int = GOALS_SHOWN
    most: int = GOALS_FOLDED

    @property
    def began(self) -> date:
        """The day the plan began."""
        return local_day(self.plan.created_at, self.whole.zone)

    @property
    def today(self) -> date:
        return local_day(now(), self.whole.zone)

    @cached_property
    def begin(self) -> Begin:
        """The first week."""
        goals = {goal.thing.id: goal for goal in self.goals}
        people = {person.id: person for person in self.whole.all(PERSON)}
        until = self.plan.created_at + rules.BEGIN
        lines = [line for _at, line in history_store.changes_of(self.whole, [*goals, *people], until)]
        added = [line for line in lines if line.act is Act.ADD]
        words = {line.thing.id: line.after.body for line in added if isinstance(line.after.body, GoalBody)}
        came = {line.thing.id for line in added if line.kind is PERSON}
        rings = {line.thing.id: line.after.body.ring for line in lines if isinstance(line.after.body, PersonBody)}
        return Begin(
            [(goals[one], first) for one, first in words.items()],
            [(person, rings[one]) for one, person in people.items() if one in came],
        )

    @property
    def asked(self) -> tuple[str, str]:
        """Who signed the family up and what they asked, in their words; for who may open those facts."""
        body = self.plan.body
        may_see = permits(self.whole.actor, Action.PLAN_CHANGE, self.plan.facts)
        return (body.signed_up_by, body.signed_up_question) if may_see else ("", "")

    @property
    def now(self) -> list[GoalView]:
        """What of the first goals became, then what was reached or begun of the others."""
        first = [goal for goal, _words in self.begin.wanted]
        return first + [goal for goal in self.goals if _came_somewhere(goal) and goal not in first]

    @property
    def came(self) -> list[Thing[PersonBody]]:
        """Who came since the begin."""
        there = {person.id for person, _ring in self.begin.people}
        return [person for person in self.whole.all(PERSON) if person.id not in there]

    @property
    def newest(self) -> Part:
        """The end of the road."""
        return rules.part(self.road, 1, ON_THE_PAGE) or Part(())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look back at yet."""
        return not self.road and not any(_came_somewhere(goal) for goal in self.goals)

    @property
    def may_add_goal(self) -> bool:
        """Whether the actor may write down something they want."""
        return plan_store.may_add(self.whole.actor, Action.GOAL_ADD, GOAL)

    @property
    def may_add_agreement(self) -> bool:
        """Whether the actor may make an agreement."""
        return plan_store.may_add(self.whole.actor, Action.AGREEMENT_ADD, AGREEMENT)


@dataclass(frozen=True)
class RoadView:
    """One part of the road, for a plan with more than a page of it."""

    whole: Whole
    plan: Thing[PlanBody]
    part: Part

    @property
    def today(self) -> date:
        return local_day(now(), self.whole.zone)


def lookback(actor: Actor) -> LookbackView | None:
    """Van waar wij komen."""
    whole = load(actor, STEP, *agreement_store.NEEDED)
    plan = whole.get(PLAN, actor.plan)
    if plan is None:
        return None
    goals = [goal for goal in goals_in(whole) if goal.thing.state != GoalState.DROPPED]
    return LookbackView(whole, plan, goals, _road(whole))


def road(actor: Actor, number: int) -> RoadView | None:
    """One part of all that the family did itself."""
    found = lookback(actor)
    part = None if found is None else rules.part(found.road, number, ON_A_PART)
    return None if found is None or part is None else RoadView(found.whole, found.plan, part)


def _came_somewhere(goal: GoalView) -> bool:
    return goal.thing.state == GoalState.REACHED or any(goal.done)


def _road(whole: Whole) -> list[Doing]:
    """What the people of ring 1 did themselves, oldest first."""
    family = {person.id for person in whole.all(PERSON) if person.body.ring is Ring.WE}
    done = [*_steps(whole), *(doing for one in agreement_store.board_in(whole).agreements for doing in _times(one))]
    return rules.in_order(doing for doing in done if rules.is_ours(doing.who, family))


def _steps(whole: Whole) -> Iterable[Doing]:
    done = [step for step in whole.all(STEP) if step.state == StepState.DONE]
    told: dict[UUID, list[tuple[datetime, LineView]]] = {step.id: [] for step in done}
    for at, line in history_store.changes_of(whole, told) if told else ():
        told[line.thing.id].append((at, line))
    for step in done:
        states = ((at, line.before.state if line.before else "", line.after.state) for at, line in told[step.id])
        # Done while it was kept from this reader: then the day it was last changed is all there is to say.
        at = rules.turned_at(states, StepState.DONE) or step.changed_at
        day = local_day(at, whole.zone)
        yield Doing(step.id, day, at, step.body.words, step.body.language, step.body.helpers, _colour(step.under))


def _times(agreement: AgreementView) -> Iterable[Doing]:
    """Each time an agreement went well."""
    thing, body = agreement.thing, agreement.thing.body
    said = {told.body.day: told for told in agreement.outcomes if told.body.result is Result.DONE}
    if not said and thing.state == AgreementState.DONE:
        day = rules.done_on(agreement_rules.key_day(body.when), _day(thing.changed_at, agreement))
        yield Doing(thing.id, day, thing.changed_at, body.words, body.language, body.who, _colour(agreement.goal))
    for told in said.values():
        day = rules.done_on(told.body.day, _day(told.changed_at, agreement))
        who = told.body.who or body.who
        yield Doing(thing.id, day, told.changed_at, body.words, body.language, who, _colour(agreement.goal))


def _day(instant: datetime, agreement: AgreementView) -> date:
    return local_day(instant, agreement.whole.zone)


def _colour(goal: Thing[Any] | None) -> str:
    return "" if goal is None else goal.body.thread.value

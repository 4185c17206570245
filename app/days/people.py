"""Reads who helps a child, and what it works on: faces and goals that the child sees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from app.agreements import store as agreements
from app.agreements.store import NEEDED
from app.agreements.turns import Turn
from app.goals.models import STEP
from app.goals.nouns import GoalBody, GoalState, StepBody, StepState
from app.goals.store import GoalView, goals_in
from app.items import Thing
from app.people.models import CONTACT, PERSON
from app.people.nouns import Help, PersonBody, RoleBody
from app.people.store import PersonView
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.scope import Whole, load

MOST_TURNS = 3


@dataclass(frozen=True)
class Helper:
    """Somebody who helps this child, as it sees them."""

    person: PersonView

    @property
    def thing(self) -> Thing[PersonBody]:
        return self.person.thing

    @property
    def whole(self) -> Whole:
        return self.person.whole

    @property
    def roles(self) -> list[RoleBody]:
        """What they are for this child now; what they are for others is not told here."""
        me = self.whole.actor.person
        return [role for role in self.person.helping if not role.for_people or me in role.for_people]

    @property
    def relation(self) -> str:
        """What they are: "zorgjuf"."""
        return next((role.relation for role in self.roles if role.relation), "")

    @property
    def helps(self) -> list[Help]:
        """The kinds of help, in a steady order."""
        given = {kind for role in self.roles for kind in role.helps}
        return [kind for kind in Help if kind in given]

    @cached_property
    def turns(self) -> list[Turn]:
        """What is agreed with them, as far as the child sees it: each the next time."""
        return agreements.board_in(self.whole).for_person(self.thing.id)[:MOST_TURNS]


@dataclass(frozen=True)
class OwnStep:
    """A small step on the page of a child."""

    thing: Thing[StepBody]
    whole: Whole

    @property
    def is_done(self) -> bool:
        return self.thing.state == StepState.DONE

    @property
    def may_tell(self) -> bool:
        """Whether the child may tick it."""
        return permits(self.whole.actor, Action.OWN_STEP_TELL, self.thing.facts)


@dataclass(frozen=True)
class OwnGoal:
    """A goal that names the child or was put on its page, with the steps it sees."""

    goal: GoalView

    @property
    def thing(self) -> Thing[GoalBody]:
        return self.goal.thing

    @property
    def steps(self) -> list[OwnStep]:
        return [OwnStep(step, self.goal.whole) for step in self.goal.steps]


def helpers(actor: Actor) -> list[Helper]:
    """Everybody a child sees but itself, the family first."""
    return helpers_in(load(actor, *NEEDED, CONTACT))


def helpers_in(whole: Whole) -> list[Helper]:
    """The same for a whole of a child that was read with people."""
    found = [Helper(PersonView(thing, whole)) for thing in whole.all(PERSON) if thing.id != whole.actor.person]
    return sorted((one for one in found if one.person.name), key=lambda one: one.person.ring)


def helper(actor: Actor, person: UUID) -> Helper | None:
    """One of them."""
    return next((one for one in helpers(actor) if one.thing.id == person), None)


def goals(actor: Actor) -> list[OwnGoal]:
    """What the family works on now and the child sees."""
    return own_goals_in(load(actor, *NEEDED, STEP))


def own_goals_in(whole: Whole) -> list[OwnGoal]:
    """The same for a whole of a child that was read with goals and steps."""
    return [OwnGoal(one) for one in goals_in(whole) if one.thing.state == GoalState.NOW]


def step(actor: Actor, step: UUID) -> OwnStep | None:
    """One small step."""
    whole = load(actor, *NEEDED, STEP)
    thing = whole.get(STEP, step)
    return None if thing is None or thing.is_away else OwnStep(thing, whole)

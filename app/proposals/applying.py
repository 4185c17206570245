"""What a yes does to the plan: by the commands of the room it is about, as the parent who says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.agreements import commands as agreements
from app.agreements.commands import AgreementInput
from app.agreements.nouns import WhenSort
from app.agreements.store import Board as AgreementBoard
from app.agreements.turns import AgreementView
from app.agreements.words import line as who_does_what
from app.change import Along, Done, NotPermitted
from app.db import now
from app.goals import commands as goals
from app.goals.commands import GoalInput, StepInput
from app.goals.models import STEP
from app.goals.nouns import GoalState
from app.goals.store import GoalsView, GoalView, StepView, goals_in
from app.items import Thing
from app.local import local_day
from app.people import commands as people
from app.people.commands import More, PersonInput
from app.people.models import PERSON
from app.people.nouns import RoleBody
from app.people.store import PersonView, people_in
from app.plan import commands as homes
from app.plan.commands import HomeInput
from app.plan.models import HOME
from app.plan.store import HomesView, HomeView
from app.policy.actor import Actor, Ring
from app.policy.audience import Audience, Who
from app.proposals.nouns import Act, Said, Target
from app.proposals.store import LineView
from app.rooms import faces


@dataclass(frozen=True)
class Yes:
    """A line to which a parent says yes.

    Attributes:
        actor: the parent.
        line: the line.
        said: the four lines that count: the guest's, or the family's own.
        seen: the version of the target they were written on; None for the version of now.
        key: the form key of the change.
        along: what comes along in the same change.
    """

    actor: Actor
    line: LineView
    said: Said
    seen: int | None
    key: str
    along: Along

    @property
    def words(self) -> str:
        """What, with a name the plan does not know before it: "de nieuwe juf: bellen naar papa"."""
        return who_does_what([self.said.who_else] if self.said.who_else else [], self.said.what)

    @property
    def target(self) -> Thing[Any]:
        """What it is about."""
        if self.line.target is None:
            raise NotPermitted
        return self.line.target


def apply(yes: Yes) -> Done:
    """Do what a line proposes.

    Raises:
        Refused: a rule of that room says no.
        BothChanged: somebody changed the same words since `Yes.seen`, or answered the line.
    """
    return _DO[yes.line.body.act, yes.line.body.about](yes)


def audience_of_new(line: LineView) -> Audience:
    """Who sees what a line adds: as ever; of a guest whom one parent hosts alone, that parent and the guest."""
    guest = line.share.thing.body.person
    if not line.share.thing.body.alone or guest is None:
        return Audience()
    return Audience(Who.ME_AND, people=(guest,))


# ---- goals and small steps -------------------------------------------------------------------------------------------


def _new_goal(yes: Yes) -> Done:
    whole = yes.line.whole
    board = GoalsView(None, goals_in(whole), whole.all(PERSON), whole)
    return goals.add(yes.actor, board, GoalInput(yes.words, yes.said.who), yes.key, yes.along)


def _change_goal(yes: Yes) -> Done:
    goal = _goal(yes.line, yes.target)
    body = goal.thing.body
    given = GoalInput(
        words=yes.words,
        whose=yes.said.who or _seen(yes, body.whose),
        domain=body.domain,
        arranger=next(iter(_seen(yes, (body.arranger,) if body.arranger else ())), None),
        reins=body.reins,
    )
    return goals.edit(yes.actor, goal, given, yes.seen, yes.key, yes.along)


def _stop_goal(yes: Yes) -> Done:
    return goals.move_to(yes.actor, _goal(yes.line, yes.target), GoalState.DROPPED, yes.key, yes.along)


def _new_step(yes: Yes) -> Done:
    if yes.line.goal is None:
        raise NotPermitted
    return goals.add_step(
        yes.actor, _goal(yes.line, yes.line.goal), StepInput(yes.words, yes.said.who), yes.key, yes.along
    )


def _change_step(yes: Yes) -> Done:
    step = _step(yes)
    given = StepInput(yes.words, yes.said.who or _seen(yes, step.thing.body.helpers))
    return goals.edit_step(yes.actor, step, given, yes.seen, yes.key, yes.along)


def _stop_step(yes: Yes) -> Done:
    return goals.remove_step(yes.actor, _step(yes), yes.key, yes.along)


def _goal(line: LineView, goal: Thing[Any]) -> GoalView:
    return GoalView(goal, line.whole.under(STEP, goal), line.whole)


def _step(yes: Yes) -> StepView:
    if yes.target.under is None:
        raise NotPermitted
    return StepView(yes.target, _goal(yes.line, yes.target.under))


# ---- agreements ------------------------------------------------------------------------------------------------------


def _new_agreement(yes: Yes) -> Done:
    board = AgreementBoard(yes.line.whole, _today(yes), [])
    given = AgreementInput(yes.words, yes.said.who, yes.said.when, goal=yes.line.body.goal)
    return agreements.add(yes.actor, board, given, yes.key, yes.along)


def _change_agreement(yes: Yes) -> Done:
    agreement = _agreement(yes)
    body = agreement.thing.body
    given = AgreementInput(
        words=yes.words,
        who=yes.said.who or _seen(yes, body.who),
        when=body.when if yes.said.when.sort is WhenSort.OPEN else yes.said.when,
        where=body.where,
        goal=agreement.goal.id if agreement.goal else None,
    )
    return agreements.edit(yes.actor, agreement, given, yes.seen, yes.key, yes.along)


def _stop_agreement(yes: Yes) -> Done:
    return agreements.stop(yes.actor, _agreement(yes), yes.key, yes.along)


def _agreement(yes: Yes) -> AgreementView:
    return AgreementView(yes.line.whole, _today(yes), yes.target, [])


# ---- people and homes ------------------------------------------------------------------------------------------------


def _new_person(yes: Yes) -> Done:
    """The name, and what they are for us; without a name what was said is one."""
    name, relation = (yes.said.who_else, yes.said.what) if yes.said.who_else else (yes.said.what, "")
    given, role = PersonInput(name, Ring.SERVICES), RoleBody(relation=relation)
    return people.add(yes.actor, people_in(yes.line.whole), given, role, yes.key, yes.along)


def _change_person(yes: Yes) -> Done:
    more = More(yes.said.who_else, RoleBody(relation=yes.said.what))
    return people.tell_more(yes.actor, _person(yes), more, yes.seen, yes.key, yes.along)


def _stop_person(yes: Yes) -> Done:
    return people.remove(yes.actor, _person(yes), yes.key, yes.along)


def _person(yes: Yes) -> PersonView:
    return PersonView(yes.target, yes.line.whole)


def _new_home(yes: Yes) -> Done:
    board = HomesView(yes.line.whole.all(HOME), faces("people", yes.actor), yes.actor)
    return homes.add_home(yes.actor, board, HomeInput(yes.said.what, yes.said.who), yes.key, yes.along)


def _change_home(yes: Yes) -> Done:
    home = _home(yes)
    given = HomeInput(yes.said.what, yes.said.who or _seen(yes, home.thing.body.sleepers))
    return homes.change_home(yes.actor, home, given, yes.seen, yes.key, yes.along)


def _stop_home(yes: Yes) -> Done:
    return homes.remove_home(yes.actor, _home(yes), yes.key, yes.along)


def _home(yes: Yes) -> HomeView:
    return HomeView(yes.target, faces("people", yes.actor), yes.actor)


def _seen(yes: Yes, there: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """Those of these people whom this parent sees: whom they do not see the room's command keeps by itself."""
    return tuple(one for one in there if yes.line.whole.get(PERSON, one) is not None)


def _today(yes: Yes) -> date:
    return local_day(now(), yes.line.whole.zone)


_DO: dict[tuple[Act, Target], Callable[[Yes], Done]] = {
    (Act.NEW, Target.GOAL): _new_goal,
    (Act.CHANGED, Target.GOAL): _change_goal,
    (Act.STOPPED, Target.GOAL): _stop_goal,
    (Act.NEW, Target.STEP): _new_step,
    (Act.CHANGED, Target.STEP): _change_step,
    (Act.STOPPED, Target.STEP): _stop_step,
    (Act.NEW, Target.AGREEMENT): _new_agreement,
    (Act.CHANGED, Target.AGREEMENT): _change_agreement,
    (Act.STOPPED, Target.AGREEMENT): _stop_agreement,
    (Act.NEW, Target.PERSON): _new_person,
    (Act.CHANGED, Target.PERSON): _change_person,
    (Act.STOPPED, Target.PERSON): _stop_person,
    (Act.NEW, Target.HOME): _new_home,
    (Act.CHANGED, Target.HOME): _change_home,
    (Act.STOPPED, Target.HOME): _stop_home,
}

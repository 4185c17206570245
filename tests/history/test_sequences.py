"""Whatever a family does, taken back in turn, leaves the plan it was: 20 sequences in `bin/test`, 1,000 in full."""

import random
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import msgspec
import pytest
from flask import Flask

from app.agreements import commands as agreements
from app.agreements import store as agreement_store
from app.agreements.commands import AgreementInput
from app.agreements.nouns import AgreementBody, AgreementState, Result, When, WhenSort
from app.agreements.turns import Turn
from app.change import Add, Put, Refused, Remove, change
from app.db import Only
from app.goals import commands as goals
from app.goals import store as goal_store
from app.goals.commands import GoalInput, StepInput
from app.goals.nouns import GoalState, StepState
from app.history import commands, store
from app.home.commands import start
from app.people import commands as people
from app.people import store as people_store
from app.people.models import PERSON
from app.people.nouns import PersonBody, RoleBody
from app.policy.actions import Action
from app.policy.actor import Actor, Ring
from app.rooms import KINDS, SEATS
from tests.support.full import keep, size

SEQUENCES, ACTS = size(20, 1000), 12


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


class Family:
    """Acts as a family would, by chance."""

    def __init__(self, actor: Actor, chance: random.Random) -> None:
        self.actor, self.chance, self.number = actor, chance, 0

    def words(self) -> str:
        self.number += 1
        return f"woord {self.number}"

    def board(self) -> Any:
        return goal_store.goals(self.actor)

    def one_of(self, things: list[Any]) -> Any:
        return self.chance.choice(things) if things else None

    def add_goal(self) -> None:
        goals.add(self.actor, self.board(), GoalInput(self.words()), None)

    def on_goal(self, act: Callable[[Any], Any]) -> None:
        goal = self.one_of(self.board().goals)
        if goal is not None:
            act(goal)

    def change_goal(self) -> None:
        given = GoalInput(self.words(), domain=self.chance.choice(["", "school"]))
        self.on_goal(lambda goal: goals.edit(self.actor, goal, given, None, None))

    def move_goal(self) -> None:
        self.on_goal(lambda goal: goals.move_to(self.actor, goal, self.chance.choice(list(GoalState))))

    def order_goals(self) -> None:
        by = self.chance.choice([-1, 1])
        self.on_goal(lambda goal: goals.reorder(self.actor, self.board(), goal.thing, by, None))

    def remove_goal(self) -> None:
        self.on_goal(lambda goal: goals.remove(self.actor, goal))

    def add_step(self) -> None:
        self.on_goal(lambda goal: goals.add_step(self.actor, goal, StepInput(self.words()), None))

    def on_step(self, act: Callable[[Any], Any]) -> None:
        steps = [step for goal in self.board().goals for step in goal.steps]
        step = self.one_of(steps)
        if step is not None:
            act(goal_store.step(self.actor, step.id))

    def mark_step(self) -> None:
        self.on_step(lambda step: goals.mark_step(self.actor, step, self.chance.choice(list(StepState))))

    def remove_step(self) -> None:
        self.on_step(lambda step: goals.remove_step(self.actor, step))

    def add_people(self) -> None:
        bodies = [PersonBody(name=self.words(), ring=Ring.CLOSE) for _ in range(2)]
        change(self.actor, Action.PERSON_ADD, *(Add(PERSON, body, Only.ACTIVE) for body in bodies))

    def on_person(self, act: Callable[[Any], Any]) -> None:
        person = self.one_of(people_store.people(self.actor).outside_family)
        if person is not None:
            act(people_store.person(self.actor, person.thing.id))

    def call_tonight(self) -> None:
        self.on_person(lambda person: people.tonight(self.actor, person, self.chance.choice([True, False])))

    def add_role(self) -> None:
        self.on_person(lambda person: people.add_role(self.actor, person, RoleBody(relation=self.words()), None))

    def remove_person(self) -> None:
        self.on_person(lambda person: people.remove(self.actor, person))

    def agree(self) -> None:
        board = agreement_store.board(self.actor)
        when = When(sort=WhenSort.DAY, day=board.today)
        agreements.add(self.actor, board, AgreementInput(self.words(), when=when), None)

    def tell(self) -> None:
        board = agreement_store.board(self.actor)
        agreement = self.one_of([one for one in board.agreements if one.thing.state == AgreementState.OPEN])
        if agreement is not None:
            agreements.tell(self.actor, Turn(agreement, board.today), self.chance.choice(list(Result)))

    def change_agreement(self) -> None:
        agreement = self.one_of(agreement_store.board(self.actor).agreements)
        if agreement is not None:
            body: AgreementBody = msgspec.structs.replace(agreement.thing.body, where=self.words())
            change(self.actor, Action.AGREEMENT_CHANGE, Put(agreement.thing, body))

    def remove_agreement(self) -> None:
        agreement = self.one_of(agreement_store.board(self.actor).agreements)
        if agreement is not None:
            change(self.actor, Action.AGREEMENT_REMOVE, Remove(agreement.thing))

    def bring_back(self) -> None:
        thing = self.one_of(list(store.removed(self.actor).things))
        if thing is not None:
            commands.restore(self.actor, thing, None)

    def take_back(self) -> None:
        page = store.page(self.actor)
        assert page is not None
        entry = self.one_of([entry for entry in page.entries if entry.may_undo and not entry.undone])
        if entry is not None:
            commands.undo(self.actor, entry, None)

    def act(self) -> None:
        acts = [name for name in vars(Family) if not name.startswith(("_", "on_")) and name not in NO_ACTS]
        try:
            getattr(self, self.chance.choice(acts))()
        except Refused:
            # A rule said no: nothing happened, and the family does something else.
            return


NO_ACTS = {"words", "board", "one_of", "act"}


def plan_of(actor: Actor) -> dict[UUID, tuple[Any, ...]]:
    """All there is and is not in the bin, without versions and instants."""
    whole = store.everything(actor)
    return {
        thing.id: (kind.name, thing.state, thing.position, thing.due_at, thing.body)
        for kind in KINDS.values()
        for thing in whole.all(kind)
    }


def entries_of(actor: Actor) -> list[store.EntryView]:
    found: list[store.EntryView] = []
    page = store.page(actor)
    while page is not None:
        found += page.entries
        page = store.page(actor, page.older) if page.older else None
    return found


@pytest.mark.long
@pytest.mark.both_databases
def test_taken_back_in_turn_everything_is_as_it_was(database_kind: str) -> None:
    for seed in range(SEQUENCES):
        started = start(["Sara", "Jef"], "Europe/Brussels")
        actor = SEATS["member"](started.plan, started.member)
        assert actor is not None
        family = Family(actor, random.Random(seed))
        family.add_goal()
        before, old = plan_of(actor), {entry.id for entry in entries_of(actor)}
        for _ in range(ACTS):
            family.act()
        for entry in entries_of(actor):
            fresh = store.entry(actor, entry.id)
            if entry.id not in old and fresh is not None and not fresh.undone:
                commands.undo(actor, fresh, None)
        assert plan_of(actor) == before, f"sequence {seed}"
    keep("undo", database=database_kind, sequences=SEQUENCES, acts_each=ACTS, other_than_before=0)

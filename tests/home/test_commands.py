"""The start of a plan, answered and answered again, on both databases."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.change import Refused
from app.db import db
from app.goals.models import GOAL, GoalRow
from app.home import commands, store
from app.home.commands import Started, start
from app.home.rules import Reason
from app.home.store import StartView
from app.people.models import PERSON
from app.plan.models import PlanRow
from app.policy.actor import Actor, Ring
from app.rooms import SEATS
from app.scope import load

pytestmark = pytest.mark.both_databases
ZONE = "Europe/Brussels"


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def actor_of(started: Started) -> Actor:
    actor = SEATS["member"](started.plan, started.member)
    assert actor is not None
    return actor


def board(actor: Actor) -> StartView:
    found = store.start(actor)
    assert found is not None
    return found


def names(actor: Actor, ring: Ring) -> list[str]:
    return [person.body.name for person in load(actor, PERSON).all(PERSON) if person.body.ring is ring]


@pytest.fixture
def sara() -> Actor:
    return actor_of(start(["Sara", "Jef", "Kaat"], ZONE, called="Sara, Jef en Kaat"))


def test_the_first_answer_makes_the_plan_its_people_and_its_first_parent(sara: Actor) -> None:
    assert names(sara, Ring.WE) == ["Sara", "Jef", "Kaat"]
    assert board(sara).plan.body.name == "Sara, Jef en Kaat"
    assert board(sara).key_holders == {sara.person}


def test_without_a_name_there_is_a_plan_with_somebody_in_it() -> None:
    assert names(actor_of(start([], ZONE)), Ring.WE) == [""]


def test_the_same_form_twice_gives_the_same_plan_once() -> None:
    first, second = (start(["Sara"], ZONE, form_key="this very form") for _ in range(2))
    assert first == second
    assert db.session.scalar(select(func.count()).select_from(PlanRow)) == 1
    assert names(actor_of(first), Ring.WE) == ["Sara"]


def test_another_form_gives_another_plan() -> None:
    assert start(["Sara"], ZONE, form_key="one").plan != start(["Sara"], ZONE, form_key="two").plan


def test_the_names_can_be_answered_again(sara: Actor) -> None:
    commands.name_again(sara, board(sara), "Sara, Jeff, Kaat en Lou", uuid4().hex)
    assert names(sara, Ring.WE) == ["Sara", "Jeff", "Kaat", "Lou"]
    assert board(sara).plan.body.name == "Sara, Jeff, Kaat en Lou"


def test_an_answer_without_a_name_is_refused_and_changes_nothing(sara: Actor) -> None:
    with pytest.raises(Refused) as refused:
        commands.name_again(sara, board(sara), " , ", None)
    assert refused.value.reason is Reason.NO_NAMES
    assert names(sara, Ring.WE) == ["Sara", "Jef", "Kaat"]


def test_who_has_a_key_stays_when_a_name_is_left_out(sara: Actor) -> None:
    commands.name_again(sara, board(sara), "Kaat", None)
    assert sara.person in {person.id for person in load(sara, PERSON).all(PERSON)}


def test_who_helps_is_added_by_ring_and_saving_again_adds_nobody(sara: Actor) -> None:
    for _ in range(2):
        commands.add_helpers(sara, board(sara), "oma Lieve, tante Betty", "juf Laura", uuid4().hex)
    assert names(sara, Ring.CLOSE) == ["oma Lieve", "tante Betty"]
    assert names(sara, Ring.SERVICES) == ["juf Laura"]


def test_a_helper_left_out_goes_to_the_bin_and_a_name_written_better_stays(sara: Actor) -> None:
    commands.add_helpers(sara, board(sara), "oma Lieve, tante Bety", "", None)
    betty = load(sara, PERSON).all(PERSON)[-1].id
    commands.add_helpers(sara, board(sara), "oma Lieve, tante Betty", "", None)
    assert load(sara, PERSON).name(betty) == "tante Betty"
    commands.add_helpers(sara, board(sara), "oma Lieve", "", None)
    assert [person.id for person in load(sara, PERSON, removed=True).removed(PERSON)] == [betty]


def test_a_part_of_life_chosen_first_is_kept_and_makes_no_goal(sara: Actor) -> None:
    commands.choose_first(sara, board(sara), "school", "", uuid4().hex)
    assert board(sara).plan.body.first_about == "school"
    assert load(sara, GOAL).all(GOAL) == []


def test_own_words_become_the_first_goal_once(sara: Actor) -> None:
    key = uuid4().hex
    for form_key in (key, key, uuid4().hex):
        commands.choose_first(sara, board(sara), "school", "Rustig naar school", form_key)
    goals = load(sara, GOAL).all(GOAL)
    assert [(goal.body.words, goal.body.domain) for goal in goals] == [("Rustig naar school", "school")]
    assert db.session.scalar(select(func.count()).select_from(GoalRow)) == 1


def test_own_words_alone_are_what_it_is_about(sara: Actor) -> None:
    commands.choose_first(sara, board(sara), "", "Meer slapen", None)
    assert board(sara).plan.body.first_about == "Meer slapen"

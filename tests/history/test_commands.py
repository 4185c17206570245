"""Toch niet and the bin, on both databases: every kind of change, everybody, twice, and after others wrote."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from flask import Flask

from app.agreements import commands as agreements
from app.agreements import store as agreement_store
from app.agreements.commands import AgreementInput
from app.agreements.models import AGREEMENT, OUTCOME
from app.agreements.nouns import Result, When, WhenSort
from app.agreements.turns import Turn
from app.change import Add, NotPermitted, Put, Refused, change
from app.goals import commands as goals
from app.goals import store as goal_store
from app.goals.commands import GoalInput
from app.goals.models import GOAL
from app.goals.nouns import GoalBody, GoalState
from app.history import commands, store
from app.history.entries import EntryView
from app.history.rules import Reason
from app.people import commands as people
from app.people import store as people_store
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.plan.models import MEMBER
from app.plan.nouns import MemberBody
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.audience import Audience, Who
from app.scope import load_one
from tests.cast import Cast

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def newest(actor: Actor) -> EntryView:
    page = store.page(actor)
    assert page is not None
    return page.entries[0]


def fresh(actor: Actor, entry: EntryView) -> EntryView:
    found = store.entry(actor, entry.id)
    assert found is not None
    return found


def undo(actor: Actor, entry: EntryView) -> None:
    commands.undo(actor, fresh(actor, entry), uuid4().hex)


def add_goal(actor: Actor, words: str = "Samen eten") -> EntryView:
    board = goal_store.goals(actor)
    assert board is not None
    goals.add(actor, board, GoalInput(words), None)
    return newest(actor)


def rewrite(cast: Cast, words: str, *, by: str = "sara", name: str = "goal of us") -> EntryView:
    actor = cast.actors[by]
    thing = cast.thing(name, by)
    change(actor, Action.GOAL_CHANGE, Put(thing, msgspec.structs.replace(thing.body, words=words)))
    return newest(actor)


def refusal(actor: Actor, entry: EntryView) -> Any:
    with pytest.raises(Refused) as refused:
        undo(actor, entry)
    return refused.value.reason


def test_what_was_added_goes_to_the_bin_and_comes_back_from_it(cast: Cast) -> None:
    entry = add_goal(cast.sara)
    undo(cast.sara, entry)
    goal = entry.thing.id
    assert load_one(cast.sara, GOAL, goal) is None
    binned = load_one(cast.sara, GOAL, goal, removed=True)
    assert binned is not None
    commands.restore(cast.sara, binned, None)
    assert load_one(cast.sara, GOAL, goal) is not None


def test_what_was_removed_comes_back(cast: Cast) -> None:
    goal = goal_store.goal(cast.sara, cast.id("goal of us"))
    assert goal is not None
    goals.remove(cast.sara, goal)
    undo(cast.jef, newest(cast.jef))
    assert load_one(cast.jef, GOAL, cast.id("goal of us")) is not None
    assert load_one(cast.jef, GOAL, cast.id("goal of us")) is not None


def test_what_was_written_differently_is_as_before(cast: Cast) -> None:
    before = cast.thing("goal of us", "sara").body
    undo(cast.jef, rewrite(cast, "Heel anders"))
    assert cast.thing("goal of us", "sara").body == before


def test_a_state_goes_back_too(cast: Cast) -> None:
    goal = goal_store.goal(cast.sara, cast.id("goal of us"))
    assert goal is not None
    goals.move_to(cast.sara, goal, GoalState.REACHED)
    undo(cast.sara, newest(cast.sara))
    assert cast.thing("goal of us", "sara").state == GoalState.NOW


def test_how_it_went_and_what_that_did_to_the_agreement_go_back_together(cast: Cast) -> None:
    board = agreement_store.board(cast.sara)
    when = When(sort=WhenSort.DAY, day=board.today)
    new = agreements.add(cast.sara, board, AgreementInput("Taart bakken", when=when), None)
    agreement = agreement_store.agreement(cast.sara, new.id)
    assert agreement is not None
    agreements.tell(cast.sara, Turn(agreement, board.today), Result.DONE)
    told = newest(cast.sara)
    assert {line.kind.name for line in told.lines} == {"agreement", "outcome"}
    undo(cast.sara, told)
    assert load_one(cast.sara, AGREEMENT, agreement.thing.id).state == "open"  # type: ignore[union-attr]
    outcome = next(line.thing.id for line in told.lines if line.kind is OUTCOME)
    assert load_one(cast.sara, OUTCOME, outcome) is None


def test_taking_back_is_taken_back_and_again(cast: Cast) -> None:
    first = rewrite(cast, "Heel anders")
    for words in (cast.canary("goal of us"), "Heel anders", cast.canary("goal of us")):
        undo(cast.sara, newest(cast.sara))
        assert words in cast.thing("goal of us", "sara").body.words
    assert fresh(cast.sara, first).undone


def test_what_was_taken_back_cannot_be_taken_back_twice(cast: Cast) -> None:
    entry = rewrite(cast, "Heel anders")
    undo(cast.sara, entry)
    assert refusal(cast.jef, entry) is Reason.UNDONE_ALREADY


def test_the_same_tap_twice_is_once(cast: Cast) -> None:
    entry, key = rewrite(cast, "Heel anders"), uuid4().hex
    commands.undo(cast.sara, fresh(cast.sara, entry), key)
    assert commands.undo(cast.sara, fresh(cast.sara, entry), key).repeated
    assert not fresh(cast.sara, newest(cast.sara)).undone


def test_words_written_since_are_not_lost(cast: Cast) -> None:
    entry = rewrite(cast, "Heel anders")
    rewrite(cast, "Nog anders", by="jef")
    assert refusal(cast.sara, entry) is Reason.CHANGED_SINCE
    assert cast.thing("goal of us", "sara").body.words == "Nog anders"


def test_what_others_changed_elsewhere_since_stays(cast: Cast) -> None:
    entry = rewrite(cast, "Heel anders")
    thing = cast.thing("goal of us", "jef")
    change(cast.jef, Action.GOAL_CHANGE, Put(thing, msgspec.structs.replace(thing.body, domain="school")))
    undo(cast.sara, entry)
    body = cast.thing("goal of us", "sara").body
    assert (cast.canary("goal of us") in body.words, body.domain) == (True, "school")


def test_what_was_added_and_removed_since_is_not_removed_again(cast: Cast) -> None:
    entry = add_goal(cast.sara)
    goal = goal_store.goal(cast.sara, entry.thing.id)
    assert goal is not None
    goals.remove(cast.sara, goal)
    assert refusal(cast.sara, entry) is Reason.CHANGED_SINCE


def test_what_was_removed_and_came_back_is_not_brought_twice(cast: Cast) -> None:
    goal = goal_store.goal(cast.sara, cast.id("goal of us"))
    assert goal is not None
    goals.remove(cast.sara, goal)
    removed = newest(cast.sara)
    commands.restore(cast.jef, cast.thing("goal of us", "jef"), None)
    assert refusal(cast.sara, removed) is Reason.CHANGED_SINCE


def test_the_start_of_the_plan_and_keys_are_not_taken_back(cast: Cast) -> None:
    entries = []
    page = store.page(cast.sara)
    while page is not None:
        entries += page.entries
        page = store.page(cast.sara, page.older) if page.older else None
    start = next(entry for entry in entries if entry.action == "PLAN_START")
    let_in = next(entry for entry in entries if entry.action == "MEMBER_LET_IN")
    for entry in (start, let_in):
        assert not entry.may_undo
        with pytest.raises(NotPermitted):
            undo(cast.sara, entry)


def test_who_opens_the_plan_is_not_taken_away_by_an_undo(cast: Cast) -> None:
    new = change(cast.sara, Action.PERSON_ADD, Add(PERSON, PersonBody(name="Nonkel Bob"), "active"))
    entry = newest(cast.sara)
    member = Add(MEMBER, MemberBody(person=new.id), "active", columns={"person_id": new.id})
    change(cast.sara, Action.MEMBER_LET_IN, member)
    assert refusal(cast.sara, entry) is Reason.STAYS
    assert load_one(cast.sara, PERSON, new.id) is not None


def test_a_meehelper_takes_back_own_changes_only(cast: Cast) -> None:
    theirs = rewrite(cast, "Heel anders")
    with pytest.raises(NotPermitted):
        undo(cast.nele, theirs)
    own = add_goal(cast.nele)
    undo(cast.nele, own)
    assert load_one(cast.sara, GOAL, own.thing.id) is None


@pytest.mark.parametrize("who", ["oma", "els", "lies", "nobody", "host", "system"])
def test_nobody_else_finds_a_change(cast: Cast, who: str) -> None:
    entry = rewrite(cast, "Heel anders")
    assert store.entry(cast.actors[who], entry.id) is None


def test_what_one_parent_keeps_is_no_change_to_the_other(cast: Cast) -> None:
    entry = rewrite(cast, "Heel stil", name="goal alone")
    assert store.entry(cast.jef, entry.id) is None
    assert newest(cast.jef).id != entry.id


def test_history_from_when_it_was_private_stays_private(cast: Cast) -> None:
    private = rewrite(cast, "Heel stil", name="goal alone")
    thing = cast.thing("goal alone", "sara")
    opened = msgspec.structs.replace(thing.body, audience=Audience(Who.WE))
    change(cast.sara, Action.AUDIENCE_CHANGE, Put(thing, opened))
    opening = newest(cast.sara)
    assert load_one(cast.jef, GOAL, thing.id) is not None
    assert store.entry(cast.jef, private.id) is None
    assert store.entry(cast.jef, opening.id) is None
    assert store.entry(cast.sara, private.id) is not None


def test_only_who_may_choose_takes_back_who_sees_it(cast: Cast) -> None:
    thing = cast.thing("goal alone", "sara")
    shared = msgspec.structs.replace(thing.body, audience=Audience(Who.ME_AND, people=(cast.people["jef"],)))
    change(cast.sara, Action.AUDIENCE_CHANGE, Put(thing, shared))
    entry = newest(cast.sara)
    assert store.entry(cast.jef, entry.id) is None
    undo(cast.sara, entry)
    assert load_one(cast.jef, GOAL, thing.id) is None


def test_of_a_change_of_several_things_each_takes_back_what_they_see(cast: Cast) -> None:
    seen = Add(GOAL, GoalBody(words="Van ons"), GoalState.NOW)
    hidden = Add(GOAL, GoalBody(words="Van mij", audience=Audience(Who.ME)), GoalState.NOW)
    done = change(cast.sara, Action.GOAL_ADD, seen, hidden)
    undo(cast.jef, newest(cast.jef))
    assert load_one(cast.sara, GOAL, done.ids[0]) is None
    assert load_one(cast.sara, GOAL, done.ids[1]) is not None


def test_the_bin_holds_what_hangs_on_it_with_it(cast: Cast) -> None:
    goal = goal_store.goal(cast.sara, cast.id("goal of us"))
    step = goal_store.step(cast.sara, cast.id("step of us"))
    assert goal is not None
    assert step is not None
    goals.remove_step(cast.sara, step)
    assert cast.id("step of us") in [thing.id for thing in store.removed(cast.jef).things]
    goals.remove(cast.sara, goal)
    binned = [thing.id for thing in store.removed(cast.jef).things]
    assert cast.id("goal of us") == binned[0]
    assert cast.id("step of us") not in binned


@pytest.mark.parametrize(("who", "sees"), [("sara", True), ("jef", True), ("nele", True), ("oma", False)])
def test_the_bin_shows_what_its_reader_may_see(cast: Cast, who: str, sees: bool) -> None:
    assert (cast.id("goal binned") in [thing.id for thing in store.removed(cast.actors[who]).things]) is sees


def test_a_meehelper_brings_back_what_she_wrote_only(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        commands.restore(cast.nele, cast.thing("goal binned", "nele"), None)


def test_a_person_that_came_back_has_their_phone_again(cast: Cast) -> None:
    oma = people_store.person(cast.sara, cast.people["oma"])
    assert oma is not None
    number = oma.number
    people.remove(cast.sara, oma)
    undo(cast.jef, newest(cast.jef))
    back = people_store.person(cast.jef, cast.people["oma"])
    assert back is not None
    assert back.number == number != ""

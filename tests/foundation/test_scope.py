"""The one scope: one query, the family's order, and nothing that hangs on what is not there."""

from collections.abc import Iterator
from uuid import uuid4

import msgspec
import pytest
from flask import Flask
from sqlalchemy import delete, event, update

from app.change import Put, Remove, change
from app.db import db
from app.goals.models import GOAL, STEP, GoalRow
from app.history.models import HistoryEntry
from app.keystore import NoKey, destroy_key
from app.people.models import CONTACT, PERSON
from app.plan.models import PLAN
from app.policy.actions import Action
from app.policy.audience import Audience, Who
from app.rooms import KINDS
from app.scope import load, load_each, load_one
from app.vault import NotOpened
from tests.armour.test_pages import counted
from tests.cast import Cast

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _inside(cast: Cast, app: Flask) -> Iterator[None]:
    assert cast.app is app
    with app.app_context():
        yield


def test_the_whole_plan_is_one_query(cast: Cast) -> None:
    statements: list[str] = []
    load(cast.sara, PLAN)

    def note(*asked: object) -> None:
        statements.append(str(asked[2]))

    event.listen(db.get_engine(), "before_cursor_execute", note)
    load(cast.sara, *KINDS.values(), removed=True)
    event.remove(db.get_engine(), "before_cursor_execute", note)
    assert len(statements) == 1


def test_what_a_thing_hangs_on_is_read_along(cast: Cast) -> None:
    step = load_one(cast.sara, STEP, cast.id("step of us"))
    assert step
    assert step.under
    assert step.under.id == step.parent == cast.id("goal of us")


def test_things_stand_in_the_order_of_the_family(cast: Cast) -> None:
    goals = load(cast.sara, GOAL).all(GOAL)
    places = {goal.id: 100 - place for place, goal in enumerate(goals)}
    change(cast.sara, Action.GOAL_CHANGE, *(Put(goal, position=places[goal.id]) for goal in goals))
    assert [goal.id for goal in load(cast.sara, GOAL).all(GOAL)] == [goal.id for goal in reversed(goals)]


def test_what_is_in_the_bin_is_away_with_all_that_hangs_on_it(cast: Cast) -> None:
    goal = cast.thing("goal of us")
    steps = {cast.id("step of us"), cast.id("step oma unseen")}
    change(cast.sara, Action.GOAL_REMOVE, Remove(goal))
    for removed in (False, True):
        whole = load(cast.sara, GOAL, STEP, removed=removed)
        assert goal.id not in {each.id for each in whole.all(GOAL)}
        assert not steps & {each.id for each in whole.all(STEP)}
    assert load_one(cast.sara, STEP, cast.id("step of us")) is None
    assert load(cast.sara, GOAL, removed=True).removed(GOAL)[0].id == goal.id


def test_what_hangs_on_a_hidden_thing_is_not_counted(cast: Cast) -> None:
    goal = cast.thing("goal of us")
    closed = msgspec.structs.replace(goal.body, audience=Audience(Who.ME))
    change(cast.sara, Action.AUDIENCE_CHANGE, Put(goal, closed))
    whole = load(cast.jef, GOAL, STEP)
    assert whole.get(GOAL, goal.id) is None
    assert whole.under(STEP, goal) == []
    assert cast.id("step of us") not in whole.ids


def test_who_is_in_no_plan_gets_nothing(cast: Cast) -> None:
    for actor in (cast.nobody, cast.host, cast.system):
        assert load(actor, *KINDS.values()).ids == []


def test_a_plan_is_never_read_from_another(cast: Cast) -> None:
    for actor, plan in ((cast.sara, cast.plan), (cast.lies, cast.elsewhere)):
        whole = load(actor, *KINDS.values(), removed=True)
        assert {whole.get(PLAN, plan) is not None} == {True}
        assert all(thing.plan == plan for kind in KINDS.values() for thing in whole.all(kind))
    assert load_one(cast.lies, GOAL, cast.id("goal of us")) is None
    assert load_one(cast.sara, GOAL, uuid4()) is None


def test_names_are_given_for_what_a_thing_speaks_of(cast: Cast) -> None:
    whole = load(cast.nele, GOAL, PERSON)
    assert whole.name(cast.people["oma"]) == "Oma Rosa Roodborsttapuit"
    assert whole.get(PERSON, cast.people["oma"]) is None
    assert whole.name(uuid4()) == whole.name(None) == ""


def test_what_hangs_on_nothing_any_more_is_not_there(cast: Cast) -> None:
    """Foreign keys keep this from happening; reading does not rely on it."""
    contacts = load(cast.sara, CONTACT).all(CONTACT)
    assert contacts
    assert all(contact.under for contact in contacts)


def test_a_row_put_in_anothers_place_does_not_open(cast: Cast) -> None:
    """Whoever can write in the database, cannot make one goal say what another said."""
    theirs = db.session.get(GoalRow, cast.id("goal of jef"))
    assert theirs
    db.session.execute(update(GoalRow).where(GoalRow.id == cast.id("goal of us")).values(sealed=theirs.sealed))
    with pytest.raises(NotOpened):
        load(cast.sara, GOAL)


def test_a_plan_without_its_key_is_noise(cast: Cast) -> None:
    destroy_key(cast.plan)
    with pytest.raises(NoKey):
        load(cast.sara, GOAL)
    assert load(cast.lies, GOAL).all(GOAL)


def test_history_that_is_gone_does_not_stand_in_the_way(cast: Cast) -> None:
    db.session.execute(delete(HistoryEntry).where(HistoryEntry.plan_id == cast.plan))
    assert load(cast.sara, GOAL).all(GOAL)


def test_supposing_another_audience_changes_what_is_seen_and_nothing_else(cast: Cast) -> None:
    goal = cast.id("goal closed")
    assert load(cast.nele, GOAL).get(GOAL, goal) is None
    supposed = load(cast.nele, GOAL, supposing={goal: Audience()})
    assert supposed.get(GOAL, goal)
    assert load(cast.nele, GOAL).get(GOAL, goal) is None
    hidden = load(cast.jef, GOAL, STEP, supposing={cast.id("goal of us"): Audience(Who.ME)})
    assert cast.id("step of us") not in hidden.ids


def test_several_roots_are_one_query_and_each_gives_only_what_was_asked_of_it(cast: Cast, app: Flask) -> None:
    """A plan and the layers beside it; what a page asked before is not asked again."""
    from app.children.models import SAID, TRUSTED
    from app.children.store import in_own_layer

    child = cast.actors["kaat"]
    mine = in_own_layer(child, cast.layers["kaat"])
    with app.test_request_context(), counted(app) as statements:
        here, kept = load_each([(child, (PLAN, PERSON)), (mine, (SAID,))])
        assert here.all(PERSON)
        assert kept.all(SAID)
        assert not here.all(SAID)
        assert not kept.all(PERSON)
        assert len([one for one in statements if "FROM person" in one or "FROM said" in one]) == 1
        statements.clear()
        assert load(child, PERSON) is here
        again, more = load_each([(child, (PLAN,)), (mine, (SAID, TRUSTED))])
        assert again is here
        assert more.all(SAID) == kept.all(SAID)
        assert not [one for one in statements if "FROM person" in one]

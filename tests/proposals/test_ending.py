"""The host's tidying writes down what every page knows already: a proposal ends with its share or its target."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.change import NotPermitted, Put, Remove, change
from app.db import db, now
from app.history import store as histories
from app.host.commands import tidy
from app.people import commands as people
from app.people.models import PERSON
from app.people.store import PersonView
from app.policy.actions import Action
from app.policy.actor import system
from app.proposals import ending
from app.proposals.commands import LineInput
from app.proposals.models import LineRow
from app.proposals.nouns import Act, LineState, Target
from app.scope import load, load_one
from app.sharing import commands as sharing
from app.sharing import store as shares
from tests.cast import Cast, seated
from tests.proposals.visits import TEA, lines_of, new, send

pytestmark = pytest.mark.both_databases


def states(cast: Cast) -> list[str]:
    """What the rows say of the lines that the test sent."""
    ids = [line.thing.id for line in lines_of(cast, "sara")]
    rows = dict(db.session.execute(select(LineRow.id, LineRow.state).where(LineRow.id.in_(ids))).all())
    return [rows[one] for one in ids]


def stop_lisa(cast: Cast) -> None:
    share = shares.share(cast.jef, cast.id("share lisa"))
    assert share is not None
    sharing.stop(cast.jef, share)


def remove_the_goal(cast: Cast) -> None:
    change(cast.sara, Action.GOAL_REMOVE, Remove(cast.thing("goal of us", "sara")))


@pytest.mark.parametrize("ends", [stop_lisa, remove_the_goal])
def test_tidying_writes_down_what_ended(cast: Cast, app: Flask, ends: Callable[[Cast], None]) -> None:
    with app.app_context():
        send(
            cast,
            LineInput(Act.CHANGED, Target.STEP, TEA, target=cast.id("step of us")),
            LineInput(Act.STOPPED, Target.GOAL, target=cast.id("goal of us")),
            new(goal=cast.id("goal of us")),
        )
        ends(cast)
        assert states(cast) == ["waiting"] * 3
        assert {line.standing for line in lines_of(cast, "sara")} == {LineState.WITHDRAWN}
        tidy()
        assert states(cast) == ["withdrawn"] * 3
        tidy()
        assert {line.thing.version for line in lines_of(cast, "sara")} == {2}


def test_a_share_that_is_past_its_day_ends_it_too(cast: Cast, app: Flask) -> None:
    with app.app_context():
        send(cast, new())
        ending.end_what_ended(system("a test"), now())
        assert states(cast) == ["waiting"]
        ending.end_what_ended(system("a test"), now() + timedelta(days=91))
        assert states(cast) == ["withdrawn"]


def test_what_waits_with_a_living_share_and_target_goes_on(cast: Cast, app: Flask) -> None:
    with app.app_context():
        send(cast, new(), LineInput(Act.CHANGED, Target.GOAL, TEA, target=cast.id("goal of us")))
        tidy()
        assert states(cast) == ["waiting"] * 2


def test_nobody_but_the_product_writes_that_down(cast: Cast, app: Flask) -> None:
    with app.app_context():
        send(cast, new())
        line = lines_of(cast, "sara")[0].thing
        for who in ("sara", "lisa", "nele"):
            with pytest.raises(NotPermitted):
                change(cast.actors[who], Action.PROPOSAL_END, Put(line, state=LineState.WITHDRAWN))
            ending.end_what_ended(cast.actors[who], now() + timedelta(days=91))
        assert states(cast) == ["waiting"]


def test_history_says_so_to_who_saw_it(cast: Cast, app: Flask) -> None:
    with app.app_context():
        send(cast, new(), by="bert")
        before = histories.page(cast.jef)
        ending.end_what_ended(system("a test"), now() + timedelta(days=91))
        after = histories.page(cast.jef)
        assert before is not None
        assert after is not None
        # Of the one line of Lisa that waits in the cast, and not of the two of Bert.
        assert len({entry.id for entry in after.entries} - {entry.id for entry in before.entries}) == 1


@pytest.mark.parametrize(("alone", "after"), [(True, "waiting"), (False, "withdrawn")])
def test_who_takes_a_person_away_ends_nothing_of_what_another_parent_hosts_alone(
    cast: Cast, app: Flask, alone: bool, after: str
) -> None:
    with app.test_request_context():
        board = shares.board(cast.sara)
        given = sharing.ShareInput((), board.today + timedelta(days=30), alone=alone, guest=True)
        made = sharing.make(cast.sara, board, cast.people["peter"], given, None)
        cast.actors["peter"] = seated(cast.plan, "guest", made.share)
        send(cast, new(), by="peter")
        person = load_one(cast.jef, PERSON, cast.people["peter"])
        assert person is not None
        people.remove(cast.jef, PersonView(person, load(cast.jef, PERSON)), None)
        tidy()
        assert states(cast) == [after]

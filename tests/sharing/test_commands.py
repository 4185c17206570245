"""What sharing writes: hashes and sealed words only, once, and in the open history of the family."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, MetaData, select, text

from tests.cast import Cast

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def inside(app: Flask, cast: Cast) -> object:
    """An app context, as a request has one."""
    with app.test_request_context():
        yield cast


def given(**more: object) -> object:
    from app.sharing.commands import ShareInput

    return ShareInput(**{"opened": ("goal", "step"), "until": date(2027, 1, 31), **more})  # type: ignore[arg-type]


def everything_in(engine: Engine) -> bytes:
    """All that a database holds, as bytes."""
    tables = MetaData()
    tables.reflect(engine)
    found = b""
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(select(table)):
                found += b"|".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    return found


def test_only_hashes_of_a_link_and_a_word_lie_in_the_databases(cast: Cast) -> None:
    from app.db import db
    from app.sharing import commands
    from app.sharing.store import board

    goal = cast.thing("goal of us", "sara")
    made = commands.make(
        cast.sara, board(cast.sara), cast.people["ended"], given(things=(goal,), word="Appeltaart"), "key"
    )
    token = made.secret.token
    assert len(token) == 43
    lying = everything_in(db.engine) + everything_in(db.get_engine("keys"))
    for secret in (token, "appeltaart", "Appeltaart"):
        assert secret.encode() not in lying


def test_tokens_are_not_alike_and_need_the_key_of_this_server(cast: Cast) -> None:
    from app.sharing import commands

    keys = [uuid4().hex for _ in range(20)]
    tokens = {commands._token(cast.sara, key) for key in keys} | {commands._token(cast.jef, key) for key in keys}
    assert len(tokens) == 40
    assert all(len(token) == 43 for token in tokens)


def test_a_form_sent_twice_makes_one_share_and_opens_things_once(cast: Cast) -> None:
    from app.sharing import commands
    from app.sharing.store import board

    goal = cast.thing("goal of us", "sara")
    made = [
        commands.make(cast.sara, board(cast.sara), cast.people["ended"], given(things=(goal,)), "key")
        for _twice in range(2)
    ]
    assert made[0] == made[1]
    assert len([one for one in board(cast.sara).working if one.thing.body.person == cast.people["ended"]]) == 1
    assert cast.thing("goal of us", "sara").version == goal.version + 1


@pytest.mark.parametrize(
    ("whom", "reason"), [("jef", "HAS_OWN_KEY"), ("nele", "HAS_OWN_KEY"), ("lies", "UNKNOWN_PERSON")]
)
def test_nobody_with_an_own_key_and_no_stranger_gets_a_link(cast: Cast, whom: str, reason: str) -> None:
    from app.change import Refused
    from app.sharing import commands
    from app.sharing.rules import Reason
    from app.sharing.store import board

    with pytest.raises(Refused) as refused:
        commands.make(cast.sara, board(cast.sara), cast.people[whom], given(), None)
    assert refused.value.reason is Reason[reason]


@pytest.mark.parametrize(("name", "alone"), [("goal of us", True), ("goal alone", False), ("goal of jef", True)])
def test_no_thing_is_opened_through_a_link_of_the_wrong_host(cast: Cast, name: str, alone: bool) -> None:
    from app.change import NotPermitted, Refused
    from app.sharing import commands
    from app.sharing.store import board

    thing = cast.thing(name, "jef" if name == "goal of jef" else "sara")
    with pytest.raises((Refused, NotPermitted)):
        commands.make(cast.sara, board(cast.sara), cast.people["ended"], given(things=(thing,), alone=alone), None)


@pytest.mark.parametrize("who", ["nele", "oma", "els", "lies"])
def test_the_door_refuses_whoever_is_not_a_parent_here(cast: Cast, who: str) -> None:
    from app.change import NotPermitted, Refused
    from app.sharing import commands, seats, store

    sara_s = store.share(cast.sara, cast.id("share oma"))
    assert sara_s
    for act in (
        lambda: commands.stop(cast.actors[who], sara_s),
        lambda: commands.extend(cast.actors[who], sara_s, None),
        lambda: commands.renew(cast.actors[who], sara_s, None),
        lambda: commands.make(cast.actors[who], store.board(cast.actors[who]), cast.people["ended"], given(), None),
    ):
        with pytest.raises((NotPermitted, Refused)):
            act()
    assert seats.link_actor(cast.plan, cast.id("share oma")) == cast.oma


def test_a_link_actor_is_what_the_share_says_and_nothing_after_its_end(cast: Cast) -> None:
    from app.sharing.seats import link_actor, share_of_token

    assert link_actor(cast.plan, cast.id("share oma")) == cast.oma
    assert link_actor(cast.plan, cast.id("share els")) == cast.els
    for name in ("share stopped", "share expired"):
        assert link_actor(cast.plan, cast.id(name)) is None
    assert link_actor(cast.elsewhere, cast.id("share oma")) is None
    assert link_actor(cast.plan, uuid4()) is None
    found = share_of_token(cast.tokens["oma"])
    assert found
    assert (found.plan, found.share, found.actor) == (cast.plan, cast.id("share oma"), cast.oma)
    assert share_of_token(cast.tokens["stopped"]) is None


def test_without_the_key_of_the_plan_a_link_is_dead(cast: Cast) -> None:
    from app.keystore import destroy_key
    from app.sharing.seats import link_actor, share_of_token

    destroy_key(cast.plan)
    assert link_actor(cast.plan, cast.id("share oma")) is None
    assert share_of_token(cast.tokens["oma"]) is None


def test_looks_noted_at_the_same_moment_are_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.db import db
    from app.sharing import ledger
    from app.sharing.nouns import Part

    today = date(2026, 3, 1)
    real, calls = ledger._look_row, []

    def late(*arguments: object) -> object:
        """Somebody else notes the same look between asking and writing."""
        if not calls:
            calls.append(arguments)
            ledger.record_looks(cast.oma, [Part.GOALS], today)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger, "_look_row", late)
    ledger.record_looks(cast.oma, [Part.GOALS, Part.AGREEMENTS], today)
    assert db.session.scalar(text("SELECT count(*) FROM look")) == 2
    assert ledger.last_looks(cast.sara) == {cast.id("share oma"): today}


def test_looks_are_read_a_stretch_of_days_at_a_time(cast: Cast) -> None:
    from app.sharing import ledger
    from app.sharing.nouns import Part
    from app.sharing.store import board

    days = [date(2026, 3, 1) + timedelta(days=number) for number in range(5)]
    for day in days:
        ledger.record_looks(cast.oma, [Part.AGREEMENTS], day)
        ledger.record_looks(cast.els, [Part.GOALS], day)
    found = ledger.looks(board(cast.sara).shares, days[1], days[4])
    assert [day for day, _seen in found] == [days[3], days[2], days[1]]
    assert {one.face.name for _day, seen in found for one in seen} == {"Oma Rosa Roodborsttapuit", "Els Watersnip"}
    mine = ledger.looks(board(cast.jef).shares, days[0], days[4])
    assert {one.face.name for _day, seen in mine for one in seen} == {"Oma Rosa Roodborsttapuit"}

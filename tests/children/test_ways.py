"""A way in that a parent makes for somebody, to read what a child told that somebody: it opens nothing of before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
import time_machine

from tests.cast import Cast
from tests.childpages.phones import lent
from tests.children.test_said import say, sitting, view
from tests.sharing.pages import tokens_off

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

__all__ = ["tokens_off"]
pytestmark = pytest.mark.usefixtures("tokens_off")


def told(cast: Cast, who: str, words: str) -> UUID:
    """Kaat tells somebody something, on her own page."""
    from app.children import said_commands

    with sitting(cast):
        said = say(cast, words)
        said_commands.let_see(view(cast, said, who))
    return said


def link_for(cast: Cast, who: str, *, alone: bool) -> tuple[FlaskClient, str]:
    """A link that Sara makes for this person of the plan, and opens herself on another phone."""
    from app.db import now
    from app.sharing import commands, store

    assert cast.app is not None
    with cast.app.test_request_context():
        given = commands.ShareInput(opened=(), until=(now() + timedelta(days=30)).date(), alone=alone)
        made = commands.make(cast.sara, store.board(cast.sara), cast.people[who], given, uuid4().hex)
    phone = cast.app.test_client()
    assert phone.post(f"/d/{made.secret.token}").status_code == 303
    root = f"/p/{cast.plan}/voor/{made.share}"
    assert phone.get(root).status_code == 200
    return phone, root


def stopped(cast: Cast, name: str) -> None:
    """Sara stops a share that wij host."""
    from app.sharing import commands, store

    assert cast.app is not None
    with cast.app.test_request_context():
        share = store.share(cast.sara, cast.id(f"share {name}"))
        assert share is not None
        commands.stop(cast.sara, share)


@pytest.mark.both_databases
@pytest.mark.parametrize("who", ["lisa", "oma"])
def test_a_link_that_a_parent_hosts_alone_opens_nothing_a_child_told_that_person(cast: Cast, who: str) -> None:
    """The other parent and the child know of none such, so the child cannot have meant it."""
    said = told(cast, who, "Kwartelkoning")
    phone, root = link_for(cast, who, alone=True)
    assert "verteld" not in phone.get(root).text
    for path in ("verteld", f"verteld/{said}"):
        answer = phone.get(f"{root}/{path}")
        assert (answer.status_code, "Kwartelkoning" in answer.text) == (404, False)


def test_who_had_an_own_key_when_the_child_told_them_is_read_through_no_link(cast: Cast) -> None:
    """Lisa signs in; Sara stops that, and makes a link of Lisa's for herself."""
    said = told(cast, "lisa", "Kwartelkoning")
    stopped(cast, "lisa")
    phone, root = link_for(cast, "lisa", alone=False)
    assert phone.get(f"{root}/verteld/{said}").status_code == 404
    # Once the child reads that Lisa looks with a link, and chooses her again, it does.
    with sitting(cast):
        from app.children import said_commands

        said_commands.let_not_see(view(cast, said, "lisa"))
        said_commands.let_see(view(cast, said, "lisa"))
    assert phone.get(f"{root}/verteld/{said}").status_code == 200


def test_a_link_made_anew_shows_what_the_child_told_through_the_one_before(cast: Cast) -> None:
    said = told(cast, "oma", "Kwartelkoning")
    stopped(cast, "oma")
    phone, root = link_for(cast, "oma", alone=False)
    assert "Kwartelkoning" in phone.get(f"{root}/verteld/{said}").text


def test_an_invitation_that_nobody_used_yet_is_nobody_to_choose(cast: Cast) -> None:
    """Who made it may use it: whom a child chooses is somebody who came in."""
    from app.children import said_store
    from app.db import now
    from app.sharing import commands, store

    assert cast.app is not None
    with cast.app.test_request_context():
        given = commands.ShareInput(opened=(), until=(now() + timedelta(days=30)).date(), guest=True)
        commands.make(cast.sara, store.board(cast.sara), cast.people["peter"], given, uuid4().hex)
    with sitting(cast):
        own = said_store.own(cast.kaat)
        assert own is not None
        chosen = {one.id for one in own.hearers}
        assert cast.people["lisa"] in chosen
        assert cast.people["peter"] not in chosen


@pytest.mark.parametrize("path", ["voel", "wens", "vertrouw"])
def test_a_form_that_comes_again_brings_nothing_back_to_a_lent_phone(cast: Cast, path: str) -> None:
    """A page that the phone kept, with Back: its form was sent, and the child gave the phone back."""
    phone, _card = lent(cast)
    form = {"feeling": "happy", "words": "Kwartelkoning", "name": "Kwartelkoning", "form_key": "of Kaat"}
    page = f"/p/{cast.plan}/mij/{path}"
    first = phone.post(page, data=form)
    twice = phone.post(page, data=form)
    assert first.location == twice.location
    assert phone.get(twice.location).status_code == 200
    if path != "vertrouw":
        phone.post(str(first.location).removesuffix("/wie") + "/niemand")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11), tick=True):
        later = phone.post(page, data=form)
        assert later.location != first.location
        assert phone.get(first.location).status_code == 404
        assert "Kwartelkoning" not in phone.get(str(later.location)).text


def test_closing_what_is_kept_puts_down_what_is_at_hand(cast: Cast) -> None:
    phone, _card = lent(cast)
    said = phone.post(f"/p/{cast.plan}/mij/voel", data={"feeling": "happy", "form_key": "x"})
    assert phone.get(said.location).status_code == 200
    phone.post(f"/p/{cast.plan}/mij/prentjes/dicht")
    assert phone.get(said.location).status_code == 404


def test_a_seat_of_a_later_day_opens_nothing_of_before() -> None:
    from app.children.nouns import Chosen
    from app.children.said_rules import Way, opens_through
    from app.db import now

    at, who = now(), uuid4()
    said, by_link = Chosen(who, at), Chosen(who, at, by_link=True)
    assert opens_through(Way(at), said)
    assert opens_through(Way(at - timedelta(days=9)), said)
    assert not opens_through(Way(at + timedelta(seconds=1)), said)
    assert not opens_through(Way(None), said)
    assert not opens_through(Way(at, alone=True), said)
    assert not opens_through(Way(at, by_link=True), said)
    assert opens_through(Way(at + timedelta(days=9), by_link=True), by_link)
    assert not opens_through(Way(at, by_link=True, alone=True), by_link)


@pytest.mark.both_databases
def test_who_sits_here_brings_the_layers_of_the_plan_along(cast: Cast, app: Flask) -> None:
    """No page asks whose layers there are, or for their keys one by one."""
    from tests.armour.test_pages import counted

    for who, page in (("sara", "verteld"), ("lisa", "verteld"), ("kaat", "mij/doos"), ("mil", "mij/doos")):
        client = cast.client_of(who)
        with counted(app) as statements:
            assert client.get(f"/p/{cast.plan}/{page}").status_code == 200
        assert not [one for one in statements if "FROM layer_link" in one], who
        # A child in two plans sees whom it knows in the other: that plan's key comes with those people.
        assert len([one for one in statements if "wrapped_key" in one]) <= (2 if who == "kaat" else 1)

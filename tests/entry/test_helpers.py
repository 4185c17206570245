"""Meehelpers: let in by one parent, with what is opened to them, and stopped by any; no parent stops a parent."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import commands as accounts
from app.accounts import store as account_store
from app.accounts.nouns import AccountBody
from app.db import db
from app.keystore import Ending
from app.web.session import visitor
from tests.cast import Cast
from tests.entry.reading import form_to
from tests.entry.test_invite import come_in, link_in

pytestmark = pytest.mark.both_databases


def at(cast: Cast, path: str = "") -> str:
    return f"/p/{cast.plan}/{path}"


def let_in(cast: Cast, client: FlaskClient, **typed: str) -> str:
    answer = form_to(client.get(at(cast, "laat-binnen/meehelper")), "/laat-binnen/meehelper").send(client, **typed)
    assert answer.status_code == 303, answer.text
    return link_in(client.get(answer.location))


def test_one_parent_lets_a_meehelper_in_who_sees_and_writes_what_was_opened(cast: Cast, client: FlaskClient) -> None:
    link = let_in(cast, cast.client_of("sara"), name="Grote zus", opened="goals")
    assert come_in(client, link).location == at(cast, "sleutelkaart")
    goals = client.get(at(cast, "doelen")).text
    assert cast.canary("goal of us") in goals
    assert cast.canary("goal alone") not in goals
    assert client.get(at(cast, "doelen/nieuw")).status_code == 200
    assert client.get(at(cast, "afspraken/nieuw")).status_code == 404
    for closed in ("laat-binnen", "laat-binnen/meehelper", f"meehelpers/{cast.id('member nele')}"):
        assert client.get(at(cast, closed)).status_code == 404


def test_what_is_opened_is_changed_at_the_next_request(cast: Cast) -> None:
    sara, nele = cast.client_of("sara"), cast.client_of("nele")
    assert nele.get(at(cast, "doelen/nieuw")).status_code == 200
    path = f"meehelpers/{cast.id('member nele')}"
    form = form_to(sara.get(at(cast, path)), path)
    assert ("opened", "goals") in form.fields
    assert form.send(sara, opened="homes").status_code == 303
    assert nele.get(at(cast, "doelen/nieuw")).status_code == 404
    assert nele.get(at(cast, "huizen/nieuw")).status_code == 200


def test_only_what_there_is_to_open_is_opened(cast: Cast, app: Flask) -> None:
    sara = cast.client_of("sara")
    path = f"meehelpers/{cast.id('member nele')}"
    form_to(sara.get(at(cast, path)), path).send(sara, opened="member")
    with app.test_request_context():
        assert cast.thing("member nele", "sara").body.opened == ()


def test_a_stopped_meehelper_opens_nothing_with_whatever_key(cast: Cast, app: Flask, client: FlaskClient) -> None:
    jef, nele = cast.client_of("jef"), cast.client_of("nele")
    assert cast.nele.seat is not None
    with app.test_request_context():
        card = accounts.make_card(cast.nele, "a form")
        account = accounts.make_account(AccountBody(login="nele"))
        accounts.give_place(account, cast.plan, "member", cast.nele.seat)
    page = jef.get(at(cast, "binnen"))
    assert "Stop met Tante Nele" in page.text
    assert form_to(page, f"/meehelpers/{cast.id('member nele')}/stop").send(jef).status_code == 303
    assert nele.get(at(cast)).status_code == 404
    typed = {"card_number": card.number, "card_words": " ".join(card.words)}
    assert form_to(client.get("/sleutel"), "/sleutel").send(client, **typed).status_code == 422
    with app.test_request_context():
        assert account_store.places(account) == []
        assert accounts.sign_in(visitor(), account, "gsm").seats == ()
        with db.get_engine("keys").connect() as keys:
            kinds = keys.execute(Ending.__table__.select().where(Ending.subject_id == cast.nele.seat)).all()
        assert [row.kind for row in kinds] == ["member"]
    assert "Tante Nele" not in jef.get(at(cast, "binnen")).text


def test_stopping_twice_is_once_and_a_stopped_one_has_no_page(cast: Cast) -> None:
    sara = cast.client_of("sara")
    path = f"meehelpers/{cast.id('member nele')}"
    stop = form_to(sara.get(at(cast, path)), f"{path}/stop")
    assert stop.send(sara).status_code == 303
    assert stop.send(sara).status_code == 303
    assert sara.get(at(cast, path)).status_code == 404


@pytest.mark.parametrize("what", ["", "/stop"])
@pytest.mark.parametrize("whose", ["jef", "sara"])
def test_no_parent_stops_or_narrows_a_parent(cast: Cast, app: Flask, what: str, whose: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sara = cast.client_of("sara")
    member = cast.actors[whose].seat
    assert sara.post(at(cast, f"meehelpers/{member}{what}"), data={"opened": "goals"}).status_code == 404
    assert cast.client_of(whose).get(at(cast, "doelen/nieuw")).status_code == 200


def test_a_child_and_who_has_a_key_are_not_offered(cast: Cast) -> None:
    text = cast.client_of("sara").get(at(cast, "laat-binnen/meehelper")).text
    assert str(cast.people["oma"]) in text
    for who in ("sara", "jef", "nele", "els"):
        assert str(cast.people[who]) not in text


def test_nobody_chosen_is_said_and_what_was_chosen_stays(cast: Cast) -> None:
    sara = cast.client_of("sara")
    form = form_to(sara.get(at(cast, "laat-binnen/meehelper")), "/laat-binnen/meehelper")
    answer = form.send(sara, opened="people")
    assert answer.status_code == 422
    assert "Kies wie je binnenlaat, of schrijf een naam." in answer.text
    assert ("opened", "people") in form_to(answer, "/laat-binnen/meehelper").fields

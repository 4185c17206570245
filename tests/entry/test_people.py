"""Wie kan ons plan openen? Everybody sees the members and their own keys; a stop works at the next request."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import commands as accounts
from app.accounts import store
from tests.cast import Cast
from tests.entry.reading import form_to, forms

NEW_DEVICE = "Een nieuw toestel opende ons plan als jou."


def page(cast: Cast, client: FlaskClient) -> str:
    answer = client.get(f"/p/{cast.plan}/binnen")
    assert answer.status_code == 200
    return answer.text


def seats(cast: Cast, app: Flask, who: str = "sara") -> list[UUID]:
    with app.test_request_context():
        return [device.id for device in store.devices(cast.actors[who])]


@pytest.mark.both_databases
def test_parents_see_all_members_and_who_looks_through_a_link(cast: Cast) -> None:
    text = page(cast, cast.client_of("sara"))
    for words in (
        "Wie kan ons plan openen?",
        "Sara",
        "Dat ben jij",
        "Jef",
        "Ouder",
        "Meehelper",
        "Laat een ouder binnen",
    ):
        assert words in text
    assert "Stop met delen met Els" in text
    assert text.index("Te gast") < text.index("Stop met delen met Lisa") < text.index("Met een link")


@pytest.mark.both_databases
def test_what_one_parent_hosts_alone_is_not_there_for_the_other(cast: Cast) -> None:
    assert "Els" in page(cast, cast.client_of("sara"))
    assert "Els" not in page(cast, cast.client_of("jef"))


def test_a_meehelper_sees_own_keys_and_lets_nobody_in(cast: Cast) -> None:
    text = page(cast, cast.client_of("nele"))
    assert "Jouw toestellen" in text
    assert "Laat een ouder binnen" not in text
    assert "Stop met delen" not in text


def test_who_is_no_member_finds_nothing(cast: Cast) -> None:
    for who in ("oma", "els", "stopped", "expired", "lies", "nobody"):
        client = cast.client_of(who)
        for where in ("binnen", "dit-toestel", "laat-binnen"):
            assert client.get(f"/p/{cast.plan}/{where}").status_code == 404, (who, where)


def test_only_own_devices_and_cards_are_listed(cast: Cast, app: Flask) -> None:
    cast.client_of("jef")
    with app.test_request_context():
        card = accounts.make_card(cast.jef, "a form").card
    text = page(cast, cast.client_of("sara"))
    assert str(seats(cast, app, "jef")[0]) not in text
    assert str(card) not in text


@pytest.mark.both_databases
def test_a_new_device_is_told_on_the_others_and_stopped_there(cast: Cast, app: Flask) -> None:
    first, second = cast.client_of("sara"), cast.client_of("sara")
    home = f"/p/{cast.plan}/"
    assert NEW_DEVICE in first.get(home).text
    assert NEW_DEVICE not in second.get(home).text
    answer = first.get(f"/p/{cast.plan}/binnen")
    assert NEW_DEVICE in answer.text
    new = seats(cast, app)[1]
    assert form_to(answer, f"/toestellen/{new}/stop").send(first).status_code == 303
    assert second.get(home).status_code == 404
    assert NEW_DEVICE not in first.get(home).text
    assert first.get(home).status_code == 200


def test_a_device_the_person_knows_is_not_told_again(cast: Cast, app: Flask) -> None:
    first, second = cast.client_of("sara"), cast.client_of("sara")
    new = seats(cast, app)[1]
    form_to(first.get(f"/p/{cast.plan}/binnen"), f"/toestellen/{new}/van-mij").send(first)
    assert NEW_DEVICE not in page(cast, first)
    assert second.get(f"/p/{cast.plan}/").status_code == 200


def test_a_new_device_cannot_say_of_itself_that_it_is_known(cast: Cast, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    first, second = cast.client_of("sara"), cast.client_of("sara")
    new = seats(cast, app)[1]
    second.post(f"/p/{cast.plan}/toestellen/{new}/van-mij")
    assert NEW_DEVICE in page(cast, first)


def test_nobody_stops_or_knows_the_device_of_somebody_else(cast: Cast, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sara = cast.client_of("sara")
    [seat] = seats(cast, app)
    for who in ("jef", "nele", "oma", "els", "lies", "nobody"):
        client = cast.client_of(who)
        for act in ("stop", "van-mij"):
            assert client.post(f"/p/{cast.plan}/toestellen/{seat}/{act}").status_code in {401, 404}, (who, act)
    assert sara.get(f"/p/{cast.plan}/").status_code == 200


def test_a_stopped_card_is_gone_from_the_page_and_opens_nothing(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        card = accounts.make_card(cast.sara, "a form")
    sara = cast.client_of("sara")
    answer = sara.get(f"/p/{cast.plan}/binnen")
    assert form_to(answer, f"/sleutelkaarten/{card.card}/stop").send(sara).status_code == 303
    assert str(card.card) not in page(cast, sara)
    other = app.test_client()
    key = form_to(other.get("/sleutel"), "/sleutel")
    assert key.send(other, card_number=card.number, card_words=" ".join(card.words)).status_code == 422


def test_leaving_this_device_takes_one_more_tap_and_says_what_it_means(cast: Cast, app: Flask) -> None:
    sara, elsewhere = cast.client_of("sara"), cast.client_of("sara")
    asked = sara.get(f"/p/{cast.plan}/dit-toestel")
    assert "Jij hebt nog geen sleutel." in asked.text
    assert sara.get(f"/p/{cast.plan}/").status_code == 200
    answer = form_to(asked, "/dit-toestel").send(sara)
    assert answer.location == "/"
    assert sara.get(f"/p/{cast.plan}/").status_code == 404
    assert elsewhere.get(f"/p/{cast.plan}/").status_code == 200
    assert len(seats(cast, app)) == 1


def test_leaving_drops_the_session_and_the_mark_of_the_device(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        card = accounts.make_card(cast.sara, "a form")
    phone = app.test_client()
    form_to(phone.get("/sleutel"), "/sleutel").send(phone, card_number=card.number, card_words=" ".join(card.words))
    assert phone.get_cookie("onsplan-device") is not None
    form_to(phone.get(f"/p/{cast.plan}/dit-toestel"), "/dit-toestel").send(phone)
    assert phone.get_cookie("onsplan-device") is None


@pytest.mark.both_databases
def test_leaving_one_plan_keeps_another_open(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        card = accounts.make_card(cast.sara, "a form")
    lies = cast.client_of("lies")
    form_to(lies.get("/sleutel"), "/sleutel").send(lies, card_number=card.number, card_words=" ".join(card.words))
    form_to(lies.get(f"/p/{cast.plan}/dit-toestel"), "/dit-toestel").send(lies)
    assert lies.get(f"/p/{cast.plan}/").status_code == 404
    assert lies.get(f"/p/{cast.elsewhere}/").status_code == 200


def test_this_device_is_left_by_its_own_page_not_by_a_stop(cast: Cast, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sara = cast.client_of("sara")
    [seat] = seats(cast, app)
    answer = sara.post(f"/p/{cast.plan}/toestellen/{seat}/stop")
    assert answer.location == f"/p/{cast.plan}/dit-toestel"
    assert sara.get(f"/p/{cast.plan}/").status_code == 200


def test_a_link_is_stopped_from_here_too(cast: Cast) -> None:
    sara = cast.client_of("sara")
    answer = sara.get(f"/p/{cast.plan}/binnen")
    stop = form_to(answer, f"/wie-ziet-wat/{cast.oma.seat}/stop")
    assert stop.send(sara).status_code == 303
    assert str(cast.oma.seat) not in page(cast, sara)


def test_every_button_says_what_it_stops(cast: Cast) -> None:
    cast.client_of("sara")
    sara = cast.client_of("sara")
    text = page(cast, sara)
    assert text.count("<span>Stop</span>") == text.count('aria-label="Stop ')


def test_the_pages_are_valid(cast: Cast, valid_html: Callable[[str], None]) -> None:
    cast.client_of("sara")
    sara = cast.client_of("sara")
    for where in ("binnen", "dit-toestel", "laat-binnen"):
        answer = sara.get(f"/p/{cast.plan}/{where}")
        valid_html(answer.text)
        assert forms(answer)

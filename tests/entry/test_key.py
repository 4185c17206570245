"""A sleutelkaart, typed on another phone: neutral pages, one answer for all that is wrong, guesses counted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts import commands as accounts
from app.accounts.nouns import CardSecret
from app.accounts.rules import MOST
from tests.cast import Cast
from tests.entry.reading import form_to

pytestmark = pytest.mark.both_databases
NOT_RIGHT = "Dit is niet juist. Kijk op je sleutelkaart. Daar staan een nummer en 3 woorden."
MORNING = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def card(cast: Cast, app: Flask) -> CardSecret:
    with app.test_request_context():
        return accounts.make_card(cast.sara, "one form")


def type_key(client: FlaskClient, number: str, words: str, address: str = "192.0.2.1") -> TestResponse:
    client.environ_base["REMOTE_ADDR"] = address
    return form_to(client.get("/sleutel"), "/sleutel").send(client, card_number=number, card_words=words)


def other_number(card: CardSecret) -> str:
    return f"{(int(card.number) + 1) % 10**12:012d}"


def test_number_and_words_open_the_plan_on_another_phone(cast: Cast, card: CardSecret, client: FlaskClient) -> None:
    answer = type_key(client, card.number, " ".join(card.words))
    assert answer.status_code == 303
    assert answer.location == f"/p/{cast.plan}/"
    assert client.get(answer.location).status_code == 200


def test_a_key_typed_on_the_phone_of_the_other_parent_opens_the_plan_as_its_own_member(
    cast: Cast, card: CardSecret
) -> None:
    phone = cast.client_of("jef")
    assert cast.canary("goal alone") not in phone.get(f"/p/{cast.plan}/doelen").text
    assert type_key(phone, card.number, " ".join(card.words)).status_code == 303
    assert cast.canary("goal alone") in phone.get(f"/p/{cast.plan}/doelen").text
    form_to(phone.get(f"/p/{cast.plan}/dit-toestel"), "/dit-toestel").send(phone)
    assert phone.get(f"/p/{cast.plan}/doelen").status_code == 404


def test_words_are_typed_as_people_type_them(card: CardSecret, client: FlaskClient) -> None:
    typed = " {},  {}. {}".format(*(word.capitalize() for word in card.words))
    assert type_key(client, f" {card.number[:4]} {card.number[4:8]}-{card.number[8:]}", typed).status_code == 303


def test_the_qr_opens_a_page_that_asks_for_the_words_only(card: CardSecret, client: FlaskClient) -> None:
    asked = client.get(f"/kaart/{card.number}")
    form = form_to(asked, "/sleutel")
    assert form.value("card_number") == card.number
    assert form.send(client, card_words=" ".join(card.words)).status_code == 303


def test_the_page_of_the_qr_is_the_same_for_every_number_and_names_nobody(cast: Cast, card: CardSecret) -> None:
    pages = [(cast.client_of("nobody"), number) for number in (card.number, other_number(card))]
    known, unknown = (phone.get(f"/kaart/{number}") for phone, number in pages)
    assert without_what_differs(known, card.number) == without_what_differs(unknown, other_number(card))
    for name in ("Sara", "Jef", cast.canary("plan"), str(cast.plan)):
        assert name not in known.text


def without_what_differs(answer: TestResponse, number: str) -> str:
    text = answer.text.replace(number, "NUMBER")
    for form in ("csrf_token", "form_key"):
        for piece in text.split(f'name="{form}" value="')[1:]:
            text = text.replace(piece.partition('"')[0], form.upper())
    return text


def test_all_that_is_wrong_gets_the_same_answer(cast: Cast, card: CardSecret, app: Flask) -> None:
    with app.test_request_context():
        stopped = accounts.make_card(cast.sara, "another form")
        found = accounts.store.card(cast.sara, stopped.card)
        assert found is not None
        accounts.stop_card(cast.sara, found)
    right = " ".join(card.words)
    tries = {
        card.number: "een twee drie",
        other_number(card): right,
        stopped.number: " ".join(stopped.words),
        "000000000000": "",
    }
    answers = [
        (answer.status_code, without_what_differs(answer, number))
        for turn, (number, words) in enumerate(tries.items())
        for answer in [type_key(app.test_client(), number, words, f"192.0.2.{turn}")]
    ]
    assert len(set(answers)) == 1
    assert answers[0][0] == 422
    assert NOT_RIGHT in answers[0][1]


def test_what_is_no_number_is_said_the_same_way(client: FlaskClient) -> None:
    answer = type_key(client, "ik weet het niet", "een twee drie")
    assert answer.status_code == 422
    assert NOT_RIGHT in answer.text
    assert form_to(answer, "/sleutel").value("card_number") == "ik weet het niet"


def test_a_wrong_key_keeps_the_number_and_not_the_words(card: CardSecret, client: FlaskClient) -> None:
    answer = type_key(client, card.number, "een twee drie")
    assert f'value="{card.number}"' in answer.text
    assert "een twee drie" not in answer.text


def test_too_many_guesses_are_told_when_to_go_on_and_the_number_stays(card: CardSecret, app: Flask) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        for turn in range(MOST):
            assert type_key(app.test_client(), card.number, "een twee drie", f"198.51.100.{turn}").status_code == 422
        answer = type_key(app.test_client(), card.number, " ".join(card.words))
        assert answer.status_code == 429
        assert "Je probeerde het al vaak. Wacht 15 minuten en probeer dan opnieuw." in answer.text
        assert form_to(answer, "/sleutel").value("card_number") == card.number
        clock.shift(timedelta(minutes=15, seconds=1))
        assert type_key(app.test_client(), card.number, " ".join(card.words)).status_code == 303


def test_a_phone_that_opened_the_card_before_is_not_locked_out_by_others(card: CardSecret, app: Flask) -> None:
    with time_machine.travel(MORNING, tick=False):
        own = app.test_client()
        assert type_key(own, card.number, " ".join(card.words)).status_code == 303
        own.delete_cookie("onsplan")
        for turn in range(MOST):
            type_key(app.test_client(), card.number, "een twee drie", f"198.51.100.{turn}")
        assert type_key(app.test_client(), card.number, " ".join(card.words)).status_code == 429
        assert type_key(own, card.number, " ".join(card.words)).status_code == 303


def test_the_mark_of_a_phone_tells_nothing_and_cannot_be_made_up(card: CardSecret, app: Flask, cast: Cast) -> None:
    own = app.test_client()
    type_key(own, card.number, " ".join(card.words))
    kept = own.get_cookie("onsplan-device")
    assert kept is not None
    assert kept.http_only
    for secret in (card.number, *card.words, str(cast.plan), "Sara"):
        assert secret not in kept.value
    with time_machine.travel(MORNING, tick=False):
        for turn in range(MOST):
            type_key(app.test_client(), card.number, "een twee drie", f"198.51.100.{turn}")
        thief = app.test_client()
        mark, proof = kept.value.split(".")
        thief.set_cookie("onsplan-device", f"{mark[::-1]}.{proof}")
        assert type_key(thief, card.number, " ".join(card.words)).status_code == 429


def test_the_session_is_a_new_one_after_the_key(cast: Cast, card: CardSecret, client: FlaskClient) -> None:
    client.get("/sleutel")
    before = client.get_cookie("onsplan")
    type_key(client, card.number, " ".join(card.words))
    after = client.get_cookie("onsplan")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    client.set_cookie("onsplan", before.value)
    assert client.get(f"/p/{cast.plan}/").status_code == 404


def test_a_card_adds_a_plan_to_a_browser_that_opens_another(cast: Cast, card: CardSecret) -> None:
    lies = cast.client_of("lies")
    assert type_key(lies, card.number, " ".join(card.words)).status_code == 303
    assert lies.get(f"/p/{cast.plan}/").status_code == 200
    assert lies.get(f"/p/{cast.elsewhere}/").status_code == 200


def test_a_plan_stays_closed_without_a_key(cast: Cast, client: FlaskClient) -> None:
    assert client.get(f"/p/{cast.plan}/").status_code == 404


def test_a_phone_is_told_apart_by_what_it_runs_on(
    cast: Cast, card: CardSecret, client: FlaskClient, app: Flask
) -> None:
    client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1"
    type_key(client, card.number, " ".join(card.words))
    with app.test_request_context():
        assert [device.name for device in accounts.store.devices(cast.sara)] == ["iPhone"]


def test_no_secret_reaches_the_log(card: CardSecret, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    type_key(client, card.number, "een twee drie")
    type_key(client, card.number, " ".join(card.words))
    for secret in (card.number, *card.words):
        assert secret not in caplog.text


def test_the_open_pages_are_valid_and_private(client: FlaskClient, valid_html: Callable[[str], None]) -> None:
    for path in ("/sleutel", "/kaart/123412341234", "/kaart/x", "/welkom/abc"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        assert "noindex" in answer.headers["X-Robots-Tag"]
        valid_html(answer.text)


def test_ten_wrong_keys_make_that_phone_wait_and_no_other_behind_the_same_address(
    card: CardSecret, app: Flask, client: FlaskClient
) -> None:
    with time_machine.travel(MORNING, tick=False):
        for turn in range(MOST):
            assert type_key(client, f"{turn:012d}", "een twee drie").status_code == 422
        assert type_key(client, card.number, " ".join(card.words)).status_code == 429
        assert type_key(app.test_client(), card.number, " ".join(card.words)).status_code == 303


def test_a_phone_that_only_guessed_wrong_keeps_its_mark_no_longer_than_that_counts(client: FlaskClient) -> None:
    answer = type_key(client, "000000000000", "een twee drie")
    marks = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("onsplan-device=")]
    assert len(marks) == 1
    assert "Max-Age=900;" in marks[0]

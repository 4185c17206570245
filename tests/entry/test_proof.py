"""An open phone in somebody else's hand: a password or an address changes only for who shows a key of a day ago."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.db import now
from tests.cast import Cast
from tests.entry.reading import form_to
from tests.entry.test_own_keys import (
    ADDRESS,
    GOOD,
    at,
    begun,
    keep_address,
    make_lock,
    outbox,
    set_password,
    sign_in,
    token_of,
)
from tests.support.authenticator import Authenticator

__all__ = ["outbox"]

pytestmark = pytest.mark.usefixtures("outbox")

OTHER = "een heel ander woord"
FIRST = "Geef eerst een sleutel die je al hebt."
CHANGED = "Je wachtwoord of je mailadres is veranderd."
DAY = timedelta(hours=24, minutes=1)
EVERY = ("sleutels/wachtwoord", "sleutels/adres")


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(now(), tick=False) as moved:
        yield moved


def send(client: FlaskClient, path: str, **typed: str) -> TestResponse:
    """A form sent past its page."""
    return client.post(path, data={"csrf_token": token_of(client), **typed})


def is_asked(cast: Cast, client: FlaskClient) -> bool:
    """Whether everything that changes a password or an address asks for a key first, and writes nothing."""
    answers = [
        *(client.get(at(cast, path)) for path in EVERY),
        send(client, at(cast, EVERY[0]), login="dief", password=OTHER),
        send(client, at(cast, EVERY[1]), email="dief@elders.example"),
        send(client, at(cast, "sleutels/wachtwoord/stop")),
    ]
    asked = {"/sleutels/eerst" in (answer.location or "") for answer in answers}
    assert len(asked) == 1
    return asked.pop()


def card_of(cast: Cast, client: FlaskClient) -> dict[str, str]:
    """A sleutelkaart that is kept, as its owner types it."""
    form_to(client.get(at(cast, "sleutelkaart")), "/sleutelkaart").send(client)
    page = client.get(at(cast, "sleutelkaart"))
    number = re.search(r"\d{4} \d{4} \d{4}", page.text)
    words = re.findall(r"<li>([a-z]+)</li>", page.text)[:3]
    assert number
    form_to(page, "/bewaard").send(client)
    return {"card_number": number[0], "card_words": " ".join(words)}


def show(cast: Cast, client: FlaskClient, **typed: str) -> TestResponse:
    page = client.get(at(cast, "sleutels/eerst?naar=wachtwoord"))
    return form_to(page, "/sleutels/eerst").send(client, **typed)


def show_lock(cast: Cast, client: FlaskClient, device: Authenticator) -> TestResponse:
    base = at(cast, "sleutels/eerst/slot")
    return send(client, base, answer=device.sign(begun(client, f"{base}/begin")), naar="wachtwoord")


@pytest.mark.both_databases
def test_who_has_a_password_types_it_before_another(cast: Cast, app: Flask, clock: Any) -> None:
    sara = cast.client_of("sara")
    set_password(cast, sara)
    keep_address(cast, sara)
    clock.shift(timedelta(minutes=11))
    assert is_asked(cast, sara)
    wrong = show(cast, sara, password=OTHER)
    assert wrong.status_code == 422
    assert "Dit wachtwoord is niet juist." in wrong.text
    assert OTHER not in wrong.text
    assert is_asked(cast, sara)
    shown = show(cast, sara, password=GOOD)
    assert (shown.status_code, shown.location) == (303, at(cast, "sleutels/wachtwoord"))
    assert set_password(cast, sara, password=OTHER).location == at(cast, "binnen")
    assert sign_in(app.test_client()).status_code == 422
    assert sign_in(app.test_client(), password=OTHER).status_code == 303
    # What was shown counts for ten minutes, in that browser.
    assert cast.client_of("sara").get(at(cast, "sleutels/adres")).status_code == 303
    clock.shift(timedelta(minutes=11))
    assert is_asked(cast, sara)


def test_guesses_at_that_password_are_counted_as_any_other(cast: Cast) -> None:
    sara = cast.client_of("sara")
    set_password(cast, sara)
    other = cast.client_of("sara")
    answers = [show(cast, other, password=OTHER).status_code for _guess in range(12)]
    assert answers == [422] * 10 + [429] * 2


@pytest.mark.both_databases
def test_a_card_of_a_day_ago_will_do_and_nobody_elses(cast: Cast, clock: Any) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    own, his = card_of(cast, sara), card_of(cast, jef)
    assert not is_asked(cast, cast.client_of("jef"))
    clock.shift(DAY)
    # Who was in the page that made the first password was asked nothing; from now on they are.
    phone = cast.client_of("sara")
    assert FIRST in phone.get(at(cast, "sleutels/eerst?naar=adres")).text
    assert is_asked(cast, phone)
    for wrong in (his, {**own, "card_words": "een twee drie"}, {"card_number": "", "card_words": ""}):
        assert show(cast, phone, **wrong).status_code == 422
        assert is_asked(cast, phone)
    assert show(cast, phone, **own).status_code == 303
    assert not is_asked(cast, phone)


def test_a_passkey_of_a_day_ago_will_do_and_one_just_made_will_not(cast: Cast, clock: Any) -> None:
    sara, old, new = cast.client_of("sara"), Authenticator(), Authenticator()
    make_lock(sara, at(cast, "sleutels/slot"), old)
    clock.shift(DAY)
    phone = cast.client_of("sara")
    assert is_asked(cast, phone)
    # Who holds the phone makes keys of their own there.
    assert make_lock(phone, at(cast, "sleutels/slot"), new).status_code == 303
    fresh = card_of(cast, phone)
    assert show_lock(cast, phone, new).status_code == 422
    assert send(phone, at(cast, "sleutels/eerst"), **fresh).status_code == 422
    assert is_asked(cast, phone)
    assert show_lock(cast, phone, old).location == at(cast, "sleutels/wachtwoord")
    assert not is_asked(cast, phone)


@pytest.mark.both_databases
@pytest.mark.parametrize("sort", ["card", "lock"])
def test_stopping_a_key_is_no_way_around_it(cast: Cast, clock: Any, sort: str) -> None:
    jef = cast.client_of("jef")
    if sort == "card":
        card_of(cast, jef)
    else:
        make_lock(jef, at(cast, "sleutels/slot"), Authenticator())
    clock.shift(DAY)
    phone = cast.client_of("jef")
    page = phone.get(at(cast, "binnen"))
    where = "sleutelkaarten" if sort == "card" else "sleutels/slot"
    stops = re.findall(rf'action="([^"]+/{where}/[^"]+/stop)"', page.text)
    assert stops
    assert {form_to(page, stop).send(phone).status_code for stop in stops} == {303}
    assert is_asked(cast, phone)
    assert "Je stopte net een sleutel." in phone.get(at(cast, "sleutels/eerst")).text
    assert send(phone, at(cast, "sleutels/eerst"), password=GOOD).status_code == 422
    clock.shift(DAY)
    assert not is_asked(cast, phone)


def test_the_pages_of_an_account_ask_for_a_card_of_its_plan_too(cast: Cast, clock: Any) -> None:
    """A passkey that was just made gives an account, and with it the pages that show no plan."""
    card_of(cast, cast.client_of("sara"))
    clock.shift(DAY)
    phone = cast.client_of("sara")
    make_lock(phone, at(cast, "sleutels/slot"), Authenticator())
    for path in ("wachtwoord", "adres"):
        assert phone.get(f"/jij/sleutels/{path}").location.startswith("/jij/sleutels/eerst")
    answer = send(phone, "/jij/sleutels/wachtwoord", login="dief", password=OTHER)
    assert answer.location.startswith("/jij/sleutels/eerst")


# ---- told on the other devices ---------------------------------------------------------------------------------------


def test_another_address_is_told_on_the_other_devices_and_stopped_there(cast: Cast) -> None:
    first, second = cast.client_of("sara"), cast.client_of("sara")
    keep_address(cast, second)
    assert CHANGED in first.get(at(cast)).text
    assert CHANGED not in second.get(at(cast)).text
    assert CHANGED not in cast.client_of("jef").get(at(cast)).text
    page = first.get(at(cast, "binnen"))
    assert ADDRESS in page.text
    # Not by the browser that did it.
    send(second, at(cast, "sleutels/adres/van-mij"))
    send(second, at(cast, "sleutels/adres/stop"))
    assert CHANGED in first.get(at(cast)).text
    assert form_to(page, "/sleutels/adres/stop").send(first).status_code == 303
    assert CHANGED not in first.get(at(cast)).text
    assert form_to(second.get(at(cast, "sleutels/adres")), "/sleutels/adres").value("email") == ""


def test_another_password_is_told_there_and_stopped_without_a_key(cast: Cast, app: Flask) -> None:
    first, second = cast.client_of("sara"), cast.client_of("sara")
    set_password(cast, second)
    assert CHANGED in first.get(at(cast)).text
    page = first.get(at(cast, "binnen"))
    assert "Dit wachtwoord is nieuw." in page.text
    assert form_to(page, "/sleutels/wachtwoord/stop").send(first).status_code == 303
    assert sign_in(app.test_client()).status_code == 422
    assert CHANGED not in first.get(at(cast)).text


@pytest.mark.parametrize("path", EVERY)
def test_who_did_it_says_so_once(cast: Cast, path: str) -> None:
    first, second = cast.client_of("sara"), cast.client_of("sara")
    (set_password if "wachtwoord" in path else keep_address)(cast, second)
    page = first.get(at(cast, "binnen"))
    assert form_to(page, f"/{path}/van-mij").send(first).status_code == 303
    assert CHANGED not in first.get(at(cast)).text
    assert f"/{path}/van-mij" not in first.get(at(cast, "binnen")).text


def test_one_device_tells_itself_nothing(cast: Cast) -> None:
    jef = cast.client_of("jef")
    set_password(cast, jef)
    keep_address(cast, jef)
    assert CHANGED not in jef.get(at(cast)).text

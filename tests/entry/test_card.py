"""An own sleutelkaart: shown while its browser holds it, on paper too, and stopped by its member only."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts import store
from app.accounts.nouns import CardSecret
from tests.cast import Cast
from tests.entry.reading import form_to
from tests.support import paper as reading

ADDRESS = "http://localhost:8000"


def make(cast: Cast, client: FlaskClient) -> TestResponse:
    answer = form_to(client.get(f"/p/{cast.plan}/sleutelkaart"), "/sleutelkaart").send(client)
    assert answer.status_code == 303
    return client.get(answer.location)


@pytest.fixture
def secrets_made(monkeypatch: pytest.MonkeyPatch) -> list[CardSecret]:
    """What each new card says, as only its own page knows."""
    from app.accounts import commands

    made: list[CardSecret] = []
    real = commands.make_card

    def noting(*arguments: Any) -> CardSecret:
        made.append(real(*arguments))
        return made[-1]

    monkeypatch.setattr(commands, "make_card", noting)
    return made


def cards(cast: Cast, app: Flask) -> set[UUID]:
    with app.test_request_context():
        return {card.id for card in store.cards(cast.sara)}


def test_a_new_card_shows_its_number_its_words_and_its_code(cast: Cast, secrets_made: list[CardSecret]) -> None:
    page = make(cast, cast.client_of("sara")).text
    [card] = secrets_made
    assert f"{card.number[:4]} {card.number[4:8]} {card.number[8:]}" in page
    for word in card.words:
        assert f"<li>{word}</li>" in page
    for words in ("Dit is je sleutelkaart", "Maak er een foto van.", "Druk af", "Ik heb ze bewaard"):
        assert words in page


def test_the_card_survives_a_reload_for_half_an_hour_in_its_own_browser_only(
    cast: Cast, secrets_made: list[CardSecret]
) -> None:
    with time_machine.travel("2026-03-01T09:00:00+00:00", tick=False) as clock:
        sara, address = cast.client_of("sara"), f"/p/{cast.plan}/sleutelkaart"
        make(cast, sara)
        [card] = secrets_made
        clock.shift(29 * 60)
        assert card.words[0] in sara.get(address).text
        assert card.words[0] not in cast.client_of("sara").get(address).text
        clock.shift(2 * 60)
        assert "Maak je sleutelkaart" in sara.get(address).text


def test_who_comes_after_in_the_same_browser_does_not_see_the_card(cast: Cast, secrets_made: list[CardSecret]) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    make(cast, sara)
    for cookie in sara._cookies.values():  # type: ignore[union-attr]
        if cookie.key != "onsplan":
            jef.set_cookie(cookie.key, cookie.value, path=cookie.path)
    assert secrets_made[0].words[0] not in jef.get(f"/p/{cast.plan}/sleutelkaart").text


def test_looking_makes_no_card(cast: Cast, app: Flask) -> None:
    before = cards(cast, app)
    assert "Maak je sleutelkaart" in cast.client_of("sara").get(f"/p/{cast.plan}/sleutelkaart").text
    assert cards(cast, app) == before


@pytest.mark.both_databases
def test_a_double_tap_makes_one_card_and_shows_that_one(cast: Cast, app: Flask, secrets_made: list[CardSecret]) -> None:
    sara, before = cast.client_of("sara"), cards(cast, app)
    form = form_to(sara.get(f"/p/{cast.plan}/sleutelkaart"), "/sleutelkaart")
    form.send(sara)
    form.send(sara)
    assert secrets_made[0] == secrets_made[1]
    assert cards(cast, app) == before | {secrets_made[0].card}


@pytest.mark.both_databases
def test_kept_means_a_way_back_and_the_browser_shows_it_no_more(
    cast: Cast, app: Flask, secrets_made: list[CardSecret]
) -> None:
    sara = cast.client_of("sara")
    home = f"/p/{cast.plan}/"
    # Jef has a key too: this phone is not the only one that opens the plan.
    warning = "Jij hebt nog geen sleutelkaart. Maak er een."
    assert warning in sara.get(f"{home}?alles=1").text
    page = make(cast, sara)
    assert warning in sara.get(f"{home}?alles=1").text
    assert form_to(page, "/bewaard").send(sara).location == home
    assert warning not in sara.get(f"{home}?alles=1").text
    # One word of the three may stand on any page by chance.
    again = sara.get(f"/p/{cast.plan}/sleutelkaart").text
    assert not all(word in again for word in secrets_made[0].words)
    with app.test_request_context():
        assert store.has_way_back(cast.sara)


def test_the_code_holds_the_address_of_this_server_whatever_host_was_asked(
    cast: Cast, secrets_made: list[CardSecret], monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.web import qr

    drawn: list[str] = []
    real = qr.svg
    monkeypatch.setattr(qr, "svg", lambda text, label="": drawn.append(text) or real(text, label))
    sara = cast.client_of("sara")
    make(cast, sara)
    sara.get(f"/p/{cast.plan}/sleutelkaart", headers={"Host": "evil.example"})
    assert set(drawn) == {f"{ADDRESS}/kaart/{secrets_made[0].number}"}


# ---- paper -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def paper(cast: Cast, secrets_made: list[CardSecret]) -> Iterator[tuple[bytes, CardSecret]]:
    sara = cast.client_of("sara")
    make(cast, sara)
    answer = sara.get(f"/p/{cast.plan}/sleutelkaart/afdruk")
    assert answer.mimetype == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    return iter([(answer.data, secrets_made[0])])


@pytest.fixture
def sheet(paper: Iterator[tuple[bytes, CardSecret]]) -> tuple[bytes, CardSecret]:
    return next(paper)


def test_the_paper_says_the_number_and_the_words(sheet: tuple[bytes, CardSecret]) -> None:
    data, card = sheet
    text = reading.text(data)
    assert f"{card.number[:4]} {card.number[4:8]} {card.number[8:]}" in text
    for word in card.words:
        assert word in text
    assert "localhost:8000/sleutel" in text


def test_the_paper_is_one_tagged_page_in_dutch_with_a_title(sheet: tuple[bytes, CardSecret]) -> None:
    told = reading.told(sheet[0])
    assert reading.pages(sheet[0]) == 1
    assert (told["lang"], told["title"], told["part"]) == ("nl-BE", "Sleutelkaart", "1")
    assert told["marked"] == told["shows its title"] == "True"
    assert ("Figure", "Code met het nummer van je kaart") in reading.tags(sheet[0])
    assert {"H1", "H2", "P", "L"} <= {tag for tag, _alt in reading.tags(sheet[0])}
    assert not reading.untagged(sheet[0])


def test_every_font_is_in_the_paper_and_ours(sheet: tuple[bytes, CardSecret]) -> None:
    fonts = reading.fonts(sheet[0])
    assert all(fonts.values())
    assert {name.partition("+")[2].partition("-")[0] for name in fonts} <= {"Familjen", "Atkinson"}


@pytest.mark.both_databases
def test_the_code_on_paper_is_read_by_a_phone(sheet: tuple[bytes, CardSecret]) -> None:
    data, card = sheet
    assert reading.codes(data) == [f"{ADDRESS}/kaart/{card.number}"]


def test_without_the_card_in_this_browser_there_is_no_paper(cast: Cast, secrets_made: list[CardSecret]) -> None:
    make(cast, cast.client_of("sara"))
    answer = cast.client_of("sara").get(f"/p/{cast.plan}/sleutelkaart/afdruk")
    assert answer.location == f"/p/{cast.plan}/sleutelkaart"
    assert secrets_made


# ---- whose it is -----------------------------------------------------------------------------------------------------


def test_who_is_no_member_finds_no_page_of_cards(cast: Cast) -> None:
    for who in ("oma", "els", "stopped", "expired", "lies", "nobody"):
        client = cast.client_of(who)
        for page in ("sleutelkaart", "sleutelkaart/afdruk"):
            assert client.get(f"/p/{cast.plan}/{page}").status_code == 404, (who, page)


def test_a_meehelper_makes_an_own_card(cast: Cast) -> None:
    assert "Dit is je sleutelkaart" in make(cast, cast.client_of("nele")).text


def test_nobody_else_stops_or_keeps_a_card(cast: Cast, app: Flask, secrets_made: list[CardSecret]) -> None:
    make(cast, cast.client_of("sara"))
    app.config["WTF_CSRF_ENABLED"] = False
    for who in ("jef", "nele", "oma", "els", "lies", "nobody"):
        client = cast.client_of(who)
        for act in ("stop", "bewaard"):
            answer = client.post(f"/p/{cast.plan}/sleutelkaarten/{secrets_made[0].card}/{act}")
            assert answer.status_code in {401, 404}, (who, act)
    assert secrets_made[0].card in cards(cast, app)
    with app.test_request_context():
        assert not store.has_way_back(cast.sara)


def test_the_pages_of_a_card_are_valid(cast: Cast, valid_html: Callable[[str], None]) -> None:
    sara = cast.client_of("sara")
    valid_html(sara.get(f"/p/{cast.plan}/sleutelkaart").text)
    valid_html(make(cast, sara).text)

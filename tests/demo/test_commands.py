"""The demo family: whole, and each way in opens what it should and no more."""

import re
from functools import cache
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.demo import nouns
from app.demo.commands import make
from app.media import commands as media
from app.media import pixels
from tests.support.pages import form, said

ADDRESS = "http://localhost:8000"
# The demo family hangs the same pictures each time: each is drawn once in a process of its own, then known.
DRAWN = cache(pixels.redraw)


@pytest.fixture
def ways(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(media, "redraw", DRAWN)
    with app.app_context():
        return make()


def path(address: str) -> str:
    return address.removeprefix(ADDRESS)


def came_in(app: Flask, way: dict[str, Any]) -> FlaskClient:
    """A browser with the cookie of a way in."""
    client = app.test_client()
    client.set_cookie(way["cookie"]["name"], way["cookie"]["value"])
    return client


@pytest.mark.both_databases
def test_the_whole_family_is_there(app: Flask, ways: dict[str, Any]) -> None:
    sara, home = came_in(app, ways["parent"]), path(ways["plan"])
    pages = {name: said(sara.get(home + name).text) for name in ("", "mensen", "doelen", "afspraken", "over", "huizen")}
    assert nouns.FAMILY in pages[""]
    assert all(somebody.name in pages["mensen"] for somebody in nouns.PEOPLE)
    assert all(wanted.words in pages["doelen"] for wanted in nouns.GOALS)
    assert all(agreed.words in pages["afspraken"] for agreed in nouns.AGREEMENTS)
    assert "Kaat ophalen aan school" in pages[""]
    assert "Thuis" in pages["huizen"]
    assert f'value="{nouns.SIGNED_UP_BY}"' in sara.get(home + "over").text


def test_the_family_has_a_past_to_look_back_at(app: Flask, ways: dict[str, Any]) -> None:
    text = said(came_in(app, ways["parent"]).get(path(ways["plan"]) + "terugblik").text)
    begin, here = text.split("Nu, ", 1)
    assert nouns.GOALS[0].first in begin
    assert nouns.GOALS[0].words in here
    assert "Er kwamen mensen bij Moeke en Mevrouw Knapen" in re.sub(r"\b[A-Z]{1,2} (?=[A-Z])", "", here)
    done = ("Boekentas ’s avonds klaar", "Een hoekje om te lezen", "Prenten maken", "Samen pannenkoeken bakken")
    assert [here.index(words) for words in done] == sorted(here.index(words) for words in done)
    assert "Vandaag" not in here


@pytest.mark.both_databases
def test_every_cookie_opens_its_own_page(app: Flask, ways: dict[str, Any]) -> None:
    keyed = ["parent", "other_parent", "meehelper", "child", "young_person", "guest", "guest_alone", "link", "stranger"]
    found = {who: came_in(app, ways[who]).get(path(ways[who]["address"])).status_code for who in keyed}
    assert found == dict.fromkeys(keyed, 200)


def test_every_card_opens_its_own_page_in_another_browser(app: Flask, ways: dict[str, Any]) -> None:
    for who in ("parent", "other_parent", "meehelper", "stranger"):
        client, card = app.test_client(), ways[who]["card"]
        page = client.get(path(card["address"])).text
        sent = {**form(page, "/sleutel"), "card_number": card["number"], "card_words": card["words"]}
        assert client.post("/sleutel", data=sent).status_code == 303, who
        assert client.get(path(ways[who]["address"])).status_code == 200, who


def test_omas_link_opens_what_is_hers_and_nothing_of_the_family(app: Flask, ways: dict[str, Any]) -> None:
    oma, link = app.test_client(), path(ways["link"]["link"])
    page = oma.get(link).text
    assert oma.post(link, data=form(page, link)).status_code == 303
    seen = said(oma.get(path(ways["link"]["address"])).text)
    assert "Taart bakken met Kaat" in seen
    assert oma.get(path(ways["plan"])).status_code == 404


def test_the_stranger_sees_nothing_of_it(app: Flask, ways: dict[str, Any]) -> None:
    lies = came_in(app, ways["stranger"])
    assert lies.get(path(ways["plan"])).status_code == 404
    assert lies.get(path(ways["link"]["address"])).status_code == 404


def test_the_host_has_a_health_page(app: Flask, ways: dict[str, Any]) -> None:
    assert app.test_client().get(path(ways["host"]["address"])).text == "ok"


def test_each_demo_is_another_family(app: Flask, ways: dict[str, Any]) -> None:
    with app.app_context():
        assert make()["plan"] != ways["plan"]


def test_lisa_is_a_guest_who_proposes_and_the_family_reads_it(app: Flask, ways: dict[str, Any]) -> None:
    home = path(ways["plan"])
    assert "Samen praten over de ochtend" in said(came_in(app, ways["parent"]).get(home + "voorstellen").text)
    assert "Samen praten over de ochtend" in said(came_in(app, ways["other_parent"]).get(home + "voorstellen").text)
    page = said(came_in(app, ways["guest"]).get(home).text)
    assert nouns.GOALS[0].words in page
    assert nouns.SIGNED_UP_QUESTION not in page


def test_bert_is_saras_guest_and_nothing_of_him_is_there_for_jef(app: Flask, ways: dict[str, Any]) -> None:
    home = path(ways["plan"])
    assert "Meer tijd voor mezelf" in said(came_in(app, ways["guest_alone"]).get(home).text)
    for page in ("", "mensen", "doelen", "voorstellen", "wie-ziet-wat", "wie-keek", "binnen"):
        text = said(came_in(app, ways["other_parent"]).get(home + page).text)
        assert not [word for word in ("Bert", "Meer tijd voor mezelf", "wandelen") if word in text], page


def test_tom_left_and_finds_nothing(app: Flask, ways: dict[str, Any]) -> None:
    tom = came_in(app, ways["former_guest"])
    assert tom.get(path(ways["former_guest"]["address"])).status_code == 404


def test_kaat_finds_her_day_her_week_and_where_she_sleeps(app: Flask, ways: dict[str, Any]) -> None:
    kaat = came_in(app, ways["child"])
    today = said(kaat.get(path(ways["child"]["address"])).text)
    assert "Dag Kaat!" in today
    assert "De tafel dekken" in today
    week = said(kaat.get(path(ways["child"]["address"]) + "/week").text)
    assert week.count("Thuis") == 5
    assert week.count("Bij Oma") == 2
    mil = said(came_in(app, ways["young_person"]).get(path(ways["young_person"]["address"])).text)
    assert "Dag Mil!" in mil

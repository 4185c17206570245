"""Taken away: a way back beside the message, and no lost words for who was writing in it just then."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.support.pages import said

TYPED = "Elke zondag naar het bos"
GONE = "Iemand haalde dit net weg. Wat jij schreef, staat hier nog."


@pytest.fixture(autouse=True)
def tokens_off(app: Flask) -> None:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False


def _at(place: str, name: str) -> Callable[[Cast], str]:
    return lambda cast: f"/p/{cast.plan}/{place}/{cast.id(name)}"


# Where something is changed, how it is taken away, and the field of its words.
THINGS: dict[str, tuple[Callable[[Cast], str], Callable[[Cast], str], str]] = {
    "goal": (_at("doelen", "goal of us"), _at("doelen", "goal of us"), "words"),
    "step": (_at("stappen", "step of us"), _at("stappen", "step of us"), "words"),
    "step of a goal": (_at("stappen", "step of us"), _at("doelen", "goal of us"), "words"),
    "agreement": (_at("afspraken", "agreement of oma"), _at("afspraken", "agreement of oma"), "words"),
    "home": (_at("huizen", "home"), _at("huizen", "home"), "name"),
}
everything = pytest.mark.parametrize(("changed", "removed", "field"), THINGS.values(), ids=THINGS)


def fields(page: str) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page[page.index("<main") :]):
        found.setdefault(name, []).append(unescape(value))
    return found


def began(client: FlaskClient, address: str, field: str) -> dict[str, Any]:
    """A form that somebody has open, with other words typed in it."""
    seen = {k: v for k, v in fields(client.get(f"{address}/verander").text).items() if k.startswith(("was_", "ver"))}
    untouched = {name.removeprefix("was_"): value for name, value in seen.items() if name.startswith("was_")}
    return {**untouched, **seen, field: TYPED, "form_key": uuid4().hex}


@everything
def test_who_writes_in_what_was_taken_away_keeps_the_words_and_can_put_it_back(
    cast: Cast, changed: Callable[[Cast], str], removed: Callable[[Cast], str], field: str
) -> None:
    sara, jef, address = cast.client_of("sara"), cast.client_of("jef"), changed(cast)
    typed = began(jef, address, field)
    assert sara.post(f"{removed(cast)}/weg").status_code == 303
    refused = jef.post(f"{address}/verander", data=typed)
    assert refused.status_code == 409
    assert GONE in said(refused.text)
    assert TYPED in refused.text
    back = re.search(r'action="([^"]+/terug)"', refused.text)
    assert back
    again = jef.post(back[1], data=fields(refused.text))
    assert again.status_code == 200
    assert "Dit staat weer in ons plan. Bewaar nu wat je schreef." in again.text
    assert TYPED in again.text
    assert jef.post(f"{address}/verander", data=fields(again.text)).status_code == 303
    assert TYPED in jef.get(f"{address}/verander").text


@pytest.mark.parametrize("who", ["oma", "lies", "nobody"])
def test_who_could_not_see_it_learns_nothing(cast: Cast, who: str) -> None:
    address = _at("doelen", "goal of us")(cast) + "/verander"
    assert cast.client_of("sara").post(_at("doelen", "goal of us")(cast) + "/weg").status_code == 303
    sent = {"words": TYPED, "version": "1"}
    there = cast.client_of(who).post(address, data=sent)
    never = cast.client_of(who).post(f"/p/{cast.plan}/doelen/{uuid4()}/verander", data=sent)
    assert there.status_code == never.status_code
    assert GONE not in said(there.text)


def test_who_looks_through_a_link_cannot_tell_taken_away_from_hidden(cast: Cast) -> None:
    oma = cast.client_of("oma")
    own = f"/p/{cast.plan}/voor/{cast.actors['oma'].seat}/afspraken"
    address = f"{own}/{cast.id('agreement of oma')}/{cast.day}/gelukt"
    assert cast.client_of("sara").post(_at("afspraken", "agreement of oma")(cast) + "/weg").status_code == 303
    sent = {"words": TYPED, "version": "1", "form_key": uuid4().hex}
    there, never = oma.post(address, data=sent), oma.post(f"{own}/{uuid4()}/{cast.day}/gelukt", data=sent)
    assert there.status_code == never.status_code == 404
    assert GONE not in there.text


def test_what_the_other_parent_keeps_stays_not_there(cast: Cast) -> None:
    address = _at("doelen", "goal alone")(cast)
    assert cast.client_of("sara").post(f"{address}/weg").status_code == 303
    answer = cast.client_of("jef").post(f"{address}/verander", data={"words": TYPED, "version": "1"})
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["goal", "step", "agreement", "home"])
def test_beside_the_message_stands_a_way_back(cast: Cast, name: str) -> None:
    sara, address = cast.client_of("sara"), THINGS[name][0](cast)
    page = sara.get(str(sara.post(f"{address}/weg").location)).text
    undo = re.search(r'action="([^"]+/toch-niet)"', page)
    assert undo
    assert "Weggehaald." in page
    answer = sara.post(undo[1], data={"form_key": uuid4().hex, "back": "1"})
    assert answer.status_code == 303
    assert "/veranderd" not in answer.location
    assert "Dit staat weer zoals eerst." in sara.get(str(answer.location)).text
    assert sara.get(f"{address}/verander").status_code == 200


def test_taken_away_twice_offers_one_way_back(cast: Cast) -> None:
    sara, address = cast.client_of("sara"), _at("afspraken", "agreement of oma")(cast)
    sara.get(str(sara.post(f"{address}/weg").location))
    page = sara.get(str(sara.post(f"{address}/weg").location)).text
    assert "toch-niet" not in page

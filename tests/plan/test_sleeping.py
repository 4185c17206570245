"""The nights of a child through the pages of the homes."""

import re
from typing import Any

import pytest

from tests.cast import Cast

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def tokens_off(app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def nights(cast: Cast, who: str = "kaat") -> str:
    return f"/p/{cast.plan}/huizen/{cast.id('home')}/nachten/{cast.people[who]}"


def tell(cast: Cast, who: str = "sara", **given: Any) -> Any:
    page = cast.client_of(who).get(nights(cast)).text
    version = re.search(r'name="version" value="(\d+)"', page)
    was = re.findall(r'name="(was_\w+)" value="([^"]*)"', page)
    assert version
    return cast.client_of(who).post(nights(cast), data={"version": version[1], **dict(was), **given})


def test_a_parent_tells_the_nights_and_the_child_reads_them(cast: Cast) -> None:
    assert tell(cast, weekdays=["0", "1", "2", "3", "4", "5", "6"]).status_code == 303
    assert "Kaat: elke nacht" in cast.client_of("jef").get(f"/p/{cast.plan}/huizen").text
    assert "Bij de Tapuit" in cast.client_of("kaat").get(f"/p/{cast.plan}/mij").text
    told = cast.client_of("sara").get(f"/p/{cast.plan}/veranderd").text
    assert "elke nacht" in told


def test_one_night_is_otherwise_and_right_again(cast: Cast) -> None:
    tell(cast, weekdays=["0"], night="2031-05-05", there="no")
    page = cast.client_of("sara").get(nights(cast)).text
    assert "maandag 5 mei: niet hier" in page
    assert re.search(r'name="kept" value="2031-05-05"[^>]*checked', page)
    tell(cast, weekdays=["0"])
    assert "5 mei" not in cast.client_of("sara").get(nights(cast)).text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Kies een nacht. Meer nachten mag ook."),
        ({"weekdays": ["4"], "every": "2"}, "Kies op welke dag zo’n week begint."),
        ({"weekdays": ["4"], "every": "7", "first": "2026-12-04"}, "Kies om de hoeveel weken."),
        ({"weekdays": ["4"], "first": "ooit"}, "Schrijf de dag zo: 15/1/2026."),
    ],
)
def test_what_does_not_say_enough_is_asked_again(cast: Cast, given: dict[str, Any], said: str) -> None:
    answer = tell(cast, **given)
    assert answer.status_code == 422
    assert said in answer.text


def test_two_who_tell_at_once_see_both(cast: Cast) -> None:
    page = cast.client_of("jef").get(nights(cast)).text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    tell(cast, weekdays=["1"])
    late = {"version": version[1], "was_every": "1", "every": "1", "was_there": "yes", "weekdays": ["2"]}
    answer = cast.client_of("jef").post(nights(cast), data=late)
    assert answer.status_code == 422
    assert "dinsdag" in answer.text
    assert "woensdag" in answer.text


def test_it_can_be_taken_away(cast: Cast) -> None:
    tell(cast, weekdays=["1"])
    assert cast.client_of("jef").post(f"{nights(cast)}/weg").status_code == 303
    assert "Wanneer slaapt Kaat hier?" in cast.client_of("jef").get(f"/p/{cast.plan}/huizen").text


def test_who_does_not_sleep_there_has_no_nights_there(cast: Cast) -> None:
    assert cast.client_of("sara").get(nights(cast, "oma")).status_code == 404
    assert cast.client_of("sara").get(nights(cast, "mil")).status_code == 404


@pytest.mark.parametrize("who", ["nele", "kaat", "mil", "lisa", "oma", "lies", "nobody"])
def test_only_a_parent_tells_them(cast: Cast, who: str) -> None:
    assert cast.client_of(who).get(nights(cast)).status_code == 404

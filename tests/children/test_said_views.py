"""The pages of what a child says: two taps and no key from its first page, and nothing of it for anybody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.cast import Cast
from tests.childpages.test_code import emptied
from tests.sharing.pages import tokens_off

if TYPE_CHECKING:
    from uuid import UUID

    from flask.testing import FlaskClient

__all__ = ["tokens_off"]
pytestmark = pytest.mark.usefixtures("tokens_off")


def mij(cast: Cast, who: str = "kaat") -> str:
    return f"/p/{cast.actors[who].plan}/mij"


def feels(cast: Cast, client: FlaskClient, feeling: str = "sad") -> str:
    """A feeling is kept; where its child chooses who may see it."""
    answer = client.post(f"{mij(cast)}/voel", data={"feeling": feeling})
    assert answer.status_code == 303
    return str(answer.location)


def test_a_feeling_is_two_taps_and_no_key(cast: Cast) -> None:
    kaat = cast.client_of("kaat")
    page = kaat.get(f"{mij(cast)}/voel").text
    assert page.count('name="feeling"') == 8
    assert "Jij kiest wie dit ziet." in page
    who = feels(cast, kaat)
    chosen = kaat.post(f"{who}/{cast.people['jef']}/ja", follow_redirects=True).text
    assert "Jef ziet dit." in chosen


def test_nobody_stands_chosen_and_nobody_is_an_equal_choice(cast: Cast) -> None:
    kaat = cast.client_of("kaat")
    page = kaat.get(feels(cast, kaat)).text
    assert 'aria-pressed="true"' not in page
    assert "Niemand. Dit is van mij." in page
    assert page.index("Ben jij in gevaar? Dan vraagt") < page.index("Lisa Bosuil</span>")
    assert "kijkt met een link" in page


def test_of_who_does_not_look_in_any_more_it_is_not_said_that_they_see_it(cast: Cast) -> None:
    """Oma's link was stopped: "Iemand die hier niet staat, ziet dit." was no longer true."""
    kaat = cast.client_of("kaat")
    who = feels(cast, kaat)
    assert "oma" in kaat.post(f"{who}/{cast.people['oma']}/ja", follow_redirects=True).text.lower()
    cast.client_of("sara").post(f"/p/{cast.plan}/wie-ziet-wat/{cast.id('share oma')}/stop")
    mine = kaat.get(who.removesuffix("/wie")).text
    assert "Jij koos iemand die hier nu niet staat." in mine
    assert "ziet dit" not in mine


def test_who_says_nothing_keeps_nothing(cast: Cast) -> None:
    kaat = cast.client_of("kaat")
    before = kaat.get(f"{mij(cast)}/doos").text.count("own-card")
    answer = kaat.post(f"{mij(cast)}/voel", data={"feeling": "not_said"}, follow_redirects=True)
    assert "Dat mag." in answer.text
    assert kaat.get(f"{mij(cast)}/doos").text.count("own-card") == before


def test_something_else_is_a_word(cast: Cast) -> None:
    kaat = cast.client_of("kaat")
    assert kaat.post(f"{mij(cast)}/voel", data={"feeling": "other"}).location.endswith("/voel/anders")
    assert kaat.post(f"{mij(cast)}/voel/anders", data={"words": " "}).status_code == 422
    assert kaat.post(f"{mij(cast)}/voel/anders", data={"words": "Kriebels"}).status_code == 303
    assert "Kriebels" in kaat.get(f"{mij(cast)}/doos").text


def test_of_what_is_nice_what_is_not_and_what_it_dreams_of_a_child_says_each(cast: Cast) -> None:
    kaat = cast.client_of("kaat")
    page = kaat.get(f"{mij(cast)}/fijn").text
    for part, asks in (
        ("fijn", "Wat vind jij fijn?"),
        ("niet-fijn", "Wat vind jij niet fijn?"),
        ("droom", "Waar droom jij van?"),
    ):
        assert f'href="{mij(cast)}/fijn/{part}"' in page
        assert asks in kaat.get(f"{mij(cast)}/fijn/{part}").text


def test_the_box_shows_all_with_who_sees_each_and_what_was_said_back(cast: Cast) -> None:
    page = cast.client_of("kaat").get(f"{mij(cast)}/doos").text
    for canary in ("Ekster", "Gaai", "Kauw", "Roek", "Raaf", "Kruisbek"):
        assert canary in page
    assert "Veldleeuwerik" not in page
    assert "Niemand ziet dit. Het is van jou." in page
    assert "Sara zei iets terug." in page


def test_who_looked_stands_on_the_page_of_the_child_alone(cast: Cast) -> None:
    said = cast.id("said kaat to sara")
    kaat, sara = cast.client_of("kaat"), cast.client_of("sara")
    assert "Wie keek?" not in kaat.get(f"{mij(cast)}/zeg/{said}").text
    for _twice in range(2):
        assert "Gaai" in sara.get(f"/p/{cast.plan}/verteld/{said}").text
    page = kaat.get(f"{mij(cast)}/zeg/{said}").text
    assert "Wie keek?" in page
    assert page.count("<li>Sara:") == 1
    assert "Wie keek?" not in sara.get(f"/p/{cast.plan}/verteld/{said}").text


def test_a_look_that_cannot_be_noted_is_not_shown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.children import ledger

    def broken(_look: object) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr(ledger, "note", broken)
    sara = cast.client_of("sara")
    with pytest.raises(RuntimeError):
        sara.get(f"/p/{cast.plan}/verteld/{cast.id('said kaat to sara')}")


READERS = {"sara": "Gaai", "lisa": "Kauw"}


@pytest.mark.parametrize("who", READERS)
def test_whom_a_child_chose_finds_it_on_their_first_page_without_a_word_of_it(cast: Cast, who: str) -> None:
    client = cast.client_of(who)
    home = client.get(f"/p/{cast.plan}/").text
    assert "Kaat vertelt jou iets." in home
    assert READERS[who] not in home
    told = client.get(f"/p/{cast.plan}/verteld").text
    (said,) = set(re.findall(r"/verteld/([0-9a-f-]{36})", told)) - {str(cast.id("said kaat wishes"))}
    page = client.get(f"/p/{cast.plan}/verteld/{said}").text
    assert READERS[who] in page
    client.get(f"/p/{cast.plan}/verteld/{cast.id('said kaat wishes')}")
    assert "Kaat vertelt jou iets." not in client.get(f"/p/{cast.plan}/").text


def test_a_link_shows_its_holder_what_a_child_told_and_the_family_that_looks_at_it_nothing(cast: Cast) -> None:
    link = f"/p/{cast.plan}/voor/{cast.id('share oma')}"
    oma = cast.client_of("oma")
    assert "Kaat vertelt jou iets." in oma.get(link).text
    assert "Roek" in oma.get(f"{link}/verteld/{cast.id('said kaat to oma')}").text
    sara = cast.client_of("sara")
    seen = sara.get(f"/p/{cast.plan}/wie-ziet-wat/{cast.id('share oma')}/zo")
    assert "Dag Oma" in seen.text
    assert "vertelt jou" not in seen.text
    assert sara.get(f"{link}/verteld").status_code == 404


def test_a_family_that_looks_as_its_guest_does_meets_nothing_a_child_told(cast: Cast) -> None:
    from flask import url_for

    sara, assert_app = cast.client_of("sara"), cast.app
    assert assert_app is not None
    with assert_app.test_request_context():
        peek = url_for("sharing.peek", plan=cast.plan, share=cast.id("share lisa"), page="verteld")
    assert sara.get(peek).status_code == 404
    with assert_app.test_request_context():
        first = url_for("sharing.peek", plan=cast.plan, share=cast.id("share lisa"), page="doelen").removesuffix(
            "/doelen"
        )
    assert "vertelt jou" not in sara.get(first, follow_redirects=True).text


def test_an_answer_with_nothing_in_it_is_asked_for_above_the_form(cast: Cast) -> None:
    sara = cast.client_of("sara")
    answer = sara.post(f"/p/{cast.plan}/verteld/{cast.id('said kaat to sara')}/antwoord", data={"words": " "})
    assert answer.status_code == 422
    assert '<a href="#words">' in answer.text


def test_an_answer_is_for_the_child_and_for_who_wrote_it(cast: Cast) -> None:
    said = cast.id("said kaat to sara")
    with_jef = cast.client_of("kaat")
    with_jef.post(f"{mij(cast)}/zeg/{said}/wie/{cast.people['jef']}/ja")
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    address = f"/p/{cast.plan}/verteld/{said}"
    assert sara.post(f"{address}/antwoord", data={"words": ""}).status_code == 422
    assert sara.post(f"{address}/antwoord", data={"words": "Ik ben Papegaaiduiker"}).status_code == 303
    assert "Papegaaiduiker" in sara.get(address).text
    assert "Papegaaiduiker" not in jef.get(address).text
    assert "Papegaaiduiker" in cast.client_of("kaat").get(f"{mij(cast)}/zeg/{said}").text


def test_stop_means_stop_at_the_next_request(cast: Cast) -> None:
    said = cast.id("said kaat to sara")
    sara, address = cast.client_of("sara"), f"/p/{cast.plan}/verteld/{said}"
    assert sara.get(address).status_code == 200
    cast.client_of("kaat").post(f"{mij(cast)}/zeg/{said}/niemand")
    assert sara.get(address).status_code == 404
    assert sara.post(f"{address}/antwoord", data={"words": "Te laat"}).status_code == 404


def kept_of(cast: Cast) -> UUID:
    return cast.id("said kaat kept")


def test_put_away_and_back(cast: Cast) -> None:
    kaat, address = cast.client_of("kaat"), f"{mij(cast)}/zeg/{kept_of(cast)}"
    away = kaat.post(f"{address}/weg", follow_redirects=True).text
    assert "Weggelegd." in away
    assert f"{address}/terug" in away
    assert "Ekster" not in kaat.get(f"{mij(cast)}/doos").text
    assert "Ekster" in kaat.get(f"{mij(cast)}/doos/weg").text
    kaat.post(f"{address}/terug")
    assert "Ekster" in kaat.get(f"{mij(cast)}/doos").text


def test_from_the_box_a_child_says_or_makes_something_in_one_tap(cast: Cast) -> None:
    """Full or empty, at the same place, each with its picture."""
    kaat = cast.client_of("kaat")
    pages = [kaat.get(f"{mij(cast)}/doos").text]
    emptied(cast, "kaat")
    pages.append(kaat.get(f"{mij(cast)}/doos").text)
    assert "own-card" in pages[0]
    assert "Hier komt wat jij zegt of maakt." in pages[1]
    for page in pages:
        ways = re.findall(r'<a class="own-tile" href="([^"]+)"><span class="picture"><span[^>]+><img', page)
        assert ways[:3] == [f"{mij(cast)}/{way}" for way in ("voel", "fijn", "maak")]
        assert page.index("/mij/maak") < page.index('class="box"')

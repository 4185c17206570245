"""Moments through their pages: kept with a photo or with words, changed, taken away; and who sees them."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from app.moments import rules
from app.moments.rules import ON_A_PAGE, Reason
from tests.cast import Cast
from tests.moments.album import SOURCE, drawn_here, jpeg, send
from tests.sharing.pages import tokens_off

__all__ = ["drawn_here", "tokens_off"]

TODAY = date(2026, 11, 22)
WALL = "Onze foto’s"


@pytest.mark.parametrize(
    ("words", "day", "photo", "reason"),
    [
        ("Kaat tekende ons huis", None, False, None),
        ("", None, True, None),
        ("Een brief", TODAY, False, None),
        ("Een brief", date(2019, 1, 5), True, None),
        ("", None, False, Reason.NOTHING_TO_KEEP),
        ("", TODAY, False, Reason.NOTHING_TO_KEEP),
        ("Een brief", date(2026, 11, 23), True, Reason.NOT_YET),
    ],
)
def test_words_or_a_photo_of_a_day_that_came(words: str, day: date | None, photo: bool, reason: Reason | None) -> None:
    assert rules.why_not_keep(words, day, TODAY, medium=photo) is reason


@pytest.mark.parametrize(
    ("number", "count", "part"),
    [("1", 0, 1), ("1", 3, 1), ("2", 24, None), ("2", 25, 2), ("3", 48, None), ("3", 49, 3), ("0", 9, None),
     ("-1", 99, None), ("x", 99, None), ("", 99, None), ("999999999", 99, None)],
)  # fmt: skip
def test_a_wall_has_as_many_parts_as_it_needs(number: str, count: int, part: int | None) -> None:
    assert rules.part(number, count) == part


def keep(client: FlaskClient, cast: Cast, data: bytes | None = None, **fields: Any) -> Any:
    return send(client, f"/p/{cast.plan}/fotos", data, **{"words": "", "day": "", **fields})


def wall(cast: Cast, who: str = "sara", **query: Any) -> str:
    return cast.client_of(who).get(f"/p/{cast.plan}/fotos", query_string=query).text


@pytest.mark.both_databases
def test_a_drawing_is_kept_with_its_photo_and_seen_by_the_other_parent(cast: Cast) -> None:
    answer = keep(cast.client_of("sara"), cast, jpeg(), words="Kaat tekende een winterkoning", day="2026-11-02")
    assert answer.status_code == 303
    page = wall(cast, "jef")
    assert "Kaat tekende een winterkoning" in page
    assert "2 november" in page
    pictures = [found[1] for found in SOURCE.finditer(page)]
    got = [cast.client_of("jef").get(one) for one in pictures]
    assert pictures
    assert {(one.status_code, one.mimetype) for one in got} == {(200, "image/webp")}


def test_a_photo_without_words_has_a_name_in_the_list(cast: Cast) -> None:
    assert keep(cast.client_of("sara"), cast, jpeg()).status_code == 303
    assert '<span class="hidden">Een foto van ons</span>' in wall(cast, "sara")


@pytest.mark.both_databases
def test_the_same_form_sent_twice_keeps_one(cast: Cast) -> None:
    sara, key = cast.client_of("sara"), uuid4().hex
    for _again in range(2):
        assert keep(sara, cast, jpeg(), words="Eén winterkoning", form_key=key).status_code == 303
    assert wall(cast).count("Eén winterkoning") == 1


@pytest.mark.parametrize(
    ("fields", "data", "said"),
    [
        ({}, None, "Kies een foto, of schrijf iets op."),
        ({"words": "Een winterkoning", "day": "2999-01-01"}, None, "Die dag komt nog."),
        ({"words": "Een winterkoning", "day": "31/31/2026"}, None, "Schrijf de dag zo: 15/1/2026."),
        ({"words": "Een winterkoning"}, b"%PDF-1.7", "Dit bestand is geen foto."),
    ],
)
@pytest.mark.both_databases
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(
    cast: Cast, fields: dict[str, str], data: bytes | None, said: str
) -> None:
    before = wall(cast)
    answer = keep(cast.client_of("sara"), cast, data, **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert all(value in answer.text for value in fields.values())
    assert wall(cast).count('class="flap"') == before.count('class="flap"')


def moment(cast: Cast, name: str) -> str:
    return f"/p/{cast.plan}/fotos/{cast.id(f'moment {name}')}"


@pytest.mark.both_databases
def test_words_change_and_the_photo_stays(cast: Cast) -> None:
    sara, page = cast.client_of("sara"), moment(cast, "of us")
    form = {"words": "Een winterkoning", "day": "", "version": "1", "form_key": uuid4().hex}
    assert sara.post(f"{page}/verander", data=form).status_code == 303
    shown = sara.get(page).text
    assert "Een winterkoning" in shown
    assert SOURCE.search(shown)
    bare = form | {"words": "", "version": "2", "form_key": uuid4().hex}
    assert sara.post(f"{page}/verander", data=bare).status_code == 303


@pytest.mark.both_databases
def test_two_parents_who_write_at_once_both_keep_their_words(cast: Cast) -> None:
    page = moment(cast, "of us")
    for who, words in (("sara", "Een winterkoning"), ("jef", "Een roodborst")):
        form = {"words": words, "day": "", "version": "1", "was_words": "x", "form_key": uuid4().hex}
        answer = cast.client_of(who).post(f"{page}/verander", data=form)
    assert answer.status_code == 422
    assert "Een winterkoning" in answer.text
    assert "Een roodborst" in answer.text


@pytest.mark.both_databases
def test_what_was_taken_away_lies_in_the_bin_and_comes_back(cast: Cast) -> None:
    sara, page = cast.client_of("sara"), moment(cast, "of us")
    canary = cast.pieces["moment of us"].canary
    gone = sara.post(f"{page}/weg", data={"form_key": uuid4().hex}, follow_redirects=True)
    assert "Weggehaald." in gone.text
    assert canary not in gone.text.replace("Toch niet", "")
    assert canary in sara.get(f"/p/{cast.plan}/weggehaald").text
    assert sara.get(page).status_code == 404


@pytest.mark.parametrize(("who", "sees"), [("sara", {"of us", "with oma", "alone"}), ("jef", {"of us", "with oma"}),
                                           ("nele", set()), ("lisa", {"with oma"})])  # fmt: skip
def test_a_wall_holds_what_its_reader_sees_and_leaves_no_gap(cast: Cast, who: str, sees: set[str]) -> None:
    page = wall(cast, who)
    named = {name for name in ("of us", "with oma", "alone") if cast.pieces[f"moment {name}"].canary in page}
    assert named == sees
    assert page.count('class="flap"') == len(sees)


def test_oma_sees_the_one_that_was_shown_to_her_through_her_link(cast: Cast) -> None:
    page = cast.client_of("oma").get(f"/p/{cast.plan}/voor/{cast.id('share oma')}").text
    assert WALL in page
    assert cast.pieces["moment with oma"].canary in page
    assert cast.pieces["moment of us"].canary not in page
    pictures = [found[1] for found in SOURCE.finditer(page) if "/foto/moment/" in found[1]]
    assert len(pictures) == 1
    assert cast.client_of("oma").get(pictures[0]).status_code == 200


def test_many_are_shown_in_parts(cast: Cast) -> None:
    sara = cast.client_of("sara")
    for number in range(ON_A_PAGE):
        keep(sara, cast, None, words=f"Brief {number}", day="2020-01-05")
    first, second = wall(cast), wall(cast, deel=2)
    assert first.count('class="flap"') == ON_A_PAGE
    assert "deel=2" in first
    assert second.count('class="flap"') == 3
    assert sara.get(f"/p/{cast.plan}/fotos?deel=3").status_code == 404


def test_a_share_with_a_photo_in_it_is_offered_a_word(cast: Cast) -> None:
    """Design: access, Links."""
    address = f"/p/{cast.plan}/delen/{cast.people['els']}/zo"
    sara = cast.client_of("sara")
    shown = sara.get(address, query_string={"what": "photos", "length": "season"}).text
    assert "Spreek een woord af" in shown

"""The picture of a thing, through its pages: found, put there, shown, taken away; and by whom."""

import re
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.pictos import shelf
from app.web.picto import WithPicto, choices
from tests.cast import Cast
from tests.moments.album import drawn_here, put, there
from tests.policy.test_no_trace import counted
from tests.sharing.pages import tokens_off

__all__ = ["drawn_here", "tokens_off"]
pytestmark = pytest.mark.both_databases

ON = {
    "iemand": "person oma",
    "doel": "goal of us",
    "stap": "step of us",
    "afspraak": "agreement of oma",
    "moment": "moment of us",
    "huis": "home",
}
CREDIT = "Tekeningen: OpenMoji, CC BY-SA 4.0"
TILE = re.compile(r'<button class="pick[^"]*" type="submit" name="(picto|photo_of)" value="([^"]+)"')


def page_of(cast: Cast, name: str, word: str = "") -> str:
    """Where the picture on a piece is chosen."""
    word = word or next(one for one, piece in ON.items() if piece.split()[0] == name.split(maxsplit=1)[0])
    return f"/p/{cast.plan}/beeld/{word}/{cast.id(name)}"


def pick(cast: Cast, name: str, code: str, who: str = "sara", **fields: str) -> TestResponse:
    """Somebody taps a picture."""
    form = {"form_key": uuid4().hex, "picto": code, **fields}
    return cast.client_of(who).post(page_of(cast, name), data=form)


def bare(cast: Cast, name: str) -> None:
    """The cast has photos on its things: Sara takes this one away."""
    page = page_of(cast, name).replace("/beeld/", "/foto/")
    assert cast.client_of("sara").post(f"{page}/weg", data={"form_key": uuid4().hex}).status_code == 303


@pytest.mark.parametrize("word", ON)
def test_a_picture_is_on_a_thing_and_its_page_shows_it_and_says_whose_it_is(cast: Cast, word: str) -> None:
    sara, name = cast.client_of("sara"), ON[word]
    bare(cast, name)
    answer = sara.post(page_of(cast, name), data={"form_key": uuid4().hex, "picto": "1F3E0"})
    assert answer.status_code == 303
    page = sara.get(answer.location).text
    assert "Bewaard." in page
    found = re.search(r'<img[^>]*src="(/static/picto/1F3E0\.[0-9a-f]{10}\.svg)"[^>]*>', page)
    assert found is not None
    assert 'alt=""' in found[0]
    assert re.search(r'width="\d+" height="\d+"', found[0])
    assert CREDIT in page
    with sara.get(found[1]) as drawn:
        assert drawn.mimetype == "image/svg+xml"
        assert "immutable" in drawn.headers["Cache-Control"]


def test_a_page_without_a_picture_names_nobody(cast: Cast) -> None:
    assert CREDIT not in cast.client_of("sara").get(f"/p/{cast.plan}/doelen/{cast.id('goal of us')}").text


def test_the_picture_of_somebody_is_their_face_in_our_circles_each_time_the_page_opens(cast: Cast) -> None:
    sara = cast.client_of("sara")
    bare(cast, "person oma")
    assert "picto/" not in sara.get(f"/p/{cast.plan}/mensen").text
    for code in ("1F475", "1F474"):
        pick(cast, "person oma", code)
        for _time in range(2):
            page = sara.get(f"/p/{cast.plan}/mensen").text
            assert f"picto/{code}." in page
            assert CREDIT in page


@pytest.mark.parametrize("who", ["jef", "nele", "lisa"])
def test_who_sees_a_thing_sees_its_picture(cast: Cast, who: str) -> None:
    bare(cast, "goal of us")
    pick(cast, "goal of us", "1F415")
    assert "picto/1F415." in cast.client_of(who).get(f"/p/{cast.plan}/doelen/{cast.id('goal of us')}").text


@pytest.mark.parametrize("who", ["jef", "nele", "oma", "lisa", "lies", "nobody"])
def test_who_does_not_see_a_thing_chooses_no_picture_for_it(cast: Cast, who: str) -> None:
    assert cast.client_of(who).get(page_of(cast, "goal alone")).status_code == 404
    assert pick(cast, "goal alone", "1F415", who).status_code in {401, 404}


@pytest.mark.parametrize("who", ["lisa", "lies", "oma"])
def test_who_only_looks_chooses_nothing(cast: Cast, who: str) -> None:
    assert cast.client_of(who).get(page_of(cast, "goal of us")).status_code == 404
    assert pick(cast, "goal of us", "1F415", who).status_code in {401, 404}


@pytest.mark.parametrize("word", ["plan", "huis", "kaart", ""])
def test_what_has_no_picture_has_no_page_for_it(cast: Cast, word: str) -> None:
    sara = cast.client_of("sara")
    assert sara.get(f"/p/{cast.plan}/beeld/{word}/{cast.plan}").status_code == 404
    assert sara.get(f"/p/{cast.plan}/beeld/iemand/{cast.id('goal of us')}").status_code == 404


def test_the_page_shows_the_part_that_was_asked_for_and_every_other_one_is_a_tap_away(cast: Cast) -> None:
    sara, page = cast.client_of("sara"), page_of(cast, "goal of us")
    first = sara.get(page).text.partition('id="board"')[2]
    assert {code for name, code in TILE.findall(first) if name == "picto"} == {
        one.code for one in shelf.board()["gevoelens"]
    }
    assert re.findall(r'href="[^"]*\?groep=(\w+)"', first) == [str(group) for group in shelf.board()]
    money = sara.get(f"{page}?groep=geld").text
    assert {code for name, code in TILE.findall(money) if name == "picto"} == {
        one.code for one in shelf.board()["geld"]
    }
    assert sara.get(f"{page}?groep=nergens").status_code == 200


def test_words_find_pictures_on_the_page_and_in_the_part_that_htmx_asks_for(cast: Cast) -> None:
    sara, page = cast.client_of("sara"), page_of(cast, "goal of us")
    whole = sara.get(f"{page}?zoek=nonkel")
    part = sara.get(f"{page}?zoek=nonkel", headers={"HX-Request": "true"})
    assert [code for _name, code in TILE.findall(whole.text)] == ["1F471-200D-2642-FE0F"]
    assert TILE.findall(part.text) == TILE.findall(whole.text)
    assert part.text.lstrip().startswith('<section class="stack" id="board">')
    assert "Wij vonden geen beeld" in sara.get(f"{page}?zoek=qqqqqq").text


def test_hostile_words_are_only_words(cast: Cast) -> None:
    found = cast.client_of("sara").get(
        page_of(cast, "goal of us"), query_string={"zoek": '"><script>alert(1)</script>'}
    )
    assert found.status_code == 200
    assert "<script>alert" not in found.text


def test_one_picture_takes_the_place_of_another_and_can_be_taken_back_or_away(cast: Cast) -> None:
    pick(cast, "goal of us", "1F415")
    pick(cast, "goal of us", "1F408")
    assert _on(cast, "goal of us") == "1F408"
    sara = cast.client_of("sara")
    told = sara.get(f"/p/{cast.plan}/veranderd").text
    undo = re.findall(r'action="(/p/[^"]+/toch-niet)"', told)
    sara.post(undo[0], data={"form_key": uuid4().hex})
    assert _on(cast, "goal of us") == "1F415"
    assert "Haal het beeld weg" in sara.get(page_of(cast, "goal of us")).text
    pick(cast, "goal of us", "")
    assert _on(cast, "goal of us") == ""


@pytest.mark.parametrize("code", ["1F1E7-1F1EA", "nope", "<svg>", "../../etc/passwd", "1f3e0"])
def test_what_is_no_picture_is_refused_and_changes_nothing(cast: Cast, code: str) -> None:
    answer = pick(cast, "goal of us", code)
    assert answer.status_code == 422
    assert "Kies een beeld dat hier staat." in answer.text
    assert _on(cast, "goal of us") == ""


def test_the_same_tap_twice_counts_once(cast: Cast) -> None:
    key = uuid4().hex
    pick(cast, "goal of us", "1F415", form_key=key)
    before = _version(cast, "goal of us")
    assert pick(cast, "goal of us", "1F415", form_key=key).status_code == 303
    assert _version(cast, "goal of us") == before


def test_two_who_choose_at_once_see_both_and_nothing_is_lost(cast: Cast) -> None:
    seen = str(_version(cast, "goal of us"))
    pick(cast, "goal of us", "1F415", version=seen)
    answer = pick(cast, "goal of us", "1F408", "jef", version=seen)
    assert answer.status_code == 422
    assert "Iemand veranderde dit net ook." in answer.text
    assert "picto/1F415." in answer.text
    assert _on(cast, "goal of us") == "1F415"


# ---- the family's own photos -----------------------------------------------------------------------------------------


def test_the_familys_own_photos_come_first_and_one_tap_puts_one_there(cast: Cast) -> None:
    put(cast, "person oma", alt="Oma aan zee")
    sara, page = cast.client_of("sara"), page_of(cast, "goal of us")
    shown = TILE.findall(sara.get(page).text)
    assert shown[0] == ("photo_of", str(cast.id("person oma")))
    answer = sara.post(page, data={"form_key": uuid4().hex, "photo_of": str(cast.id("person oma"))})
    assert answer.status_code == 303
    photo, source = there(cast, "goal of us"), there(cast, "person oma")
    assert photo is not None
    assert source is not None
    assert (photo.alt, photo.id == source.id) == ("Oma aan zee", False)


def test_a_photo_comes_before_a_pictogram(cast: Cast) -> None:
    pick(cast, "goal of us", "1F415")
    put(cast, "goal of us", alt="Een winterkoning")
    page = cast.client_of("sara").get(f"/p/{cast.plan}/doelen/{cast.id('goal of us')}").text
    assert 'alt="Een winterkoning"' in page
    assert "picto/1F415." not in page


def test_on_the_page_of_a_child_too(cast: Cast) -> None:
    pick(cast, "agreement of kaat", "1F415")
    kaat, today = cast.client_of("kaat"), f"/p/{cast.plan}/mij"
    assert "picto/1F415." in kaat.get(today).text
    put(cast, "agreement of kaat", alt="Een winterkoning")
    page = kaat.get(today).text
    assert f"/foto/afspraak/{cast.id('agreement of kaat')}/" in page
    assert "picto/1F415." not in page


def test_a_photo_that_somebody_does_not_see_is_none_of_theirs_to_choose(cast: Cast) -> None:
    put(cast, "moment alone")
    before = there(cast, "goal of us")
    jef, page = cast.client_of("jef"), page_of(cast, "goal of us")
    assert str(cast.id("moment alone")) not in jef.get(page).text
    answer = jef.post(page, data={"form_key": uuid4().hex, "photo_of": str(cast.id("moment alone"))})
    assert answer.status_code == 404
    assert there(cast, "goal of us") == before


@pytest.mark.parametrize("sent", ["nope", "00000000-0000-0000-0000-000000000000"])
def test_a_photo_that_is_not_there_changes_nothing(cast: Cast, sent: str) -> None:
    sara, before = cast.client_of("sara"), there(cast, "goal of us")
    answer = sara.post(page_of(cast, "goal of us"), data={"form_key": uuid4().hex, "photo_of": sent, "picto": "x"})
    assert answer.status_code in {404, 422}
    assert there(cast, "goal of us") == before


# ---- in a form -------------------------------------------------------------------------------------------------------


def test_a_form_with_a_picture_comes_back_while_its_sender_looks_for_one(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"picto": "1F415", "picto_zoek": "kat", "picto_look": "1"}):
        form = WithPicto()
        assert not form.validate()
        assert form.sentences == {}
        assert [one.code for one in choices("picto", form.picto.data)][:2] == ["1F415", "1F408"]
    with app.test_request_context(method="POST", data={"picto": "1F415", "picto_zoek": "", "picto_look": "1"}):
        assert WithPicto().validate()
    with app.test_request_context(method="POST", data={"picto": "<svg>"}):
        form = WithPicto()
        assert form.validate()
        assert form.picto.data == ""


def test_a_field_begins_with_some_of_each_part_of_the_board(app: Flask) -> None:
    with app.test_request_context():
        assert len(choices("picto")) == 20
        assert [one.code for one in choices("picto", group="geld")] == [one.code for one in shelf.board()["geld"]]


def test_anybody_may_look_for_pictures_for_a_field(cast: Cast) -> None:
    nobody = cast.client_of("nobody")
    found = nobody.get("/beelden/day_1", query_string={"day_1_zoek": "school"})
    assert found.status_code == 200
    assert 'id="day_1-found"' in found.text
    assert 'name="day_1" value="1F3EB"' in found.text
    assert nobody.get('/beelden/"><script>').status_code == 404


def test_choosing_asks_no_more_of_a_larger_plan(cast: Cast) -> None:
    sara, page = cast.client_of("sara"), page_of(cast, "goal of us")
    with counted() as queries:
        sara.get(page)
    assert len(queries) <= 8


def _on(cast: Cast, name: str) -> str:
    assert cast.app is not None
    with cast.app.app_context():
        return str(cast.thing(name, "sara").body.picto)


def _version(cast: Cast, name: str) -> int:
    assert cast.app is not None
    with cast.app.app_context():
        return int(cast.thing(name, "sara").version)


def test_the_words_of_a_thing_find_its_picture_before_anybody_types(cast: Cast) -> None:
    """And never what a name in it sounds like: Kaat is no cat."""
    sara = cast.client_of("sara")
    sara.post(f"/p/{cast.plan}/doelen", data={"form_key": uuid4().hex, "words": "Tandenpoetsen met Kaat"})
    goals = sara.get(f"/p/{cast.plan}/doelen").text
    item = re.findall(r'/doelen/([0-9a-f-]{36})"', goals.partition("Tandenpoetsen")[0])[-1]
    page = f"/p/{cast.plan}/beeld/doel/{item}"
    text = sara.get(page).text
    near = text.partition("Misschien dit?")[2].partition("</section>")[0]
    assert [code for _name, code in TILE.findall(near)] == ["1FAA5"]
    sara.post(page, data={"form_key": uuid4().hex, "picto": "1FAA5"})
    assert "Misschien dit?" not in sara.get(page).text
    assert "Misschien dit?" not in sara.get(page_of(cast, "person oma")).text

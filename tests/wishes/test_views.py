"""Pages of wishes: asking by picture, the four answers, what the child reads, and the page "Ons plan"."""

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.children.nouns import SaidState
from app.wishes import register, store
from app.wishes.words import WITH_A_NO
from tests.cast import Cast
from tests.sharing.pages import tokens_off
from tests.wishes.asking import ask, mine

__all__ = ["tokens_off"]


def here(cast: Cast, path: str = "") -> str:
    return f"/p/{cast.plan}{path}"


def kaat_asks(cast: Cast, *, of: str = "sara", **typed: str) -> tuple[FlaskClient, str]:
    """Kaat asks as people do: a tap on a picture, then on a face. Gives her browser, and the wish's id."""
    kaat = cast.client_of("kaat")
    answer = kaat.post(here(cast, "/mij/wens"), data={"form_key": "x"} | (typed or {"picto": "1F436"}))
    assert answer.status_code == 303
    said = re.search(r"/mij/zeg/([0-9a-f-]{36})", answer.location)
    assert said is not None
    choosing = kaat.get(answer.location)
    assert "Wie mag dit zien?" in choosing.text
    assert 'aria-pressed="true"' not in choosing.text
    assert kaat.post(here(cast, f"/mij/zeg/{said[1]}/wie/{cast.people[of]}/ja"), data={}).status_code == 303
    return kaat, said[1]


def test_a_wish_by_picture_is_answered_by_picture(cast: Cast) -> None:
    kaat, said = kaat_asks(cast)
    sara = cast.client_of("sara")
    plan = sara.get(here(cast, "/?alles=1")).text
    assert f"/kinderen/wens/{said}" in plan
    page = sara.get(here(cast, f"/kinderen/wens/{said}")).text
    assert page.count("/picto/1F436.") == 1, "the picture stood there twice"
    assert "1F436" in page
    assert sara.post(here(cast, f"/kinderen/wens/{said}/nee"), data={"form_key": "a"}).status_code == 422
    answer = sara.post(here(cast, f"/kinderen/wens/{said}/nee"), data={"form_key": "a", "picto": "231B"})
    assert answer.status_code == 303
    read = kaat.get(here(cast, f"/mij/zeg/{said}")).text
    assert "231B" in read
    assert str(WITH_A_NO["231B"].said) in read
    assert "Nee" in read
    assert f"/kinderen/wens/{said}" not in sara.get(here(cast, "/?alles=1")).text


def test_a_wish_keeps_the_word_below_the_picture_that_was_tapped(cast: Cast) -> None:
    """A child tapped "Naar buiten", and its parent read "boom"."""
    kaat, said = kaat_asks(cast, picto="1F333")
    for client, path in ((kaat, f"/mij/zeg/{said}"), (cast.client_of("sara"), f"/verteld/{said}")):
        page = client.get(here(cast, path)).text
        assert "<p>Naar buiten</p>" in page
        assert "<p>boom</p>" not in page


def test_whoever_was_not_told_finds_nothing_anywhere(cast: Cast) -> None:
    _kaat, said = kaat_asks(cast, words="Een Paarsestep in de tuin")
    for who in ("jef", "nele", "lisa"):
        client = cast.client_of(who)
        assert client.get(here(cast, f"/kinderen/wens/{said}")).status_code == 404
        assert client.post(here(cast, f"/kinderen/wens/{said}/ja"), data={"form_key": "b"}).status_code == 404
        for place in ("/?alles=1", "/geschiedenis", "/nieuws", "/mensen"):
            text = client.get(here(cast, place)).text
            assert said not in text
            assert "Paarsestep" not in text


def test_on_ons_plan_it_is_among_what_waits_for_the_family(cast: Cast, app: Flask) -> None:
    """A child always gets an answer: that it asks stands whole, before what waits for nobody."""
    kaat_asks(cast)
    with app.test_request_context():
        panel = register._on_home(cast.sara, None)
    assert panel is not None
    assert panel.waits


def test_ons_plan_says_no_word_of_it(cast: Cast) -> None:
    kaat_asks(cast, words="Een Paarsestep in de tuin")
    sara = cast.client_of("sara")
    assert "Paarsestep" not in sara.get(here(cast, "/?alles=1")).text


@pytest.mark.parametrize(
    ("verb", "typed", "said", "state"),
    [
        ("ja", {}, "Ja", SaidState.ACCEPTED),
        ("ja", {"words": "Zaterdag gaan we.", "makes": "goal", "new": "Samen zwemmen"}, "Zaterdag", SaidState.ACCEPTED),
        ("anders", {"words": "Een vis."}, "Een vis.", SaidState.ACCEPTED),
        ("anders", {"makes": "agreement", "new": "Naar de hond van oma"}, "hond van oma", SaidState.ACCEPTED),
        ("nee", {"words": "Dit kan niet in huis."}, "in huis", SaidState.ANSWERED),
        ("later", {"later": "week"}, "Later", SaidState.WAITING),
    ],
)
def test_the_four_answers(
    cast: Cast, app: Flask, verb: str, typed: dict[str, str], said: str, state: SaidState
) -> None:
    kaat, wish = kaat_asks(cast)
    sara = cast.client_of("sara")
    answer = sara.post(here(cast, f"/kinderen/wens/{wish}/{verb}"), data={"form_key": "a"} | typed)
    assert answer.status_code == 303
    assert said in kaat.get(here(cast, f"/mij/zeg/{wish}")).text
    with app.test_request_context():
        found = next(one for one in _of(cast) if str(one.thing.id) == wish)
        assert found.standing is state


def _of(cast: Cast) -> list[store.WishView]:
    board = store.mine(cast.kaat)
    assert board is not None
    return board.wishes


def test_a_voice_alone_is_an_answer(cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.media import commands
    from app.media.recordings import Recorded

    _kaat, wish = kaat_asks(cast)
    at, sara = here(cast, f"/kinderen/wens/{wish}/nee"), cast.client_of("sara")
    refused = sara.post(at, data={"form_key": "a", "voice": (io.BytesIO(b"no sound at all"), "stem.m4a")})
    assert (refused.status_code, "Verstuur" in refused.text) == (422, True)
    monkeypatch.setattr(commands, "recorded_again", lambda *_sent: Recorded(b"sound", 3, 0, 0, b""))
    for _ in range(2):
        answer = sara.post(at, data={"form_key": "b", "voice": (io.BytesIO(b"a sound"), "stem.m4a")})
        assert answer.status_code == 303
    with app.test_request_context():
        found = next(one for one in _of(cast) if str(one.thing.id) == wish)
        [reply] = found.replies
        assert (found.standing, reply.body.voice is not None, reply.body.words) == (SaidState.ANSWERED, True, "")


@pytest.mark.parametrize(
    ("verb", "typed", "asks"),
    [
        ("ja", {"makes": "goal"}, "Schrijf op wat jullie doen"),
        ("ja", {"makes": "person"}, "Schrijf een naam"),
        ("anders", {}, "Schrijf wat jullie wel doen"),
        ("nee", {"picto": "1F4A9"}, "Kies een plaatje"),
        ("later", {}, "Kies een dag"),
        ("ja", {"words": "x" * 2001}, "Maak dit korter"),
    ],
)
def test_what_is_missing_is_asked_for(cast: Cast, verb: str, typed: dict[str, str], asks: str) -> None:
    _kaat, wish = kaat_asks(cast)
    sara = cast.client_of("sara")
    answer = sara.post(here(cast, f"/kinderen/wens/{wish}/{verb}"), data={"form_key": "a"} | typed)
    assert (answer.status_code, asks in answer.text) == (422, True)


def test_the_second_parent_reads_that_there_is_an_answer(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        said = ask(cast, "sara", "jef")
    at = here(cast, f"/kinderen/wens/{said}")
    cast.client_of("sara").post(f"{at}/nee", data={"form_key": "a", "words": "Nu is er geen geld."})
    jef = cast.client_of("jef")
    answer = jef.post(f"{at}/ja", data={"form_key": "b"}, follow_redirects=True)
    assert "Hier is al een antwoord" in answer.text
    assert "Hier zeiden jullie nee op." in answer.text
    # What Sara said is for the child.
    assert "geen geld" not in answer.text


def test_a_child_wants_somebody_at_the_table(cast: Cast, app: Flask) -> None:
    kaat = cast.client_of("kaat")
    page = kaat.get(here(cast, "/mij/tafel")).text
    assert str(cast.people["sara"]) in page
    assert kaat.post(here(cast, "/mij/tafel"), data={"form_key": "x"}).status_code == 422
    for key, typed in enumerate(({"about": str(cast.people["jef"])}, {"picto": "1F469-200D-1F3EB"}, {"words": "Els"})):
        assert kaat.post(here(cast, "/mij/tafel"), data={"form_key": f"{key}"} | typed).status_code == 303
    # Whom a child does not see cannot be asked for by an id.
    answer = kaat.post(here(cast, "/mij/tafel"), data={"form_key": "y", "about": str(cast.people["lisa"])})
    assert answer.status_code == 422
    with app.test_request_context():
        assert {one.body.words for one in _of(cast)} >= {"Jef", "Els", ""}


def test_toch_niet_and_nog_eens(cast: Cast, app: Flask) -> None:
    kaat, wish = kaat_asks(cast)
    at = here(cast, f"/mij/wens/{wish}")
    assert kaat.post(f"{at}/toch-niet", data={"form_key": "a"}).status_code == 303
    assert cast.client_of("sara").get(here(cast, f"/kinderen/wens/{wish}")).status_code == 404
    again = kaat.post(f"{at}/nog-eens", data={"form_key": "b"})
    assert again.location.endswith(f"/mij/zeg/{wish}/wie")
    with app.test_request_context():
        from uuid import UUID

        assert mine(cast, UUID(wish)).told == frozenset()


def test_nothing_is_no_wish(cast: Cast) -> None:
    answer = cast.client_of("kaat").post(here(cast, "/mij/wens"), data={"form_key": "x", "words": "  "})
    assert (answer.status_code, "Kies een plaatje" in answer.text) == (422, True)


def test_a_drawing_alone_is_a_wish(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.media import commands
    from app.media.pixels import Pixels
    from tests.cast import DOT

    kaat = cast.client_of("kaat")
    for way in ("teken", "foto", "stem", "film", "plaatje", "woorden"):
        assert kaat.get(here(cast, f"/mij/wens?met={way}")).status_code == 200
        assert kaat.get(here(cast, f"/mij/tafel?met={way}")).status_code == 200
    at = here(cast, "/mij/wens?met=teken")
    refused = kaat.post(at, data={"form_key": "a", "photo": (io.BytesIO(b"no picture"), "tekening.png")})
    assert (refused.status_code, "Wat wens jij?" in refused.text) == (422, True)
    monkeypatch.setattr(commands, "redraw", lambda _data: Pixels(DOT, DOT, 1, 1))
    kept = kaat.post(at, data={"form_key": "b", "photo": (io.BytesIO(DOT), "tekening.png")})
    said = re.search(r"/mij/zeg/([0-9a-f-]{36})", kept.location)
    assert said is not None
    kaat.post(here(cast, f"/mij/zeg/{said[1]}/wie/{cast.people['sara']}/ja"), data={})
    picture = re.search(
        rf'/p/[^"]*/verteld/{said[1]}/[^"]+', cast.client_of("sara").get(here(cast, f"/kinderen/wens/{said[1]}")).text
    )
    assert picture is not None
    assert cast.client_of("sara").get(picture[0]).status_code == 200
    assert cast.client_of("jef").get(picture[0]).status_code == 404


def test_an_answer_is_new_until_the_child_opened_it(cast: Cast) -> None:
    kaat, wish = kaat_asks(cast)
    board = here(cast, "/mij/wens")
    assert "Nieuw" not in kaat.get(board).text
    cast.client_of("sara").post(here(cast, f"/kinderen/wens/{wish}/nee"), data={"form_key": "a", "picto": "231B"})
    assert "Nieuw" in kaat.get(board).text
    before = cast.client_of("sara").get(here(cast, f"/kinderen/wens/{wish}")).text
    opened = kaat.get(here(cast, f"/mij/zeg/{wish}"))
    assert opened.status_code == 200
    assert "Nieuw" not in kaat.get(board).text
    # Whether the child looked is told to nobody, and is no look of somebody else.
    after = cast.client_of("sara").get(here(cast, f"/kinderen/wens/{wish}")).text
    assert _steady(before) == _steady(after)
    assert "Wie keek?" not in kaat.get(here(cast, f"/mij/zeg/{wish}")).text


def _steady(text: str) -> str:
    return re.sub(r'name="(csrf_token|form_key)" value="[^"]*"', "", text)

"""An agreed word, told aloud, before a link opens what was closed by hand."""

from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.sharing.pages import opened, person, root, share, tokens_off

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]

WRONG = "Dit is niet het woord. Vraag het nog eens."


@pytest.fixture
def link(cast: Cast) -> str:
    """A link that asks for the word "appeltaart"."""
    things = str(cast.id("goal of us"))
    return share(cast, person(cast, "Opa Wim"), things=things, word="Appeltaart").link


def browser(cast: Cast, address: str = "192.0.2.1") -> FlaskClient:
    assert cast.app is not None
    made = cast.app.test_client()
    made.environ_base["REMOTE_ADDR"] = address
    return made


def test_a_word_is_offered_when_the_link_shows_what_was_opened_by_hand(cast: Cast) -> None:
    sara, whom = cast.client_of("sara"), person(cast, "Opa Wim")
    ring = f"{root(cast)}/wie-ziet/goal/{cast.id('goal for the ring')}"
    assert sara.post(ring, data={"who": "we", "form_key": uuid4().hex}).status_code == 303
    usual = sara.get(f"{root(cast)}/delen/{whom}/zo?what=agreements").text
    by_hand = sara.get(f"{root(cast)}/delen/{whom}/zo?things={cast.id('goal of us')}").text
    assert "Spreek een woord af" not in usual
    assert "Spreek een woord af" in by_hand


def test_the_word_opens_the_link_however_it_is_written(cast: Cast, link: str) -> None:
    opa = browser(cast)
    asked = opa.post(link)
    assert asked.status_code == 422
    assert "Welk woord spraken jullie af?" in asked.text
    assert WRONG not in asked.text
    answer = opa.post(link, data={"word": " APPEL taart"})
    assert answer.status_code == 303
    assert cast.canary("goal of us") in opa.get(str(answer.location)).text


@pytest.mark.parametrize("word", ["", " ", "peer", "appel", "appeltaart2"])
def test_another_word_opens_nothing(cast: Cast, link: str, word: str) -> None:
    answer = browser(cast).post(link, data={"word": word})
    assert answer.status_code == 422
    assert WRONG in answer.text


def test_wrong_words_slow_down_that_link_from_there_and_nobody_else(cast: Cast, link: str) -> None:
    known, guesser = browser(cast, "192.0.2.7"), browser(cast, "192.0.2.7")
    assert known.post(link, data={"word": "appeltaart"}).status_code == 303
    for _guess in range(10):
        assert WRONG in guesser.post(link, data={"word": "peer"}).text
    slowed = guesser.post(link, data={"word": "appeltaart"})
    assert slowed.status_code == 422
    assert "Je probeerde het al vaak." in slowed.text
    # A browser that knew the word once, in the same house; another house; another link.
    assert known.post(link, data={"word": "appeltaart"}).status_code == 303
    assert browser(cast, "198.51.100.9").post(link, data={"word": "appeltaart"}).status_code == 303
    opened(cast, f"/d/{cast.tokens['oma']}", guesser)


def test_the_word_goes_with_a_new_link_and_is_stored_as_a_hash_only(cast: Cast) -> None:
    from app.sharing.store import board

    sara = cast.client_of("sara")
    made = share(cast, person(cast, "Opa Wim"), by=sara, things=str(cast.id("goal of us")), word="appeltaart")
    answer = sara.post(made.page, data={"form_key": uuid4().hex})
    page = sara.get(str(answer.location)).text
    assert "Zeg zelf het woord aan Opa Wim." in page
    assert "appeltaart" not in page
    assert cast.app is not None
    with cast.app.app_context():
        words = [one.thing.body.word_hash for one in board(cast.sara).shares if one.name == "Opa Wim"]
    assert len(words) == 2
    assert all(word.startswith("$argon2id$") for word in words)

"""Leaving as a guest: what opens no more, what the family reads, and a colleague they may invite."""

import re
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.guests.pages import browser, guest_of, root, tokens_off
from tests.support.pages import said

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]

WHO = "Wout Bakelants"


def leave(cast: Cast, guest: FlaskClient, **said: str) -> None:
    assert "Ik stop als gast" in guest.get(f"{root(cast)}/meer").text
    assert guest.get(f"{root(cast)}/gast/stop").status_code == 200
    answer = guest.post(f"{root(cast)}/gast/stop", data={"form_key": uuid4().hex, **said})
    assert (answer.status_code, answer.location) == (303, "/te-gast"), answer.text


def question_of(page: str, words: str) -> str:
    """The address of the greeting that says these words."""
    card = next(part for part in page.split('id="greeting-')[1:] if words in part.partition("</section>")[0])
    found = re.search(r"/gast/vraag/[0-9a-f-]{36}", card)
    assert found, card
    return found[0]


def test_who_leaves_reads_the_farewell_and_the_family_their_words(cast: Cast) -> None:
    _invited, guest = guest_of(cast, "goals")
    leave(cast, guest, words="Het ga jullie goed")
    cards = said(guest.get("/te-gast").text)
    assert cards.startswith("Je bent daar niet meer te gast.")
    assert said(guest.get(f"{root(cast)}/doelen").text).startswith("Je bent hier niet meer te gast.")
    assert "Afscheid Familie Goudplevier" in cards
    sara = cast.client_of("sara")
    page = sara.get(f"{root(cast)}/?alles=1").text
    assert "Mieke is niet meer te gast Het ga jullie goed Goed" in said(page)
    sara.post(root(cast) + question_of(page, "Het ga jullie goed") + "/nee")
    assert "Het ga jullie goed" not in cast.client_of("jef").get(f"{root(cast)}/?alles=1").text


def test_leaving_without_a_word_is_told_too(cast: Cast) -> None:
    _invited, guest = guest_of(cast, "goals")
    leave(cast, guest)
    assert "Mieke is niet meer te gast" in said(cast.client_of("jef").get(f"{root(cast)}/?alles=1").text)


def test_a_colleague_is_a_proposal_and_nobody_in_the_plan(cast: Cast) -> None:
    _invited, guest = guest_of(cast, "goals")
    leave(cast, guest, name=WHO, organisation="CKG", why="Hij kent de school")
    sara = cast.client_of("sara")
    page = sara.get(f"{root(cast)}/?alles=1").text
    assert f"Voorstel: nodig {WHO} uit. CKG Hij kent de school" in said(page)
    assert WHO not in sara.get(f"{root(cast)}/mensen?toon=lijst").text


def test_yes_begins_the_invitation_with_that_person(cast: Cast) -> None:
    _invited, guest = guest_of(cast, "goals")
    leave(cast, guest, name=WHO, organisation="CKG")
    sara = cast.client_of("sara")
    where = root(cast) + question_of(sara.get(f"{root(cast)}/?alles=1").text, WHO)
    answer = sara.post(where)
    assert re.search(r"/nodig-uit/[0-9a-f-]{36}/wat$", str(answer.location))
    assert f"Wat mag {WHO} zien?" in said(sara.get(str(answer.location)).text)
    assert WHO not in said(sara.get(f"{root(cast)}/?alles=1").text)
    # The other parent who says yes after that finds the same person.
    again = cast.client_of("jef").post(where)
    assert again.location == answer.location
    assert WHO in cast.client_of("jef").get(f"{root(cast)}/mensen?toon=lijst").text


def test_no_is_the_end_of_it(cast: Cast) -> None:
    _invited, guest = guest_of(cast, "goals")
    leave(cast, guest, name=WHO)
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    where = root(cast) + question_of(sara.get(f"{root(cast)}/?alles=1").text, WHO)
    jef.post(f"{where}/nee")
    assert WHO not in sara.get(f"{root(cast)}/?alles=1").text
    late = sara.post(where)
    assert late.location == f"{root(cast)}/"
    assert "Iemand van jullie gaf al een antwoord." in said(sara.get(f"{root(cast)}/?alles=1").text)
    assert WHO not in sara.get(f"{root(cast)}/mensen?toon=lijst").text


def test_a_colleague_needs_a_name(cast: Cast) -> None:
    _invited, guest = guest_of(cast, "goals")
    answer = guest.post(f"{root(cast)}/gast/stop", data={"organisation": "CKG", "why": "Zij luistert"})
    assert answer.status_code == 422
    assert "Zij luistert" in answer.text
    assert guest.get(f"{root(cast)}/").status_code == 200


def test_twice_is_once(cast: Cast) -> None:
    _invited, guest = guest_of(cast, "goals")
    form = {"form_key": uuid4().hex, "words": "Tot ziens"}
    guest.post(f"{root(cast)}/gast/stop", data=form)
    assert guest.post(f"{root(cast)}/gast/stop", data=form).status_code == 404
    assert said(cast.client_of("sara").get(f"{root(cast)}/?alles=1").text).count("Tot ziens") == 1


def test_whom_one_parent_hosted_alone_leaves_that_parent_only(cast: Cast) -> None:
    """The words of Bert stand on the page of Sara (see the cast); for Jef there was never anybody."""
    bert = cast.client_of("bert")
    bert.post(f"{root(cast)}/gast/stop", data={"name": WHO, "form_key": uuid4().hex})
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    assert WHO not in jef.get(f"{root(cast)}/?alles=1").text
    where = root(cast) + question_of(sara.get(f"{root(cast)}/?alles=1").text, WHO)
    assert jef.post(where).status_code == 404
    assert jef.post(f"{where}/nee").status_code == 404
    answer = sara.post(where)
    assert str(answer.location).endswith("/wat?alone=1")
    assert WHO not in jef.get(f"{root(cast)}/mensen?toon=lijst").text
    for page in ("/", "/veranderd", "/wie-ziet-wat", "/nieuw"):
        assert WHO not in jef.get(root(cast) + page).text


def test_only_a_guest_leaves(cast: Cast) -> None:
    for who in ("sara", "nele", "oma", "lies"):
        assert cast.client_of(who).get(f"{root(cast)}/gast/stop").status_code == 404
    assert browser(cast).post(f"{root(cast)}/gast/stop").status_code == 401

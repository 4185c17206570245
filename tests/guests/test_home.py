"""Te gast bij: the own page of a guest, and the way there."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.local import local_day
from tests.armour.test_pages import counted
from tests.cast import Cast, seated
from tests.guests.pages import browser, guest_of, invite, person, root, tokens_off
from tests.guests.test_accept import invite_elsewhere
from tests.support.pages import said

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]


def test_nobody_asked_yet(cast: Cast) -> None:
    assert "Nog geen gezin vroeg jou in hun plan." in said(browser(cast).get("/te-gast").text)
    assert "Nog geen gezin" in said(cast.client_of("sara").get("/te-gast").text)


def test_a_card_names_the_family_and_until_when_and_no_more(cast: Cast) -> None:
    _invited, guest = guest_of(cast, "goals", "agreements")
    page = guest.get("/te-gast").text
    assert re.search(r"Te gast tot \d+ \w+", said(page))
    for name, piece in cast.pieces.items():
        assert name == "plan" or not piece.canary or piece.canary not in page, name
    assert "<input" not in page.partition("<main")[2].replace("csrf_token", "")


def test_a_family_with_an_answer_comes_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from app import rooms

    _invited, guest = guest_of(cast, "goals")
    guest.post(invite_elsewhere(cast))
    assert names(guest.get("/te-gast").text) == ["Familie Goudplevier", "Familie Kluut"]
    monkeypatch.setattr(rooms, "ANSWERS", [lambda guests: [one.seat for one in guests if one.plan == cast.elsewhere]])
    page = guest.get("/te-gast").text
    assert names(page) == ["Familie Kluut", "Familie Goudplevier"]
    assert said(page).count("Er is een antwoord voor jou") == 1


def test_more_families_cost_no_more_questions(cast: Cast) -> None:
    assert cast.app is not None
    _invited, guest = guest_of(cast, "goals")
    asked = []
    for wanted in (1, 2, 6):
        while len(names(guest.get("/te-gast").text)) < wanted:
            guest.post(of_another_family(cast))
        with counted(cast.app) as statements:
            guest.get("/te-gast")
        asked.append(len(statements))
    assert asked[1] == asked[2]
    assert asked[0] == asked[2]


def of_another_family(cast: Cast) -> str:
    """An invitation into a plan that begins now."""
    from app.home.commands import start
    from app.people.models import PERSON
    from app.scope import load
    from app.sharing import commands, store

    assert cast.app is not None
    with cast.app.test_request_context():
        began = start(["Ama", "Kofi"], "Europe/Brussels", called="Familie Fuut")
        parent = seated(began.plan, "member", began.member)
        kofi = next(one.id for one in load(parent, PERSON).all(PERSON) if one.body.name == "Kofi")
        until = local_day(datetime.now(UTC), "Europe/Brussels") + timedelta(days=30)
        given = commands.ShareInput(opened=(), until=until, guest=True)
        return f"/gast/{commands.make(parent, store.board(parent), kofi, given, None).secret.token}"


def names(page: str) -> list[str]:
    return re.findall(r"<h2><bdi>([^<]+)</bdi></h2>", page)


def test_the_landing_leads_a_guest_there(cast: Cast) -> None:
    _invited, guest = guest_of(cast, "goals")
    assert 'href="/te-gast"' in guest.get("/").text
    assert "te-gast" not in browser(cast).get("/").text
    assert "te-gast" not in cast.client_of("sara").get("/").text


def test_who_was_thanked_reads_it_on_the_card_of_the_farewell(cast: Cast) -> None:
    invited, guest = guest_of(cast, "goals")
    sara = cast.client_of("sara")
    stopped = sara.post(f"{root(cast)}/gasten/{invited.share}/stop")
    assert stopped.location == f"{root(cast)}/gasten/{invited.share}/dank"
    asked = said(sara.get(str(stopped.location)).text)
    assert "Mieke is niet meer te gast." in asked
    assert "Bedank Mieke" in asked
    sara.post(str(stopped.location), data={"words": "Dank je voor de koffie"})
    page = said(guest.get("/te-gast").text)
    assert "Afscheid Familie Goudplevier Dank je voor de koffie Je was te gast tot" in page
    assert "Dank je voor de koffie" not in guest.get(f"{root(cast)}/").text
    assert 'href="/p/' not in guest.get("/te-gast").text


def test_no_words_are_no_words(cast: Cast) -> None:
    invited, guest = guest_of(cast, "goals")
    sara = cast.client_of("sara")
    stopped = sara.post(f"{root(cast)}/gasten/{invited.share}/stop")
    assert sara.post(str(stopped.location), data={"words": " "}).status_code == 303
    assert sara.post(str(stopped.location), data={"words": "x" * 2001}).status_code == 422
    assert "blockquote" not in guest.get("/te-gast").text


def test_words_are_given_only_to_who_left(cast: Cast) -> None:
    invited, guest = guest_of(cast, "goals")
    cast.client_of("sara").post(f"{root(cast)}/gasten/{invited.share}/dank", data={"words": "Tot morgen"})
    cast.client_of("sara").post(f"{root(cast)}/gasten/{invited.share}/stop")
    assert "Tot morgen" not in guest.get("/te-gast").text


def test_an_invitation_nobody_took_just_stops(cast: Cast) -> None:
    invited = invite(cast, person(cast, "Mieke"))
    stopped = cast.client_of("sara").post(f"{root(cast)}/gasten/{invited.share}/stop")
    assert stopped.location == f"{root(cast)}/wie-ziet-wat"


def test_the_card_of_a_farewell_goes_after_a_month(cast: Cast) -> None:
    invited, guest = guest_of(cast, "goals")
    cast.client_of("sara").post(f"{root(cast)}/gasten/{invited.share}/stop")
    assert "Afscheid" in said(guest.get("/te-gast").text)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        assert "Afscheid" not in said(guest.get("/te-gast").text)

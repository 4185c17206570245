"""Mijn voorstellen: what became of what a guest proposed, through this seat and no other."""

import re
from datetime import date
from html import unescape
from uuid import UUID

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.agreements.nouns import When, WhenSort
from app.change import Put, change
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.audience import Audience, Who
from app.proposals import commands, reading, store
from app.proposals.commands import LineInput
from app.proposals.nouns import Act, Said, Target
from app.proposals.rules import Later
from app.proposals.store import LineView
from tests.cast import EVERYBODY, Cast
from tests.proposals.visits import TEA, lines_of, new, send

pytestmark = pytest.mark.both_databases

TOKENS = re.compile(r'name="(?:csrf_token|form_key)" value="[^"]*"')
COFFEE = Said(what="Elke maand koffie drinken", when=When(sort=WhenSort.ONCE, words="als de zon schijnt"))


def line_of(cast: Cast, visit: UUID, who: str = "sara") -> LineView:
    return next(line for line in lines_of(cast, who) if line.visit == visit)


def take_back(cast: Cast, client: FlaskClient, line: LineView) -> TestResponse:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sleutel").text)
    address = f"/p/{cast.plan}/mijn-voorstellen/{line.thing.id}/terug"
    return client.post(address, data={"csrf_token": token[1] if token else ""})


def page_of(cast: Cast, who: str = "lisa") -> str:
    answer = cast.client_of(who).get(f"/p/{cast.plan}/mijn-voorstellen")
    assert answer.status_code == 200
    return answer.text


def test_what_waits_and_every_answer_stand_there_in_the_words_of_the_product(cast: Cast, app: Flask) -> None:
    with app.app_context():
        goal = send(cast, new(Target.GOAL, Said(what="Naar zee")))
        yes, no = (
            send(cast, new(said=TEA)),
            send(cast, new(Target.STEP, Said(what="Bellen"), goal=cast.id("goal of us"))),
        )
        but = send(cast, new(said=Said(what="Thee bij Lisa")))
        commands.say_yes(cast.sara, line_of(cast, yes), None)
        commands.say_no(cast.jef, line_of(cast, no, "jef"), None)
        commands.say_yes_but(cast.sara, line_of(cast, but), COFFEE, None, None)
        commands.keep_for(cast.sara, line_of(cast, goal), Later.WEEK, date(2026, 1, 1), None)
    text = page_of(cast)
    for words in ("Ja", "Ja, maar anders", "Niet nu", "Vraag dit opnieuw vanaf ", "Wacht op het gezin", "Naar zee"):
        assert words in text
    assert text.index(COFFEE.what) < text.index("Dit stelde jij voor") < text.index("Thee bij Lisa")
    assert "Later" not in text.partition("<main")[2].partition("</main>")[0]


def test_an_answer_is_new_once(cast: Cast, app: Flask) -> None:
    with app.app_context():
        visit = send(cast, new())
        assert not reading.waits([cast.lisa])
        commands.say_no(cast.sara, line_of(cast, visit), None)
        assert reading.waits([cast.lisa])
        assert not reading.waits([cast.bert])
    home = cast.client_of("lisa").get(f"/p/{cast.plan}/").text
    assert "Er is een antwoord voor jou" in home
    assert ">Nieuw<" in page_of(cast)
    assert "Er is een antwoord voor jou" not in cast.client_of("lisa").get(f"/p/{cast.plan}/").text
    assert ">Nieuw<" not in page_of(cast)
    with app.app_context():
        assert not reading.waits([cast.lisa])


def test_of_what_was_hidden_since_then_only_the_guest_s_own_words_stay(cast: Cast, app: Flask) -> None:
    goal = cast.id("goal of us")
    with app.app_context():
        visit = send(cast, new(Target.STEP, goal=goal), LineInput(Act.STOPPED, Target.GOAL, target=goal))
        commands.say_no(cast.sara, line_of(cast, visit), None)
        thing = cast.thing("goal of us", "sara")
        assert cast.canary("goal of us") in page_of(cast)
        closed = msgspec.structs.replace(thing.body, audience=Audience(Who.WE))
        change(cast.sara, Action.GOAL_CHANGE, Put(thing, closed))
    text = page_of(cast)
    assert TEA.what in text
    assert "Dit staat er niet meer." in text
    assert cast.canary("goal of us") not in text


def test_a_waiting_line_is_taken_back_once_and_an_answered_one_is_not(cast: Cast, app: Flask) -> None:
    with app.app_context():
        first, second = send(cast, new()), send(cast, new(Target.GOAL))
        one, other = line_of(cast, first), line_of(cast, second)
        commands.say_yes(cast.sara, other, None)
    client = cast.client_of("lisa")
    for line, said in ((one, "Teruggenomen."), (one, "Het gezin koos net."), (other, "Het gezin koos net.")):
        answer = take_back(cast, client, line)
        assert answer.status_code == 303
        assert said in client.get(f"/p/{cast.plan}/mijn-voorstellen").text


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who != "lisa"])
def test_nobody_else_reads_that_list_or_takes_it_back(cast: Cast, app: Flask, who: str) -> None:
    with app.app_context():
        visit = send(cast, new())
        line = line_of(cast, visit)
    client = cast.client_of(who)
    page = client.get(f"/p/{cast.plan}/mijn-voorstellen")
    assert page.status_code == (200 if who == "bert" else 404)
    assert TEA.what not in page.text
    assert take_back(cast, client, line).status_code in {401, 404}
    with app.app_context():
        assert line_of(cast, visit).is_waiting


def test_each_seat_of_a_guest_has_its_own_list(cast: Cast, app: Flask) -> None:
    """Lisa through a second seat, which Sara alone hosts: another share of the same person."""
    with app.app_context():
        send(cast, new())
        seat = cast.id("share bert")
        other = Actor(ActorKind.GUEST, cast.plan, cast.people["lisa"], cast.lisa.ring, cast.lisa.opened, seat=seat)
        assert TEA not in [line.body.said for line in store.board(other).lines]
        assert not reading.waits([other])
        assert [line.body.said for line in lines_of(cast, "lisa")] == [TEA]


def asked_to_change(cast: Cast) -> UUID:
    """Lisa proposes other words for a goal of ours; the visit."""
    return send(cast, LineInput(Act.CHANGED, Target.GOAL, COFFEE, target=cast.id("goal of us")))


def keep_for_sara(cast: Cast) -> None:
    thing = cast.thing("goal of us", "sara")
    body = msgspec.structs.replace(thing.body, audience=Audience(Who.ME))
    change(cast.sara, Action.GOAL_CHANGE, Put(thing, body))


@pytest.mark.parametrize("kept", ["before the answer", "after the answer"])
def test_the_words_of_the_family_are_read_by_who_sees_the_thing_now(cast: Cast, app: Flask, kept: str) -> None:
    with app.app_context():
        line = line_of(cast, asked_to_change(cast))
        if kept == "before the answer":
            keep_for_sara(cast)
            line = line_of(cast, line.visit or cast.plan)
        commands.say_yes_but(cast.sara, line, Said(what="Een Pestvogel zien"), None, None)
        if kept == "after the answer":
            assert "Pestvogel" in page_of(cast)
            keep_for_sara(cast)
    text = page_of(cast)
    assert "Pestvogel" not in text
    assert COFFEE.what in text
    assert "Ja, maar anders" in text


@pytest.mark.parametrize("page", ["veranderd", "nieuw"])
def test_what_became_of_a_proposal_about_a_kept_thing_leaves_no_trace(cast: Cast, app: Flask, page: str) -> None:
    jef, address = cast.client_of("jef"), f"/p/{cast.plan}/{page}"
    before = TOKENS.sub("", jef.get(address).text)
    # What is hidden makes room for what stood a page further.
    further = re.search(r'href="([^"]+)"[^>]*>(?:(?!</a>).)*Vroeger', before, re.S)
    older = "" if further is None else jef.get(unescape(further[1])).text
    with app.app_context():
        visit = asked_to_change(cast)
        keep_for_sara(cast)
        commands.say_yes_but(cast.sara, line_of(cast, visit), Said(what="Een Pestvogel zien"), None, None)
    after = TOKENS.sub("", jef.get(address).text)
    for told in ("Lisa Bosuil stelde iets voor", "veranderde iets dat wij willen", "gaf antwoord op een voorstel"):
        room = min(older.count(told), before.count("Toch niet") - after.count("Toch niet"))
        assert after.count(told) <= before.count(told) + max(0, room)
    assert "Pestvogel" not in after
    assert "stelde iets voor" in cast.client_of("sara").get(address).text


def test_only_who_reads_the_page_read_the_answers(cast: Cast, app: Flask) -> None:
    with app.app_context():
        commands.say_yes(cast.sara, line_of(cast, send(cast, new())), None)
    inside = f"/p/{cast.plan}/wie-ziet-wat/{cast.id('share lisa')}/zo"
    sara, lisa, own = cast.client_of("sara"), cast.client_of("lisa"), f"/p/{cast.plan}/mijn-voorstellen"
    seen = sara.get(f"{inside}/mijn-voorstellen")
    assert TEA.what in seen.text
    assert lisa.head(own).status_code == 200
    with app.app_context():
        assert reading.waits([cast.lisa])
    assert "Nieuw" in lisa.get(own).text
    with app.app_context():
        assert not reading.waits([cast.lisa])
    # Never show that somebody did not look.
    assert TOKENS.sub("", seen.text) == TOKENS.sub("", sara.get(f"{inside}/mijn-voorstellen").text)

"""Wat is er veranderd? and the bin through their pages, as everybody."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.change import Add, change
from app.db import now
from app.goals.models import GOAL
from app.goals.nouns import GoalBody, GoalState
from app.history.store import ON_A_PAGE
from app.policy.actions import Action
from tests.cast import Cast
from tests.support.pages import form, said

OUTSIDERS = ("oma", "els", "stopped", "expired", "lies", "nobody")
MEMBERS = ("sara", "jef", "nele")


def history(cast: Cast) -> str:
    return f"/p/{cast.plan}/veranderd"


def add_goal(client: FlaskClient, cast: Cast, words: str) -> str:
    address = f"/p/{cast.plan}/doelen"
    page = client.get(f"{address}/nieuw").text
    return str(client.post(address, data={**form(page, "/doelen"), "words": words}).location)


def rewrite(client: FlaskClient, goal: str, words: str) -> None:
    page = client.get(f"{goal}/verander").text
    assert client.post(f"{goal}/verander", data={**form(page, "/verander"), "words": words}).status_code == 303


def undo_newest(client: FlaskClient, cast: Cast) -> str:
    """Presses the first "Toch niet"; the page after it."""
    page = client.get(history(cast)).text
    address = re.search(r'action="(/p/[^"]+/toch-niet)"', page)
    assert address
    answer = client.post(address[1], data=form(page, address[1]), follow_redirects=True)
    assert answer.status_code == 200
    return said(answer.text)


@pytest.mark.both_databases
def test_a_change_stands_there_with_who_what_and_what_it_was(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    goal = add_goal(sara, cast, "Rustig naar school")
    rewrite(jef, goal, "Elke ochtend rustig naar school")
    page = said(sara.get(history(cast)).text)
    assert "Vandaag" in page
    assert "Jef veranderde iets dat wij willen." in page
    told = page.index("Eerst Rustig naar school Nu Elke ochtend rustig naar school")
    assert told < page.index("Sara schreef iets dat wij willen.")


@pytest.mark.both_databases
def test_toch_niet_puts_it_back_and_stands_there_itself(cast: Cast) -> None:
    sara = cast.client_of("sara")
    goal = add_goal(sara, cast, "Rustig naar school")
    rewrite(sara, goal, "Heel anders")
    page = undo_newest(sara, cast)
    assert "Dit staat weer zoals eerst." in page
    assert "Sara koos: toch niet." in page
    assert "Dit staat terug zoals eerst" in page
    assert "Rustig naar school" in said(sara.get(goal).text)
    undo_newest(sara, cast)
    assert "Heel anders" in said(sara.get(goal).text)


def test_what_somebody_wrote_over_since_is_kept_with_a_word_of_why(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    goal = add_goal(sara, cast, "Rustig naar school")
    rewrite(sara, goal, "Heel anders")
    page = sara.get(history(cast)).text
    rewrite(jef, goal, "Van Jef")
    address = re.search(r'action="(/p/[^"]+/toch-niet)"', page)
    assert address
    answer = sara.post(address[1], data=form(page, address[1]), follow_redirects=True)
    assert "Dit veranderde later nog eens." in said(answer.text)
    assert "Van Jef" in said(sara.get(goal).text)


def test_the_same_tap_twice_is_once(cast: Cast) -> None:
    sara = cast.client_of("sara")
    goal = add_goal(sara, cast, "Rustig naar school")
    page = sara.get(history(cast)).text
    address = re.search(r'action="(/p/[^"]+/toch-niet)"', page)
    assert address
    sent = form(page, address[1])
    assert [sara.post(address[1], data=sent).status_code for _ in range(2)] == [303, 303]
    assert sara.get(goal).status_code == 404
    assert said(sara.get(history(cast)).text).count("Sara koos: toch niet.") == 1


@pytest.mark.both_databases
def test_what_was_taken_away_lies_in_the_bin_and_comes_back(cast: Cast) -> None:
    sara = cast.client_of("sara")
    goal = add_goal(sara, cast, "Rustig naar school")
    undo_newest(sara, cast)
    address = f"/p/{cast.plan}/weggehaald"
    page = sara.get(address).text
    assert "Rustig naar school" in said(page)
    assert "Blijft tot" in said(page)
    back = re.search(r'action="(/p/[^"]+/weggehaald/[^"]+/terug)"', page)
    assert back
    sent = form(page, back[1])
    assert [sara.post(back[1], data=sent).status_code for _ in range(2)] == [303, 303]
    assert sara.get(goal).status_code == 200
    assert "Rustig naar school" not in said(sara.get(address).text)


@pytest.mark.parametrize("who", MEMBERS)
@pytest.mark.parametrize("path", ["veranderd", "weggehaald"])
def test_a_member_reads_only_what_is_theirs(cast: Cast, who: str, path: str) -> None:
    client, address, pages = cast.client_of(who), f"/p/{cast.plan}/{path}", ""
    while address:
        text = client.get(address).text
        pages += text
        older = re.search(r'href="(/p/[^"]+\?na=[^"]+)"', text)
        address = older[1] if older else ""
    assert not [name for name, canary in cast.canaries_not_for(who).items() if canary in pages]
    if path == "veranderd":
        # A report is told by its name and day; the rest by its words.
        assert cast.canary("goal of us") in pages


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("path", ["veranderd", "weggehaald"])
def test_nobody_else_finds_it(cast: Cast, who: str, path: str) -> None:
    assert cast.client_of(who).get(f"/p/{cast.plan}/{path}").status_code == 404


@pytest.mark.parametrize("who", ["nele", "oma", "els", "lies"])
def test_nobody_else_takes_a_parents_change_back(cast: Cast, who: str) -> None:
    sara, other = cast.client_of("sara"), cast.client_of(who)
    add_goal(sara, cast, "Rustig naar school")
    page = sara.get(history(cast)).text
    address = re.search(r'action="(/p/[^"]+/toch-niet)"', page)
    assert address
    sent = form(other.get("/").text, "/weg") | {"form_key": uuid4().hex}
    assert other.post(address[1], data=sent).status_code == (401 if who == "lies" else 404)
    assert address[1] not in (other.get(history(cast)).text)


def test_long_histories_have_pages_and_nothing_twice(cast: Cast, app: Flask) -> None:
    with app.app_context():
        for number in range(ON_A_PAGE + 5):
            change(cast.sara, Action.GOAL_ADD, Add(GOAL, GoalBody(words=f"Doel nummer {number}."), GoalState.NOW))
    sara = cast.client_of("sara")
    first = sara.get(history(cast)).text
    older = re.search(r'href="(/p/[^"]+\?na=[^"]+)"', first)
    assert older
    second = sara.get(older[1]).text
    shown = [re.findall(r"Doel nummer \d+\.", text) for text in (first, second)]
    assert len(shown[0]) == ON_A_PAGE
    assert len(set(shown[0] + shown[1])) == len(shown[0] + shown[1]) == ON_A_PAGE + 5


@pytest.mark.parametrize("mark", ["x", "11111111-1111-4111-8111-111111111111"])
def test_a_page_that_is_none_shows_nothing_of_others(cast: Cast, mark: str) -> None:
    answer = cast.client_of("sara").get(history(cast), query_string={"na": mark})
    assert answer.status_code in {200, 404}


def test_days_are_said_as_people_do(cast: Cast) -> None:
    sara = cast.client_of("sara")
    with time_machine.travel(now() + timedelta(days=1), tick=True):
        assert "Gisteren" in said(sara.get(history(cast)).text)
    with time_machine.travel(now() + timedelta(days=10), tick=True):
        page = said(sara.get(history(cast)).text)
        assert "Gisteren" not in page
        assert "Vandaag" not in page


def test_what_one_parent_puts_in_order_out_of_sight_leaves_no_line_for_the_other(cast: Cast, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    _first, secret, after = (add_goal(sara, cast, words) for words in ("Eerst dit", "Stil", "Dan dat"))
    audience = f"/p/{cast.plan}/wie-ziet/goal/{secret.rpartition('/')[2]}"
    assert sara.post(audience, data={"who": "me", "form_key": uuid4().hex}).status_code == 303
    told = re.findall(r'id="(change-[^"]+)"', jef.get(history(cast)).text)
    for way in ("omlaag", "omhoog", "omhoog", "omlaag"):
        assert sara.post(f"{secret}/{way}", data={"form_key": uuid4().hex}).status_code == 303
    assert re.findall(r'id="(change-[^"]+)"', jef.get(history(cast)).text) == told
    # In Sara's order the secret one stands between the two; only the second tap moves something that Jef sees.
    for _tap in range(2):
        assert sara.post(f"{after}/omhoog", data={"form_key": uuid4().hex}).status_code == 303
    assert re.findall(r'id="(change-[^"]+)"', jef.get(history(cast)).text)[1] == told[0]


def test_who_was_let_in_and_with_whom_was_shared_is_told_by_name(cast: Cast) -> None:
    pages, address = "", history(cast)
    sara = cast.client_of("sara")
    while address:
        text = sara.get(address).text
        pages += said(text) + " "
        older = re.search(r'href="(/p/[^"]+\?na=[^"]+)"', text)
        address = older[1] if older else ""
    assert "Sara nodigde iemand uit. Uitnodiging Jef" in pages
    assert "Jef kwam bij ons plan." in pages
    assert "Sara deelde ons plan met iemand. Delen Oma Rosa" in pages
    assert "Sara begon ons plan." in pages


@pytest.mark.parametrize("path", ["veranderd", "weggehaald"])
def test_its_pages_are_valid(cast: Cast, valid_html: Callable[..., None], path: str) -> None:
    sara = cast.client_of("sara")
    goal = add_goal(sara, cast, "Rustig naar school")
    rewrite(sara, goal, "Heel anders")
    valid_html(sara.get(f"/p/{cast.plan}/{path}").text)

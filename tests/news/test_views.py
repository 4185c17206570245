"""What is new to each of the cast: what others did, of what they see, until they say that they saw it."""

import re
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import time_machine
from flask import Flask

from app.change import Add, Put, Remove, change
from app.db import now
from app.goals.models import GOAL
from app.goals.nouns import GoalBody, GoalState
from app.policy.actions import Action
from app.policy.audience import Audience, Who
from tests.cast import Cast, signed_in

pytestmark = pytest.mark.both_databases
LATER = timedelta(days=30)


@pytest.fixture(autouse=True)
def tokens_off(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def goal(actor: Any, words: str, audience: Audience | None = None) -> Any:
    body = GoalBody(words=words, audience=audience or Audience())
    return change(actor, Action.GOAL_ADD, Add(GOAL, body, GoalState.NOW, position=99)).id


def put(cast: Cast, actor: Any, name: str, **fields: Any) -> None:
    from app.scope import load_one

    thing = load_one(actor, GOAL, cast.id(name))
    assert thing is not None
    action = Action.AUDIENCE_CHANGE if "audience" in fields else Action.GOAL_CHANGE
    change(actor, action, Put(thing, msgspec.structs.replace(thing.body, **fields)))


def news(cast: Cast, who: str) -> str:
    found = cast.client_of(who).get(f"/p/{cast.plan}/nieuw")
    assert found.status_code == 200
    return found.text.partition("<main")[2]


@pytest.fixture
def a_month_later(cast: Cast, app: Flask) -> Any:
    """Everything the cast began with is old by now; then Jef and Sara write."""
    with time_machine.travel(now() + LATER, tick=True):
        with app.app_context():
            goal(cast.jef, "Een uil horen")
            goal(cast.jef, "Alleen van Jef", Audience(Who.ME))
            put(cast, cast.sara, "goal of us", words="Een ijsbeer zien")
        yield


@pytest.mark.parametrize(
    ("who", "there", "not_there"),
    [
        ("sara", ["Jef", "Een uil horen"], ["Alleen van Jef", "ijsbeer"]),
        ("jef", ["Sara", "Een ijsbeer zien"], ["Een uil horen", "Alleen van Jef"]),
        ("nele", ["Een uil horen", "Een ijsbeer zien"], ["Alleen van Jef"]),
        ("lisa", ["Een uil horen", "Een ijsbeer zien"], ["Alleen van Jef"]),
        ("bert", ["Er is niets nieuws."], ["uil", "ijsbeer", "Jef"]),
    ],
)
@pytest.mark.usefixtures("a_month_later")
def test_what_others_wrote_is_new_to_who_sees_it(cast: Cast, who: str, there: list[str], not_there: list[str]) -> None:
    page = news(cast, who)
    assert not [words for words in there if words not in page]
    assert not [words for words in not_there if words in page]


@pytest.mark.usefixtures("a_month_later")
def test_what_is_new_stands_on_our_plan_until_somebody_saw_it(cast: Cast, app: Flask) -> None:
    sara = cast.client_of("sara")
    assert "Een uil horen" in sara.get(f"/p/{cast.plan}/?alles=1").text.partition('id="news"')[2]
    page = sara.get(f"/p/{cast.plan}/nieuw").text
    until = re.search(r'name="until" value="([^"]+)"', page)
    assert until
    with app.app_context():
        goal(cast.jef, "Nog snel iets")
    seen = {"until": until[1].replace("&#43;", "+"), "form_key": "1"}
    assert sara.post(f"/p/{cast.plan}/nieuw/gezien", data=seen).status_code == 303
    page = news(cast, "sara")
    assert "Een uil horen" not in page
    assert "Nog snel iets" in page
    assert "Een ijsbeer zien" in news(cast, "jef")


@pytest.mark.usefixtures("a_month_later")
@pytest.mark.parametrize("until", ["", "morgen", "2031-01-01T00:00:00+00:00", "2020-01-01T00:00:00", "1970-01-01"])
def test_a_mark_sent_by_hand_never_hides_what_comes_later(cast: Cast, app: Flask, until: str) -> None:
    cast.client_of("sara").post(f"/p/{cast.plan}/nieuw/gezien", data={"until": until})
    with app.app_context():
        goal(cast.jef, "Pas hierna")
    assert "Pas hierna" in news(cast, "sara")


@pytest.mark.usefixtures("a_month_later")
def test_an_old_page_sent_again_brings_nothing_back(cast: Cast) -> None:
    sara = cast.client_of("sara")
    sara.post(f"/p/{cast.plan}/nieuw/gezien", data={})
    sara.post(f"/p/{cast.plan}/nieuw/gezien", data={"until": "2026-01-01T00:00:00+00:00"})
    assert "Een uil horen" not in news(cast, "sara")


def test_a_guest_hears_nothing_of_facts_of_the_plan_nor_of_the_own_seat(cast: Cast) -> None:
    sara = cast.client_of("sara")
    page = sara.get(f"/p/{cast.plan}/over").text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    facts = {"name": "Familie Goudplevier", "signed_up_question": "Niet voor gasten", "version": version[1]}
    assert sara.post(f"/p/{cast.plan}/over", data=facts).status_code == 303
    sara.post(f"/p/{cast.plan}/wie-ziet-wat/{cast.id('share lisa')}/langer", data={})
    told = news(cast, "lisa")
    assert "over ons plan" not in told
    assert "Niet voor gasten" not in told
    assert "laat iemand langer kijken" not in told
    assert "over ons plan" in news(cast, "jef")


@pytest.mark.parametrize(("days", "is_new"), [(13, True), (15, False)])
def test_who_never_said_that_they_saw_it_all_meets_two_weeks(cast: Cast, app: Flask, days: int, is_new: bool) -> None:
    with time_machine.travel(now() + LATER, tick=True), app.app_context():
        goal(cast.jef, "Een uil horen")
    with time_machine.travel(now() + LATER + timedelta(days=days), tick=True):
        assert ("Een uil horen" in news(cast, "sara")) is is_new


@pytest.mark.parametrize(("days", "is_new"), [(59, True), (61, False)])
def test_who_looks_after_a_long_time_meets_two_months(cast: Cast, app: Flask, days: int, is_new: bool) -> None:
    cast.client_of("sara").post(f"/p/{cast.plan}/nieuw/gezien", data={})
    with app.app_context():
        goal(cast.jef, "Een uil horen")
    with time_machine.travel(now() + timedelta(days=days), tick=True):
        assert ("Een uil horen" in news(cast, "sara")) is is_new


def test_who_just_came_in_is_not_met_with_how_all_of_it_came_about(cast: Cast, app: Flask) -> None:
    from app.rooms import SEATS
    from app.sharing.commands import ShareInput, make
    from app.sharing.nouns import What
    from app.sharing.rules import opened_by
    from app.sharing.store import board

    with time_machine.travel(now() + timedelta(days=2), tick=True):
        with app.app_context():
            until = (now() + timedelta(days=90)).date()
            given = ShareInput(opened=opened_by([What.GOALS]), until=until, guest=True)
            made = make(cast.sara, board(cast.sara), cast.people["peter"], given, None)
            peter = SEATS["guest"](cast.plan, made.share)
            goal(cast.jef, "Een uil horen")
        assert peter is not None
        text = signed_in(app, peter).get(f"/p/{cast.plan}/nieuw").text
    assert "Een uil horen" in text
    assert "Kramsvogel" not in text


def test_who_else_sees_a_thing_is_no_news_to_a_guest(cast: Cast, app: Flask) -> None:
    with time_machine.travel(now() + LATER, tick=True):
        with app.app_context():
            people = (cast.people["lisa"], cast.people["oma"], cast.people["nele"])
            put(cast, cast.sara, "goal of us", audience=Audience(Who.WE_AND, people=people))
        assert "Er is niets nieuws." in news(cast, "lisa")
        assert "Kramsvogel" in news(cast, "jef")


def test_what_was_taken_away_is_told_to_who_could_see_it(cast: Cast, app: Flask) -> None:
    with time_machine.travel(now() + LATER, tick=True):
        with app.app_context():
            change(cast.jef, Action.GOAL_REMOVE, Remove(cast.thing("goal of us", "jef")))
        assert "Kramsvogel" in news(cast, "sara")
        assert "Kramsvogel" not in news(cast, "lisa")
        home = cast.client_of("sara").get(f"/p/{cast.plan}/").text
        assert "Kramsvogel" not in home


def test_oma_reads_what_is_new_since_the_day_she_looked_last(cast: Cast, app: Flask) -> None:
    oma = cast.client_of("oma")
    page = f"/p/{cast.plan}/voor/{cast.id('share oma')}"
    assert "Wat is er nieuw?" not in oma.get(page).text
    with time_machine.travel(now() + timedelta(days=2), tick=True):
        with app.app_context():
            put(cast, cast.sara, "goal with oma", words="Een roek zien")
            goal(cast.sara, "Niet voor oma")
        text = oma.get(page).text.partition("Wat is er nieuw?")[2].partition("</section>")[0]
    assert "Een roek zien" in text
    assert "Niet voor oma" not in text
    assert "href" not in text


def test_a_mark_is_nobodys_to_read(cast: Cast) -> None:
    """That somebody looked here is on no page, and the row holds no word."""
    from app.news.models import NewsMark

    cast.client_of("sara").post(f"/p/{cast.plan}/nieuw/gezien", data={})
    assert set(NewsMark.__table__.c.keys()) == {"id", "plan_id", "holder_id", "at"}
    assert "Sara" not in cast.client_of("jef").get(f"/p/{cast.plan}/wie-keek").text


def test_who_looks_as_a_guest_is_not_told_what_that_guest_saw(cast: Cast, app: Flask) -> None:
    with app.app_context():
        goal(cast.sara, "Naar zee gaan")
    sara, lisa = cast.client_of("sara"), cast.client_of("lisa")
    inside = f"/p/{cast.plan}/wie-ziet-wat/{cast.id('share lisa')}/zo/nieuw"
    assert "Naar zee gaan" in sara.get(inside).text
    assert lisa.post(f"/p/{cast.plan}/nieuw/gezien").status_code == 303
    assert "Naar zee gaan" not in lisa.get(f"/p/{cast.plan}/nieuw").text
    assert "Naar zee gaan" in sara.get(inside).text

"""Van waar wij komen through its pages, as everybody."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
import time_machine
from flask import Flask

from app.agreements import commands as agreements
from app.agreements import store as agreement_store
from app.agreements.models import AGREEMENT
from app.agreements.nouns import AgreementBody, AgreementState, Result, When, WhenSort
from app.change import Add, Put, Remove, change
from app.db import Only, now
from app.goals.models import GOAL, STEP
from app.goals.nouns import GoalBody, GoalState, StepBody, StepState
from app.items import Thing
from app.lookback.store import GOALS_FOLDED, GOALS_SHOWN, ON_A_PART, ON_THE_PAGE
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.policy.actions import Action
from app.policy.actor import Actor, Ring
from app.policy.audience import Audience, Who
from app.scope import load_one
from tests.cast import Cast
from tests.support.pages import said

OUTSIDERS = ("oma", "els", "stopped", "expired", "lies", "nobody")
MEMBERS = ("sara", "jef", "nele")
WEEKS_LATER = timedelta(days=40)
ALONE = Audience(Who.ME)


def address(cast: Cast) -> str:
    return f"/p/{cast.plan}/terugblik"


def page(cast: Cast, who: str = "sara") -> str:
    return said(cast.client_of(who).get(address(cast)).text)


def part_of(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[-1].split(end, 1)[0]


def road(text: str) -> str:
    return part_of(text, "Wat hebben wij zelf gedaan?", "Hoe gaan wij verder?")


def goal(actor: Actor, words: str, **more: Any) -> UUID:
    return change(actor, Action.GOAL_ADD, Add(GOAL, GoalBody(words=words, **more), GoalState.NOW)).id


def step(actor: Actor, goal: UUID, words: str, *helpers: UUID, done: bool = True) -> UUID:
    under = load_one(actor, GOAL, goal)
    made = change(
        actor, Action.STEP_ADD, Add(STEP, StepBody(words=words, helpers=helpers), StepState.OPEN, under=under)
    )
    if done:
        change(actor, Action.STEP_CHANGE, Put(thing(actor, STEP, made.id), state=StepState.DONE))
    return made.id


def thing(actor: Actor, kind: Any, id: UUID) -> Thing[Any]:  # noqa: A002
    found = load_one(actor, kind, id)
    assert found is not None
    return found


def put(actor: Actor, action: Action, kind: Any, id: UUID, **fields: Any) -> None:  # noqa: A002
    there = thing(actor, kind, id)
    change(actor, action, Put(there, msgspec.structs.replace(there.body, **fields)))


def agreed(actor: Actor, words: str, *who: UUID, when: When | None = None, **more: Any) -> UUID:
    body = AgreementBody(words=words, who=who, when=when or When(), **more)
    return change(actor, Action.AGREEMENT_ADD, Add(AGREEMENT, body, AgreementState.OPEN)).id


def tell(actor: Actor, agreement: UUID, day: date | None = None, result: Result = Result.DONE) -> None:
    turn = agreement_store.turn(actor, agreement, day.isoformat() if day else "zonder-dag")
    assert turn is not None
    agreements.tell(actor, turn, result)


# ---- who reads what --------------------------------------------------------------------------------------------------


@pytest.fixture
def all_done(cast: Cast, app: Flask) -> Cast:
    """The cast, with every step done, every goal but one reached and every agreement gelukt."""
    with app.app_context():
        for name, piece in cast.pieces.items():
            if piece.removed or piece.kind not in {"goal", "step", "agreement"} or "lies" in piece.seen_by:
                continue
            who = cast.actors["sara" if "sara" in piece.seen_by else "jef"]
            if piece.kind == "agreement":
                tell(who, piece.id, date.fromisoformat(cast.day))
            elif piece.kind == "step":
                change(who, Action.STEP_CHANGE, Put(cast.thing(name), state=StepState.DONE))
            elif name != "goal of us":
                change(who, Action.GOAL_CHANGE, Put(cast.thing(name), state=GoalState.REACHED))
    return cast


@pytest.mark.both_databases
@pytest.mark.parametrize("who", MEMBERS)
@pytest.mark.parametrize("path", ["", "/gedaan"])
def test_a_member_reads_only_what_is_theirs(all_done: Cast, who: str, path: str) -> None:
    client = all_done.client_of(who)
    for later in (timedelta(0), WEEKS_LATER):
        with time_machine.travel(now() + later, tick=True):
            text = client.get(address(all_done) + path).text
        assert not [name for name, canary in all_done.canaries_not_for(who).items() if canary in text]


@pytest.mark.parametrize("who", MEMBERS)
def test_a_member_finds_the_begin_and_now_of_what_is_theirs(all_done: Cast, who: str) -> None:
    text = page(all_done, who)
    begin, here = part_of(text, "Begin, ", "Nu, "), part_of(text, "Nu, ", "Wat hebben wij zelf gedaan?")
    for name, canary in all_done.canaries_for(who).items():
        if name.startswith("goal") and not all_done.pieces[name].removed:
            assert canary in begin, name
            assert canary in here, name


@pytest.mark.parametrize("who", ["sara", "jef"])
def test_steps_without_a_name_and_agreements_of_the_family_are_its_own(all_done: Cast, who: str) -> None:
    text = road(page(all_done, who))
    assert all_done.canary("step of us") in text
    assert all_done.canary("agreement of nele") in text
    # Oma's are hers.
    for name in ("step oma", "step oma unseen", "agreement of oma"):
        assert all_done.canary(name) not in text
    assert (all_done.canary("step alone") in text) is (who == "sara")
    assert (all_done.canary("agreement alone") in text) is (who == "sara")


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("path", ["", "/gedaan"])
def test_nobody_else_finds_it(cast: Cast, who: str, path: str) -> None:
    assert cast.client_of(who).get(address(cast) + path).status_code == 404


def test_how_it_did_not_go_is_never_here(cast: Cast) -> None:
    for who in MEMBERS:
        text = page(cast, who)
        assert "Niet gelukt" not in text
        assert not [name for name in cast.pieces if name.startswith("outcome") and cast.canary(name) in text]
        assert "%" not in text


def test_of_very_many_changes_the_newest_tell_and_no_more_are_opened(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.history import store as history_store

    with app.app_context():
        one = step(cast.sara, goal(cast.sara, "Samen naar zee"), "De trein opzoeken")
        for _again in range(5):
            for state in (StepState.OPEN, StepState.DONE):
                change(cast.sara, Action.STEP_CHANGE, Put(thing(cast.sara, STEP, one), state=state))
    opened: list[Any] = []
    real = history_store._line
    monkeypatch.setattr(history_store, "_line", lambda whole, row: (opened.append(row), real(whole, row))[1])
    monkeypatch.setattr(history_store, "MOST_CHANGES", 3)
    assert "De trein opzoeken" in road(page(cast))
    assert len(opened) <= 6
    told = [row.version for row in opened if row.item_id == one]
    with app.app_context():
        assert max(told) == thing(cast.sara, STEP, one).version


# ---- the first words -------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_the_first_words_stand_unaltered_beside_the_words_of_now(cast: Cast, app: Flask) -> None:
    with app.app_context():
        id = goal(cast.sara, "Elke ochtend was er ruzie")  # noqa: A001
        put(cast.jef, Action.GOAL_CHANGE, GOAL, id, words="Rustig naar school")
    text = page(cast)
    assert "Elke ochtend was er ruzie" in part_of(text, "Begin, ", "Hoe gaan wij verder?")
    with app.app_context():
        step(cast.sara, id, "Boekentas klaar")
    begin, here = page(cast).split("Nu, ", 1)
    assert "Elke ochtend was er ruzie" in begin
    assert "Rustig naar school" not in begin
    assert "Rustig naar school" in here
    assert "Elke ochtend was er ruzie" not in here


def test_what_came_after_the_first_week_is_no_begin(cast: Cast, app: Flask) -> None:
    with time_machine.travel(now() + timedelta(days=8), tick=True), app.app_context():
        id = goal(cast.sara, "Samen naar zee")  # noqa: A001
        step(cast.sara, id, "De trein opzoeken")
    begin, here = page(cast).split("Nu, ", 1)
    assert "Samen naar zee" not in begin
    assert "Samen naar zee" in here


def test_words_that_were_kept_from_somebody_stay_kept_when_others_take_their_place(cast: Cast, app: Flask) -> None:
    with app.app_context():
        id = goal(cast.sara, "Weg van hier", audience=ALONE)  # noqa: A001
        put(cast.sara, Action.GOAL_CHANGE, GOAL, id, words="Een eigen hoekje")
        put(cast.sara, Action.AUDIENCE_CHANGE, GOAL, id, audience=Audience())
        step(cast.sara, id, "Een stoel zoeken")
    sara, jef = page(cast), page(cast, "jef")
    assert "Weg van hier" in sara
    assert "Weg van hier" not in jef
    begin, here = jef.split("Nu, ", 1)
    assert "Een eigen hoekje" not in begin
    assert "Een eigen hoekje" in here
    assert "Een stoel zoeken" in road(jef)


def test_what_somebody_closed_since_is_not_there_any_more(cast: Cast, app: Flask) -> None:
    with app.app_context():
        id = goal(cast.sara, "Samen zingen")  # noqa: A001
        step(cast.sara, id, "Een lied kiezen")
        put(cast.sara, Action.AUDIENCE_CHANGE, GOAL, id, audience=ALONE)
    for words in ("Samen zingen", "Een lied kiezen"):
        assert words in page(cast)
        assert words not in page(cast, "jef")


def test_what_they_do_not_want_any_more_or_took_away_is_left_alone(cast: Cast, app: Flask) -> None:
    with app.app_context():
        dropped, gone = goal(cast.sara, "Een hond"), goal(cast.sara, "Een kat")
        change(cast.sara, Action.GOAL_CHANGE, Put(thing(cast.sara, GOAL, dropped), state=GoalState.DROPPED))
        step(cast.sara, gone, "Een mand zoeken")
        change(cast.sara, Action.GOAL_REMOVE, Remove(thing(cast.sara, GOAL, gone)))
    text = page(cast)
    assert not [words for words in ("Een hond", "Een kat", "Een mand zoeken") if words in text]


def test_what_others_asked_is_told_as_theirs_and_only_to_who_may_open_those_facts(cast: Cast, app: Flask) -> None:
    with app.app_context():
        from app.plan.models import PLAN

        asked = "Kan het thuis rustiger?"
        put(cast.sara, Action.PLAN_CHANGE, PLAN, cast.plan, signed_up_by="CLB", signed_up_question=asked)
    assert f"CLB vroeg: {asked}" in page(cast, "jef")
    assert asked not in page(cast, "nele")


# ---- people then and since -------------------------------------------------------------------------------------------


def test_who_was_there_first_and_who_came_since(cast: Cast, app: Flask) -> None:
    with time_machine.travel(now() + WEEKS_LATER, tick=True):
        with app.app_context():
            change(cast.sara, Action.PERSON_ADD, Add(PERSON, PersonBody(name="Fatma"), Only.ACTIVE))
            hidden = PersonBody(name="Advocaat Claes", audience=ALONE)
            change(cast.sara, Action.PERSON_ADD, Add(PERSON, hidden, Only.ACTIVE))
            step(cast.sara, cast.id("goal of us"), "Fatma bellen")
        texts = {who: page(cast, who) for who in MEMBERS}
    begin, here = texts["jef"].split("Nu, ", 1)
    assert "Sara, Jef, Kaat" in begin
    assert "Fatma" not in begin
    assert "Fatma" in part_of(here, "Er kwamen mensen bij", "Wat hebben wij zelf gedaan?")
    assert "Claes" in texts["sara"]
    assert "Claes" not in texts["jef"]
    # People were not opened to Nele.
    assert "Er kwamen mensen bij" not in texts["nele"]


def test_somebody_stands_in_the_ring_where_they_were(cast: Cast, app: Flask) -> None:
    with time_machine.travel(now() + WEEKS_LATER, tick=True):
        with app.app_context():
            put(cast.sara, Action.PERSON_CHANGE, PERSON, cast.people["peter"], ring=Ring.SERVICES)
            step(cast.sara, cast.id("goal of us"), "Peter bellen")
        begin = page(cast).split("Nu, ", maxsplit=1)[0]
    assert "Tortelduif" in part_of(begin, "Dicht bij ons", "Diensten en school")
    assert "Tortelduif" not in begin.partition("Diensten en school")[2]


# ---- what they did themselves ----------------------------------------------------------------------------------------


def test_steps_and_agreements_stand_in_own_words_oldest_first(cast: Cast, app: Flask) -> None:
    start, wanted = now(), cast.id("goal of us")
    with app.app_context():
        for day, words in ((3, "Dan dit"), (1, "Eerst dit"), (2, "Fietsen")):
            with time_machine.travel(start + timedelta(days=day), tick=True):
                step(cast.sara, wanted, words, cast.people["kaat"])
        with time_machine.travel(start + timedelta(days=4), tick=True):
            tell(cast.sara, agreed(cast.sara, "Naar het CLB bellen", cast.people["jef"]))
    with time_machine.travel(start + WEEKS_LATER, tick=True):
        text = road(page(cast, "jef"))
    words = ["Hier begon ons plan.", "Eerst dit", "Fietsen", "Dan dit", "Naar het CLB bellen", "Dat deden jullie zelf."]
    assert [text.index(one) for one in words] == sorted(text.index(one) for one in words)
    assert "Naar het CLB bellen Jef" in text


def test_what_comes_back_each_week_stands_once_with_how_often(cast: Cast, app: Flask) -> None:
    today = date.fromisoformat(cast.day)
    weekly = When(sort=WhenSort.WEEKLY, day=today, weekdays=tuple(range(7)))
    with app.app_context():
        id = agreed(cast.sara, "Samen lezen", cast.people["kaat"], when=weekly)  # noqa: A001
        tell(cast.sara, id, today)
    assert "keer" not in road(page(cast))
    with time_machine.travel(now() + timedelta(days=3), tick=True):
        with app.app_context():
            for day, result in ((1, Result.MISSED), (2, Result.DONE), (3, Result.DONE)):
                tell(cast.jef, id, today + timedelta(days=day), result)
        text = road(page(cast))
    assert text.count("Samen lezen") == 1
    assert "Samen lezen Kaat · 3 keer" in text


def test_what_was_done_after_all_not_is_not_there(cast: Cast, app: Flask) -> None:
    with app.app_context():
        id = step(cast.sara, cast.id("goal of us"), "Een nest bouwen")  # noqa: A001
    assert "Een nest bouwen" in road(page(cast))
    with app.app_context():
        change(cast.sara, Action.STEP_CHANGE, Put(thing(cast.sara, STEP, id), state=StepState.OPEN))
    assert "Een nest bouwen" not in page(cast)


def test_moving_a_step_since_does_not_move_its_day(cast: Cast, app: Flask) -> None:
    with app.app_context():
        id = step(cast.sara, cast.id("goal of us"), "Een nest bouwen")  # noqa: A001
    with time_machine.travel(now() + timedelta(days=1), tick=True):
        with app.app_context():
            change(cast.sara, Action.STEP_CHANGE, Put(thing(cast.sara, STEP, id), position=9))
        assert "Gisteren Een nest bouwen" in road(page(cast))


# ---- nothing yet, and very much --------------------------------------------------------------------------------------


def test_on_the_first_day_the_page_says_that_it_is_the_begin(cast: Cast) -> None:
    text = said(cast.client_of("lies").get(f"/p/{cast.elsewhere}/terugblik").text)
    assert "Vandaag is het begin. Later zie je hier hoe ver jullie zijn." in text
    assert "Nu, " not in text
    with time_machine.travel(now() + WEEKS_LATER, tick=True):
        text = said(cast.client_of("lies").get(f"/p/{cast.elsewhere}/terugblik").text)
    assert "Hier komt wat jullie zelf doen. Eén kleine stap is genoeg." in text


@pytest.fixture
def long_road(cast: Cast, app: Flask) -> Cast:
    """More than two parts of it."""
    with app.app_context():
        under = thing(cast.sara, GOAL, cast.id("goal of us"))
        adding = [
            Add(STEP, StepBody(words=f"Stap nummer {number}."), StepState.DONE, under=under, id=uuid4())
            for number in range(ON_A_PART * 2 + 3)
        ]
        for one in adding:
            change(cast.sara, Action.STEP_ADD, one)
    return cast


def steps(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"Stap nummer (\d+)\.", text)]


def test_a_long_road_is_folded_and_each_step_stands_on_one_part(long_road: Cast) -> None:
    sara, start = long_road.client_of("sara"), address(long_road)
    shown = sara.get(start).text
    assert steps(shown) == list(range(ON_A_PART * 2 + 3))[-ON_THE_PAGE:]
    more = re.search(r'href="(/p/[^"]+/gedaan\?deel=1)"[^>]*>.*?Toon meer', shown, re.S)
    assert more
    found, number = [], 1
    while (answer := sara.get(f"{start}/gedaan?deel={number}")).status_code == 200:
        found = steps(answer.text) + found
        assert (f"deel={number + 1}" in answer.text) is (number < 3)
        assert ("Hier begon ons plan." in said(answer.text)) is (number == 3)
        number += 1
    assert found == list(range(ON_A_PART * 2 + 3))
    assert number == 4


def test_many_goals_are_folded_and_the_rest_is_a_tap_away(cast: Cast, app: Flask) -> None:
    with app.app_context():
        for number in range(30):
            step(cast.sara, goal(cast.sara, f"Doel nummer {number}."), f"Stap {number}")
    text = cast.client_of("sara").get(address(cast)).text
    begin, here = part_of(text, 'id="begin"', 'id="now"'), part_of(text, 'id="now"', 'id="done"')
    for half in (begin, here):
        before, folded = half.split("Toon meer", 1)
        assert len(re.findall(r"<h3 class=|<blockquote", before)) == GOALS_SHOWN
        assert len(re.findall(r"<h3 class=|<blockquote", folded)) == GOALS_FOLDED - GOALS_SHOWN
    assert f'href="/p/{cast.plan}/doelen"' in here
    assert len(re.findall(r"<[a-z]", text)) <= 500


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "1.5", "²", "99999999999"])
def test_a_part_that_is_none_is_not_there(cast: Cast, number: str) -> None:
    answer = cast.client_of("sara").get(f"{address(cast)}/gedaan", query_string={"deel": number})
    assert answer.status_code == 404


def test_it_leads_on_to_what_somebody_may_do(cast: Cast) -> None:
    sara, nele = (cast.client_of(who).get(address(cast)).text for who in ("sara", "nele"))
    assert "Je hoeft vandaag niets af te maken." in said(sara)
    assert "/doelen/nieuw" in sara
    assert "/afspraken/nieuw" in sara
    assert "/doelen/nieuw" in nele
    assert "/afspraken/nieuw" not in nele


@pytest.mark.parametrize("who", MEMBERS)
@pytest.mark.parametrize("path", ["/", "/meer"])
def test_it_is_found_from_ons_plan_and_from_meer(cast: Cast, who: str, path: str) -> None:
    assert f'href="{address(cast)}"' in cast.client_of(who).get(f"/p/{cast.plan}{path}").text


@pytest.mark.parametrize("path", ["", "/gedaan", "/gedaan?deel=2"])
def test_its_pages_are_valid_and_small(long_road: Cast, valid_html: Callable[..., None], path: str) -> None:
    text = long_road.client_of("sara").get(address(long_road) + path).text
    valid_html(text)
    assert len(re.findall(r"<[a-z]", text)) <= 500

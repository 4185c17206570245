"""Agreements through the pages, as everybody of the cast."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.agreements.weeks import THURSDAY
from tests.cast import Cast

OUTSIDERS = ("oma", "els", "stopped", "expired", "lies", "nobody")
FRIDAY, SATURDAY = THURSDAY + timedelta(days=1), THURSDAY + timedelta(days=2)
YESTERDAY = THURSDAY - timedelta(days=1)
TITLE = re.compile(r"<title>(.*?)</title>")
pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def on_a_thursday(app: Flask) -> Iterator[None]:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False
    with time_machine.travel(datetime.fromisoformat(f"{THURSDAY}T12:00+00:00")):
        yield


def agreements(cast: Cast) -> str:
    return f"/p/{cast.plan}/afspraken"


def post(client: FlaskClient, address: str, htmx: bool = False, **data: Any) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(address, data={"form_key": uuid4().hex, **data}, headers=headers)


def add(client: FlaskClient, cast: Cast, words: str, **more: Any) -> str:
    """Adds an agreement through its form; the address of its page."""
    answer = post(client, agreements(cast), words=words, **more)
    assert answer.status_code == 303, answer.text
    return page_of(client, cast, words)


def page_of(client: FlaskClient, cast: Cast, words: str) -> str:
    page = client.get(agreements(cast)).text
    links = re.findall(r'href="(/p/[^"]+/afspraken/[0-9a-f-]{36})"', page)
    found = [link for link in dict.fromkeys(links) if f">{words}</h1>" in client.get(link).text]
    assert found, f"{words} is not on the page of agreements"
    return str(found[0])


def section(page: str, heading: str) -> str:
    """What stands under a heading."""
    return page.partition(f"<h2>{heading}</h2>")[2].partition("<h2>")[0]


def on(day: date) -> dict[str, str]:
    return {"sort": "day", "day": day.isoformat()}


# ---- the page -------------------------------------------------------------------------------------------------------
def test_a_plan_without_agreements_says_what_one_is(cast: Cast) -> None:
    page = cast.client_of("lies").get(f"/p/{cast.elsewhere}/afspraken").text
    assert "Nog geen afspraken. Een afspraak is klein: wie, wat, wanneer." in page
    assert "Nieuwe afspraak" in page


def test_agreements_stand_under_this_week_later_and_done(cast: Cast) -> None:
    sara = cast.client_of("sara")
    done = add(sara, cast, "Fiets herstellen", **on(THURSDAY))
    add(sara, cast, "Kamer opruimen", **on(FRIDAY))
    add(sara, cast, "Bellen met de bank", sort="period", first=str(THURSDAY + timedelta(days=9)))
    add(sara, cast, "Iemand met een auto zoeken")
    post(sara, f"{done}/{THURSDAY}/gelukt")
    page = sara.get(agreements(cast)).text
    assert "Kamer opruimen" in section(page, "Deze week")
    later = section(page, "Later")
    assert later.index("Bellen met de bank") < later.index("Iemand met een auto zoeken")
    assert "nog geen dag" in later.lower()
    assert "Fiets herstellen" in section(page, "Gedaan")


def test_what_is_still_open_of_this_week_stays_and_nothing_is_called_late(cast: Cast) -> None:
    sara = cast.client_of("sara")
    add(sara, cast, "Huiswerk maken", sort="weekly", weekdays=["0", "3"], start=str(THURSDAY - timedelta(days=3)))
    with time_machine.travel(datetime.fromisoformat(f"{SATURDAY}T12:00+00:00")):
        page = sara.get(agreements(cast)).text
        assert "Ook nog open: maandag" in section(page, "Deze week")
        assert not re.search(r"te laat|achterstand|gemist|verlopen", page.lower())
    with time_machine.travel(datetime.fromisoformat(f"{THURSDAY + timedelta(days=5)}T12:00+00:00")):
        assert "Ook nog open" not in sara.get(agreements(cast)).text


def test_a_single_day_that_went_by_is_not_lost(cast: Cast) -> None:
    sara = cast.client_of("sara")
    add(sara, cast, "Brief schrijven", **on(THURSDAY))
    with time_machine.travel(datetime.fromisoformat(f"{THURSDAY + timedelta(days=7)}T12:00+00:00")):
        page = sara.get(agreements(cast)).text
        assert "Brief schrijven" in page.partition("Van vroeger")[2]


def test_a_long_part_shows_its_first_and_leads_to_the_rest(cast: Cast) -> None:
    sara = cast.client_of("sara")
    later = [f"Ding {number:02}" for number in range(1, 41)]
    for number, words in enumerate(later):
        post(sara, agreements(cast), words=words, **on(THURSDAY + timedelta(days=20 + number)))
    page = sara.get(agreements(cast)).text
    shown = [words for words in later if f"{words}<" in page]
    assert shown == later[: len(shown)]
    assert 0 < len(shown) <= 8
    seen = list(shown)
    while (more := re.search(r'href="(/p/[^"]+/afspraken/alle/later\?na=\d+)"', page)) is not None:
        page = sara.get(more[1]).text
        seen += [words for words in later if f"{words}<" in page]
    assert seen == later


@pytest.mark.parametrize("start", ["-1", "x", "٣", "999999", "9" * 400, ""])
def test_a_start_that_is_none_is_no_mistake(cast: Cast, start: str) -> None:
    assert cast.client_of("sara").get(f"{agreements(cast)}/alle/later", query_string={"na": start}).status_code == 200


def test_a_part_that_is_none_is_not_there(cast: Cast) -> None:
    assert cast.client_of("sara").get(f"{agreements(cast)}/alle/ooit").status_code == 404


def test_midnight_is_the_familys_midnight(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address = add(sara, cast, "Samen eten", **on(FRIDAY))
    with time_machine.travel(datetime.fromisoformat(f"{THURSDAY}T22:59+00:00")):
        assert "Morgen" in sara.get(address).text
    with time_machine.travel(datetime.fromisoformat(f"{THURSDAY}T23:01+00:00")):
        assert "Vandaag" in sara.get(address).text


@pytest.mark.parametrize("path", ["", "/nieuw"])
def test_no_title_holds_words_of_the_family(cast: Cast, path: str) -> None:
    sara = cast.client_of("sara")
    address = add(sara, cast, "Kievitseieren zoeken", **on(THURSDAY))
    for page in (agreements(cast) + path, address, f"{address}/verander", f"{address}/{THURSDAY}/wat-nu"):
        title = TITLE.search(sara.get(page).text)
        assert title
        assert "Kievit" not in title[1]


# ---- adding ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Nog geen dag"),
        ({"sort": "open", "day": str(FRIDAY)}, "Nog geen dag"),
        (on(THURSDAY) | {"at": "15:30"}, "Vandaag om 15.30 u"),
        ({"sort": "day", "day": "other", "other_day": str(FRIDAY)}, "Morgen"),
        ({"sort": "day", "other_day": f"{FRIDAY:%d/%m/%Y}", "at": "8 u"}, "Morgen om 8 u"),
        ({"other_day": str(FRIDAY)}, "Morgen"),
        ({"sort": "weekly", "weekdays": ["3", "1"], "at": "8.05"}, "Elke dinsdag en donderdag om 8.05 u"),
        ({"weekdays": ["2"]}, "Elke woensdag"),
        ({"sort": "weekly", "weekdays": ["5"], "every": "2"}, "Om de 2 weken op zaterdag"),
        ({"sort": "once", "condition": "als het regent"}, "Als het regent"),
        ({"condition": "als oma belt"}, "Als oma belt"),
    ],
)
def test_who_and_when_may_stay_open_or_be_said_in_many_ways(cast: Cast, form: dict[str, Any], said: str) -> None:
    sara = cast.client_of("sara")
    page = sara.get(add(sara, cast, "Samen eten", **form)).text.replace("\N{NO-BREAK SPACE}", " ")
    assert said in page
    assert "Nog niemand" in page


@pytest.mark.parametrize(
    ("form", "field", "said"),
    [
        ({"words": "  "}, "words", "Schrijf op wat jullie doen. Klein is goed."),
        (on(YESTERDAY), "day", "Die dag is voorbij. Kies een dag die nog komt."),
        ({"sort": "day"}, "day", "Kies een dag. Je kan die later nog veranderen."),
        ({"sort": "day", "other_day": "morgen"}, "other_day", "Schrijf de dag zo: 31/12/2026."),
        ({"sort": "day", "other_day": "3/12/9999"}, "other_day", "Schrijf de dag zo: 31/12/2026."),
        (on(FRIDAY) | {"at": "26.00"}, "at", "Schrijf het uur zo: 15.30."),
        ({"sort": "weekly"}, "weekdays", "Kies een dag van de week. Meer dagen mag ook."),
        ({"sort": "weekly", "weekdays": "9"}, "weekdays", "Kies een dag van de week. Meer dagen mag ook."),
        ({"sort": "weekly", "weekdays": "1", "every": "40"}, "every", "Kies om de hoeveel weken."),
        ({"sort": "weekly", "weekdays": "1", "until": str(YESTERDAY)}, "until", "Het einde komt voor het begin."),
        ({"sort": "period"}, "first", "Kies een dag. Je kan die later nog veranderen."),
        ({"sort": "period", "first": str(SATURDAY), "last": str(FRIDAY)}, "last", "Het einde komt voor het begin."),
        ({"sort": "once"}, "condition", "Schrijf op wanneer. Bijvoorbeeld: als het regent."),
        ({"who": str(uuid4())}, "who", "Die naam staat niet meer bij onze mensen."),
        ({"goal": str(uuid4())}, "goal", "Dat doel staat niet meer in ons plan."),
    ],
)
def test_what_is_still_needed_is_said_at_its_field_and_all_is_kept(
    cast: Cast, form: dict[str, Any], field: str, said: str
) -> None:
    kept = {"words": "Samen eten", "where": "bij moeke"} | form
    answer = post(cast.client_of("sara"), agreements(cast), **kept)
    assert answer.status_code == 422
    assert f'<a href="#{field}">{said}' in answer.text
    assert "bij moeke" in answer.text
    typed = (value for name, value in form.items() if name not in {"who", "goal", "weekdays", "every"})
    assert all(value.strip() in answer.text for value in typed)


def test_the_same_form_twice_makes_one_agreement(cast: Cast) -> None:
    sara, key = cast.client_of("sara"), uuid4().hex
    for _time in range(2):
        assert post(sara, agreements(cast), words="Samen eten", form_key=key).status_code == 303
    page = sara.get(agreements(cast)).text
    assert len(re.findall(r'lang="nl">Samen eten<', page)) == 1


def test_a_new_agreement_may_start_from_a_goal_or_a_person(cast: Cast) -> None:
    sara = cast.client_of("sara")
    goal, oma = cast.id("goal of us"), cast.people["oma"]
    page = sara.get(f"{agreements(cast)}/nieuw?doel={goal}&wie={oma}").text
    assert re.search(f'value="{goal}" checked', page)
    assert re.search(f'value="{oma}" checked', page)
    assert sara.get(f"{agreements(cast)}/nieuw?doel=geen&wie=niemand").status_code == 200


# ---- gelukt ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("back", "end"), [("index", "/afspraken"), ("home", "/"), ("elders", "/afspraken")])
def test_one_tap_says_gelukt_and_comes_back_where_it_was(cast: Cast, back: str, end: str) -> None:
    sara = cast.client_of("sara")
    address = add(sara, cast, "Samen eten", **on(THURSDAY))
    answer = post(sara, f"{address}/{THURSDAY}/gelukt", back=back)
    assert (answer.status_code, answer.location) == (303, f"/p/{cast.plan}{end}")
    page = sara.get(address).text
    assert "Weer een stap gezet. Dat deden jullie zelf." in page
    assert "Toch niet" in page


def test_htmx_gets_the_card_that_stands_on_the_page(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address = add(sara, cast, "Samen eten", **on(THURSDAY))
    card = f'id="turn-{address[-36:]}-{THURSDAY}"'
    assert card in sara.get(agreements(cast)).text
    for act, said in (
        ("gelukt", "Weer een stap gezet. Dat deden jullie zelf."),
        ("gelukt/terug", "Bewaard."),
        ("niet-gelukt", "Niet gelukt. Dat kan. Wat nu?"),
        ("gelukt", "Weer een stap gezet."),
    ):
        answer = post(sara, f"{address}/{THURSDAY}/{act}", htmx=True, back="home")
        assert answer.status_code == 200
        assert answer.text.lstrip().startswith("<article")
        assert card in answer.text
        assert said in answer.text


def test_gelukt_sent_three_times_is_one_and_can_be_taken_back(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address, key = add(sara, cast, "Samen eten", **on(THURSDAY)), uuid4().hex
    for _time in range(3):
        assert post(sara, f"{address}/{THURSDAY}/gelukt", form_key=key).status_code == 303
    for _time in range(3):
        assert post(sara, f"{address}/{THURSDAY}/gelukt/terug").status_code == 303
    page = sara.get(address).text
    assert "Niet gelukt</span>" in page
    assert "Toch niet" not in page


@pytest.mark.parametrize("day", [str(FRIDAY), "zonder-dag", "morgen", "2026-13-45"])
def test_a_day_it_does_not_happen_is_not_there(cast: Cast, day: str) -> None:
    sara = cast.client_of("sara")
    address = add(sara, cast, "Samen eten", **on(THURSDAY))
    assert post(sara, f"{address}/{day}/gelukt").status_code == 404


# ---- niet gelukt, en dan --------------------------------------------------------------------------------------------
def missed(cast: Cast, sara: FlaskClient, **more: Any) -> tuple[str, str]:
    """An agreement that did not work today: its page, and the address of that time."""
    address = add(sara, cast, "Samen eten", **(more or on(THURSDAY)))
    answer = post(sara, f"{address}/{THURSDAY}/niet-gelukt")
    assert answer.location == f"{address}/{THURSDAY}/wat-nu"
    return address, f"{address}/{THURSDAY}"


def test_niet_gelukt_asks_what_now_and_offers_four_ways(cast: Cast) -> None:
    sara = cast.client_of("sara")
    _address, there = missed(cast, sara)
    page = sara.get(f"{there}/wat-nu").text
    assert "Niet gelukt. Dat kan. Wat nu?" in page
    for way in ("Nieuwe dag", "Iemand anders", "Kleiner maken", "Niet meer nodig"):
        assert way in page


def test_why_may_be_told(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address, there = missed(cast, sara)
    assert post(sara, f"{there}/waarom", why="De bus kwam niet.").status_code == 303
    assert "De bus kwam niet." in sara.get(address).text
    assert "De bus kwam niet." in sara.get(f"{there}/wat-nu").text


def test_a_new_day(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address, there = missed(cast, sara)
    for form, said in (
        ({}, "Kies een dag."),
        ({"day": str(YESTERDAY)}, "Die dag is voorbij."),
        ({"day": "other", "other_day": "ooit"}, "Schrijf de dag zo:"),
    ):
        answer = post(sara, f"{there}/nieuwe-dag", **form)
        assert answer.status_code == 422
        assert said in answer.text
    assert post(sara, f"{there}/nieuwe-dag", day=str(FRIDAY)).status_code == 303
    assert "Morgen" in sara.get(address).text
    assert post(sara, f"{there}/nieuwe-dag", day=str(SATURDAY)).status_code == 303
    assert "Dit is al veranderd. Kijk hoe het nu staat." in sara.get(address).text


def test_a_new_day_of_a_weekly_one_is_only_for_this_time(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address, there = missed(cast, sara, sort="weekly", weekdays=["3", "4"])
    assert "Alleen deze keer. De andere dagen blijven." in sara.get(f"{there}/nieuwe-dag").text
    answer = post(sara, f"{there}/nieuwe-dag", day=str(FRIDAY))
    assert answer.status_code == 422
    assert "Die dag doen jullie dit al." in answer.text
    post(sara, f"{there}/nieuwe-dag", day=str(SATURDAY))
    page = sara.get(address).text
    assert "Elke donderdag en vrijdag" in page
    assert f"-{SATURDAY}-what" in page


def test_somebody_else(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address, there = missed(cast, sara)
    answer = post(sara, f"{there}/iemand-anders", who=str(uuid4()))
    assert answer.status_code == 422
    assert "Die naam staat niet meer bij onze mensen." in answer.text
    assert post(sara, f"{there}/iemand-anders", who=str(cast.people["jef"])).status_code == 303
    assert "Jef" in sara.get(address).text


def test_smaller(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address, there = missed(cast, sara)
    assert post(sara, f"{there}/kleiner", words="").status_code == 422
    assert post(sara, f"{there}/kleiner", words="Samen soep eten").status_code == 303
    page = sara.get(agreements(cast)).text
    assert "Samen soep eten" in section(page, "Deze week")
    assert "Niet meer nodig" in sara.get(address).text
    assert post(sara, f"{address}/toch-wel").status_code == 303
    assert "Toch wel" not in sara.get(address).text


def test_not_needed_any_more(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address, there = missed(cast, sara)
    for _time in range(2):
        assert post(sara, f"{there}/niet-nodig", ends="all").status_code == 303
    assert "Toch wel" in sara.get(address).text
    assert post(sara, f"{there}/gelukt").status_code == 303
    assert "Toch wel" in sara.get(address).text


def test_a_weekly_one_may_fall_away_only_this_time(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address, there = missed(cast, sara, sort="weekly", weekdays=["3"])
    page = sara.get(f"{there}/niet-nodig").text
    assert "Alleen deze keer niet" in page
    assert "Helemaal niet meer" in page
    post(sara, f"{there}/niet-nodig", ends="once")
    page = sara.get(address).text
    assert "Elke donderdag" in page
    assert "Toch wel" not in page


def test_toch_wel_for_what_is_not_stopped_says_how_it_is(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address = add(sara, cast, "Samen eten")
    assert post(sara, f"{address}/toch-wel").status_code == 303
    assert sara.get(address).status_code == 200


# ---- changing -------------------------------------------------------------------------------------------------------
def test_an_agreement_stands_in_its_form_as_it_was_made(cast: Cast) -> None:
    sara = cast.client_of("sara")
    form = {
        "sort": "weekly",
        "weekdays": ["1", "3"],
        "every": "2",
        "at": "8:05",
        "until": str(THURSDAY + timedelta(90)),
    }
    address = add(sara, cast, "Samen eten", where="bij moeke", who=str(cast.people["oma"]), **form)
    page = sara.get(f"{address}/verander").text
    for held in ('value="1" checked', 'value="3" checked', 'value="2" checked', 'value="weekly" checked'):
        assert held in page
    for held in ("08:05", form["until"], "bij moeke", f'value="{cast.people["oma"]}" checked'):
        assert str(held) in page


def test_after_choosing_own_words_the_day_somebody_else_chose_stays(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    address = add(sara, cast, "Samen eten", sort="weekly", weekdays=["0"], at="8:05")
    page = sara.get(f"{address}/verander").text
    seen = re.findall(r'<input type="hidden" name="(was_\w+|version)" value="([^"]*)">', page)
    untouched = {name.removeprefix("was_"): value for name, value in seen}
    theirs = untouched | {"words": "Samen koken", "weekdays": "4", "at": "9:30"}
    assert post(jef, f"{address}/verander", **theirs).status_code == 303
    answer = post(sara, f"{address}/verander", **(dict(seen) | untouched | {"words": "Samen bakken"}))
    assert answer.status_code == 422
    assert 'value="4" checked' in answer.text
    assert 'value="0" checked' not in answer.text
    assert "09:30" in answer.text
    assert "Samen bakken" in answer.text


def test_two_who_write_at_once_see_both_and_choose(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    address = add(sara, cast, "Samen eten")
    seen = re.findall(r'name="version" value="(\d+)"', sara.get(f"{address}/verander").text)[0]
    post(jef, f"{address}/verander", words="Samen koken", version=seen)
    answer = post(sara, f"{address}/verander", words="Samen bakken", version=seen)
    assert answer.status_code == 422
    assert "Iemand veranderde dit net ook. Kies wat jullie houden." in answer.text
    assert "Samen koken" in answer.text
    assert "Samen bakken" in answer.text
    newer = re.findall(r'name="version" value="(\d+)"', answer.text)[0]
    assert post(sara, f"{address}/verander", words="Samen bakken", version=newer).status_code == 303
    assert "Samen bakken" in sara.get(address).text


def test_an_edit_that_is_refused_keeps_the_form(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address = add(sara, cast, "Samen eten", **on(THURSDAY))
    answer = post(sara, f"{address}/verander", words="Samen bakken", **on(YESTERDAY))
    assert answer.status_code == 422
    assert "Die dag is voorbij." in answer.text
    assert "Samen bakken" in answer.text


def test_what_is_taken_away_is_gone_and_twice_is_once(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address = add(sara, cast, "Samen eten")
    for _time in range(2):
        assert post(sara, f"{address}/weg").status_code == 303
    assert sara.get(address).status_code == 404
    assert "Samen eten" not in sara.get(agreements(cast)).text


# ---- who may --------------------------------------------------------------------------------------------------------
READ = ("", "/verander", f"/{THURSDAY}/wat-nu", f"/{THURSDAY}/nieuwe-dag", f"/{THURSDAY}/niet-nodig")
WRITE = ("/verander", "/weg", "/toch-wel", *(f"/{THURSDAY}/{act}" for act in (
    "gelukt", "niet-gelukt", "gelukt/terug", "waarom", "nieuwe-dag", "iemand-anders", "kleiner", "niet-nodig",
)))  # fmt: skip


def test_who_has_no_key_has_no_page_and_writes_nothing(cast: Cast) -> None:
    sara = cast.client_of("sara")
    address = add(sara, cast, "Samen eten", who=str(cast.people["oma"]), **on(THURSDAY))
    before = sara.get(address).text
    for who in OUTSIDERS:
        client = cast.client_of(who)
        for path in READ:
            assert client.get(address + path).status_code == 404, (who, path)
        for path in WRITE:
            assert post(client, address + path, words="x", who="x").status_code in {401, 404}, (who, path)
        assert client.get(agreements(cast)).status_code == 404
        assert post(client, agreements(cast), words="x").status_code in {401, 404}
    # Forms carry a key of their own each time; all else is as it was.
    assert without_keys(sara.get(address).text) == without_keys(before)


def without_keys(page: str) -> str:
    return re.sub(r'value="[0-9A-Za-z._-]{30,}"', "", page)


def test_a_meehelper_sees_hers_says_gelukt_and_changes_nothing(cast: Cast) -> None:
    sara, nele = cast.client_of("sara"), cast.client_of("nele")
    hers = add(sara, cast, "Samen eten", who=str(cast.people["nele"]), **on(THURSDAY))
    other = add(sara, cast, "Samen koken", who=str(cast.people["jef"]), **on(THURSDAY))
    assert nele.get(other).status_code == 404
    page = nele.get(hers).text
    assert "Gelukt" in page
    assert "Verander" not in page
    assert "Nieuwe afspraak" not in nele.get(agreements(cast)).text
    assert nele.get(f"{agreements(cast)}/nieuw").status_code == 404
    assert post(nele, f"{hers}/{THURSDAY}/niet-gelukt").status_code == 303
    assert "Nieuwe dag" not in nele.get(hers).text
    assert post(nele, f"{hers}/{THURSDAY}/nieuwe-dag", day=str(FRIDAY)).status_code == 404
    assert post(nele, f"{hers}/{THURSDAY}/gelukt").status_code == 303
    assert post(nele, f"{hers}/weg").status_code == 404


def test_what_sara_keeps_is_not_there_for_jef(cast: Cast) -> None:
    jef = cast.client_of("jef")
    page = jef.get(agreements(cast)).text
    assert cast.canary("agreement alone") not in page
    assert cast.canary("agreement closed") in page
    assert jef.get(f"{agreements(cast)}/{cast.id('agreement alone')}").status_code == 404


# ---- on other pages -------------------------------------------------------------------------------------------------
def test_a_persons_page_says_what_is_agreed_with_them(cast: Cast) -> None:
    sara = cast.client_of("sara")
    add(sara, cast, "Samen eten", who=str(cast.people["oma"]), **on(FRIDAY))
    add(sara, cast, "Samen koken", who=str(cast.people["jef"]))
    page = sara.get(f"/p/{cast.plan}/mensen/{cast.people['oma']}").text
    assert "Samen eten" in page
    assert "Samen koken" not in page


def test_a_goals_page_says_what_is_agreed_for_it(cast: Cast) -> None:
    sara = cast.client_of("sara")
    add(sara, cast, "Samen eten", goal=str(cast.id("goal of us")))
    assert "Samen eten" in sara.get(f"/p/{cast.plan}/doelen/{cast.id('goal of us')}").text
    assert "Samen eten" not in sara.get(f"/p/{cast.plan}/doelen/{cast.id('goal with oma')}").text


def test_today_stands_on_our_plan_and_takes_one_tap(cast: Cast) -> None:
    sara = cast.client_of("sara")
    for number in range(4):
        add(sara, cast, f"Afspraak {number}", **on(THURSDAY))
    page = sara.get(f"/p/{cast.plan}/").text
    cards = re.findall(r'formaction="([^"]+/gelukt)"', page)
    assert len(cards) == 3
    assert post(sara, cards[0], back="home").location == f"/p/{cast.plan}/"


# ---- the practice cases ---------------------------------------------------------------------------------------------
def person(cast: Cast, name: str) -> str:
    from app.change import Add, change
    from app.db import Only
    from app.people.models import PERSON
    from app.people.nouns import PersonBody
    from app.policy.actions import Action

    assert cast.app is not None
    with cast.app.test_request_context():
        return str(change(cast.sara, Action.PERSON_ADD, Add(PERSON, PersonBody(name=name), Only.ACTIVE)).id)


CASES: list[tuple[str, str, dict[str, Any], str]] = [
    # Kaat
    ("tante Betty", "Kaat ophalen aan school", {"sort": "weekly", "weekdays": ["1", "3"], "at": "15:30"},
     "Elke dinsdag en donderdag om 15.30 u"),
    ("moeke", "Met Kaat naar de bib", {"sort": "weekly", "weekdays": ["2"], "every": "2"},
     "Om de 2 weken op woensdag"),
    ("mevrouw Knapen", "Kaat extra uitleg geven bij Nederlands", {}, "Nog geen dag"),
    # Malika
    ("het meisje uit de buurt", "Huiswerk maken met de drie jongsten",
     {"sort": "weekly", "weekdays": ["0", "1", "3"], "at": "16:00"}, "Elke maandag, dinsdag en donderdag om 16 u"),
    ("iemand van het OCMW", "Samen de rekeningen bekijken", {"sort": "period", "last": str(THURSDAY + timedelta(9))},
     "Tegen zaterdag"),
    ("de poetshulp", "Luisteren als het moeilijk is", {"sort": "once", "condition": "als ik bel"}, "Als ik bel"),
    # Anna: "can you do this, on these days?", and one week in turn
    ("de buurvrouw", "De kinderen naar school brengen", {"sort": "weekly", "weekdays": [str(day) for day in range(5)],
     "every": "2"}, "Om de 2 weken op maandag, dinsdag, woensdag, donderdag en vrijdag"),
    ("grootvader", "Koken als ik oefen", {"sort": "period", "first": str(THURSDAY), "last": str(SATURDAY)}, "Van "),
]  # fmt: skip


@pytest.mark.parametrize(("who", "what", "form", "said"), CASES)
def test_the_practice_cases_can_be_told(cast: Cast, who: str, what: str, form: dict[str, Any], said: str) -> None:
    sara = cast.client_of("sara")
    address = add(sara, cast, what, who=person(cast, who), **form)
    page = sara.get(address).text.replace("\N{NO-BREAK SPACE}", " ")
    assert who in page
    assert said in page
    assert f"{who}: {what}" in sara.get(agreements(cast)).text


def test_every_page_is_valid_html(cast: Cast, valid_html: Callable[[str], None]) -> None:
    sara = cast.client_of("sara")
    address, there = missed(cast, sara, sort="weekly", weekdays=["0", "3"])
    add(sara, cast, "Samen koken", **on(THURSDAY), goal=str(cast.id("goal of us")))
    pages = [agreements(cast), f"{agreements(cast)}/nieuw", address, f"{address}/verander"]
    pages += [f"{there}/{ask}" for ask in ("wat-nu", "nieuwe-dag", "iemand-anders", "kleiner", "niet-nodig")]
    for page in pages:
        valid_html(sara.get(page).text)
    valid_html(post(sara, agreements(cast), words="", sort="day").text)

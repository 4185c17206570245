"""The facts and the homes of a plan through the pages, as everybody of the cast."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import Cast

OUTSIDERS = ("oma", "els", "stopped", "expired", "lies", "nobody")
pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def tokens_off(app: Any) -> None:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False


def facts(cast: Cast) -> str:
    return f"/p/{cast.plan}/over"


def homes(cast: Cast) -> str:
    return f"/p/{cast.plan}/huizen"


def home(cast: Cast) -> str:
    return f"{homes(cast)}/{cast.id('home')}"


def version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


KAAT = {
    "name": "Familie Brouwers",
    "signed_up_by": "het CLB",
    "signed_up_question": "Kaat komt weinig naar school. Wat helpt haar?",
    "signed_up_on": "2026-01-15",
}


def test_what_the_plan_of_kaat_starts_with_is_kept_and_two_dates_stay_open(cast: Cast) -> None:
    sara = cast.client_of("sara")
    before = version(sara.get(facts(cast)).text)
    answer = sara.post(facts(cast), data={**KAAT, "started_on": "", "ended_on": "", "version": before})
    assert answer.status_code == 303
    page = sara.get(facts(cast)).text
    for words in ("Familie Brouwers", "het CLB", "Kaat komt weinig naar school.", 'value="2026-01-15"'):
        assert words in page
    assert re.search(r'id="started_on" name="started_on" value=""', page)


def test_every_fact_may_stay_open(cast: Cast) -> None:
    sara = cast.client_of("sara")
    assert sara.post(facts(cast), data={"name": ""}).status_code == 303
    assert "Ik weet het nog niet" in sara.get(facts(cast)).text


@pytest.mark.parametrize("typed", ["15/1/2026", "15-01-2026", "15.1.2026", " 2026-01-15 "])
def test_a_day_is_read_as_people_write_it(cast: Cast, typed: str) -> None:
    sara = cast.client_of("sara")
    assert sara.post(facts(cast), data={"signed_up_on": typed}).status_code == 303
    assert 'value="2026-01-15"' in sara.get(facts(cast)).text


def test_what_is_no_day_is_asked_again_and_kept(cast: Cast) -> None:
    answer = cast.client_of("sara").post(facts(cast), data={"signed_up_on": "ergens in mei", "signed_up_by": "CLB"})
    assert answer.status_code == 422
    assert "Schrijf de dag zo: 15/1/2026." in answer.text
    assert 'value="ergens in mei"' in answer.text
    assert 'value="CLB"' in answer.text


def test_help_does_not_end_before_it_starts(cast: Cast) -> None:
    answer = cast.client_of("sara").post(facts(cast), data={"started_on": "2026-02-02", "ended_on": "2026-01-01"})
    assert answer.status_code == 422
    assert "Deze dag komt voor het begin. Kies een latere dag." in answer.text
    same = cast.client_of("sara").post(facts(cast), data={"started_on": "2026-02-02", "ended_on": "2026-02-02"})
    assert same.status_code == 303


def test_when_two_write_the_facts_both_texts_are_shown_and_either_can_be_kept(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    before = version(sara.get(facts(cast)).text)
    jef.post(facts(cast), data={"name": "De Brouwers", "version": before})
    answer = sara.post(facts(cast), data={"name": "Ons huis", "version": before})
    assert answer.status_code == 422
    assert "Iemand veranderde dit net ook. Kies wat jullie houden." in answer.text
    assert "De Brouwers" in answer.text
    assert 'value="Ons huis"' in answer.text
    again = {"name": "Ons huis", "version": version(answer.text)}
    assert sara.post(facts(cast), data=again).status_code == 303
    assert 'value="Ons huis"' in sara.get(facts(cast)).text


def test_when_two_write_the_facts_what_one_left_alone_becomes_what_the_other_made_of_it(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    first = sara.get(facts(cast)).text
    before = {"version": version(first), "was_name": re.findall(r'name="was_name" value="([^"]*)"', first)}
    jef.post(facts(cast), data={"name": "De Brouwers", "signed_up_on": "2026-01-15", **before})
    answer = sara.post(facts(cast), data={"name": "Ons huis", "signed_up_by": "het CLB", **before})
    assert answer.status_code == 422
    for words in ("Ons huis", "het CLB", "2026-01-15"):
        assert f'value="{words}"' in answer.text


def test_the_same_facts_twice_change_once(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    form = {"name": "Ons huis", "version": version(sara.get(facts(cast)).text), "form_key": uuid4().hex}
    sara.post(facts(cast), data=form)
    jef.post(facts(cast), data={"name": "De Brouwers"})
    assert sara.post(facts(cast), data=form).status_code == 303
    assert 'value="De Brouwers"' in sara.get(facts(cast)).text


def test_homes_are_named_with_who_sleeps_there(cast: Cast) -> None:
    sara, form = cast.client_of("sara"), {"name": "internaat", "form_key": uuid4().hex}
    assert sara.get(f"{homes(cast)}/nieuw").status_code == 200
    for _twice in range(2):
        sara.post(homes(cast), data={**form, "sleepers": str(cast.people["kaat"])})
    page = sara.get(homes(cast)).text
    assert "Waar slaap ik wanneer?" in page
    assert page.count(">internaat<") == 1
    assert "Kaat slaapt hier." in page


def test_a_home_without_a_name_is_asked_again(cast: Cast) -> None:
    for address in (homes(cast), f"{home(cast)}/verander"):
        answer = cast.client_of("sara").post(address, data={"name": " ", "sleepers": str(cast.people["kaat"])})
        assert answer.status_code == 422
        assert "Schrijf een naam. Bijvoorbeeld: bij mama." in answer.text
        assert re.search(rf'value="{cast.people["kaat"]}"[^>]* checked', answer.text)


def test_nobody_of_another_family_sleeps_here(cast: Cast) -> None:
    for address in (homes(cast), f"{home(cast)}/verander"):
        answer = cast.client_of("sara").post(address, data={"name": "thuis", "sleepers": str(cast.people["lies"])})
        assert answer.status_code == 422
        assert "Die naam staat niet meer bij onze mensen." in answer.text


def test_a_home_changes_and_when_two_write_both_are_shown(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    before = version(sara.get(f"{home(cast)}/verander").text)
    jef.post(f"{home(cast)}/verander", data={"name": "bij papa", "version": before})
    answer = sara.post(f"{home(cast)}/verander", data={"name": "bij mama", "version": before})
    assert answer.status_code == 422
    assert "bij papa" in answer.text
    assert 'value="bij mama"' in answer.text
    saved = sara.post(f"{home(cast)}/verander", data={"name": "bij mama", "version": version(answer.text)})
    assert saved.location == homes(cast)
    assert "bij mama" in sara.get(homes(cast)).text


def test_a_home_is_taken_away_and_twice_is_once(cast: Cast) -> None:
    sara = cast.client_of("sara")
    for _twice in range(2):
        assert sara.post(f"{home(cast)}/weg").location == homes(cast)
    page = sara.get(homes(cast)).text
    assert cast.canary("home") not in page
    assert "Geef elk huis een naam." in page
    assert sara.get(f"{home(cast)}/verander").status_code == 404


def test_a_plan_without_homes_says_what_a_home_is_for(cast: Cast) -> None:
    page = cast.client_of("lies").get(f"/p/{cast.elsewhere}/huizen").text
    assert "Slaapt iemand soms op een andere plek? Geef elk huis een naam." in page


def test_every_page_of_facts_and_homes_is_valid_html(cast: Cast, valid_html: Callable[[str], None]) -> None:
    sara = cast.client_of("sara")
    for address in (facts(cast), homes(cast), f"{homes(cast)}/nieuw", f"{home(cast)}/verander"):
        valid_html(sara.get(address).text)
    valid_html(sara.post(homes(cast), data={"name": ""}).text)
    valid_html(sara.post(facts(cast), data={"signed_up_on": "x"}).text)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_from_outside_reads_or_writes_facts_and_homes(cast: Cast, who: str) -> None:
    client = cast.client_of(who)
    for address in (facts(cast), homes(cast), f"{homes(cast)}/nieuw", f"{home(cast)}/verander"):
        assert client.get(address).status_code == 404
    for address in (facts(cast), homes(cast), f"{home(cast)}/verander", f"{home(cast)}/weg"):
        assert client.post(address, data={"name": "Ha"}).status_code in {401, 404}
    assert cast.canary("home") in cast.client_of("sara").get(homes(cast)).text


def test_a_meehelper_reads_no_facts_and_sees_only_homes_that_are_open_to_her(cast: Cast) -> None:
    nele = cast.client_of("nele")
    assert nele.get(facts(cast)).status_code == 404
    assert nele.post(facts(cast), data={"name": "Ha"}).status_code == 404
    page = nele.get(homes(cast)).text
    assert cast.canary("home") not in page
    assert "Een huis" not in page
    assert nele.get(f"{homes(cast)}/nieuw").status_code == 404
    assert nele.post(homes(cast), data={"name": "Ha"}).status_code == 404
    assert nele.post(f"{home(cast)}/weg").status_code == 404


def test_a_guest_reads_the_name_of_the_family_and_no_fact_of_how_the_help_began(cast: Cast) -> None:
    from app.plan.models import PLAN
    from app.scope import load

    typed = {"name": "Familie Goudplevier", "signed_up_by": "De school", "signed_up_question": "Een geheime vraag"}
    assert cast.client_of("sara").post(facts(cast), data={**typed, "version": "1"}).status_code == 303
    assert cast.app is not None
    with cast.app.app_context():
        sara, lisa = (load(actor, PLAN).get(PLAN, cast.plan) for actor in (cast.sara, cast.lisa))
    assert sara is not None
    assert lisa is not None
    assert (sara.body.signed_up_by, sara.body.name) == ("De school", "Familie Goudplevier")
    assert (lisa.body.signed_up_by, lisa.body.signed_up_question, lisa.body.name) == ("", "", "Familie Goudplevier")

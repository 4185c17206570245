"""Goals through the pages, as everybody of the cast."""

import re
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast

OUTSIDERS = ("oma", "els", "stopped", "expired", "lies", "nobody")
pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def tokens_off(app: object) -> None:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False  # type: ignore[attr-defined]


def goals(cast: Cast) -> str:
    return f"/p/{cast.plan}/doelen"


def add(client: FlaskClient, cast: Cast, words: str, **more: str) -> str:
    answer = client.post(goals(cast), data={"words": words, "form_key": uuid4().hex, **more})
    assert answer.status_code == 303
    return str(answer.location)


def step_addresses(page: str) -> list[str]:
    return re.findall(r'action="(/p/[^"]+/stappen/[^"]+/gelukt(?:/terug)?)"', page)


def without_token(page: str) -> str:
    return re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", page)


def version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def test_a_goal_is_there_in_own_words_after_saving(cast: Cast) -> None:
    sara = cast.client_of("sara")
    page = sara.get(add(sara, cast, "Elke ochtend rustig naar school", domain="school")).text
    assert "Elke ochtend rustig naar school" in page
    assert "School en opvang" in page
    assert "Bewaard." in page


def test_a_goal_without_words_is_asked_for_kindly_and_keeps_the_rest(cast: Cast) -> None:
    answer = cast.client_of("sara").post(goals(cast), data={"words": "  ", "own_domain": "De hond"})
    assert answer.status_code == 422
    assert "Schrijf op wat jullie willen." in answer.text
    assert 'value="De hond"' in answer.text


def test_a_text_too_long_is_kept_and_said(cast: Cast) -> None:
    answer = cast.client_of("sara").post(goals(cast), data={"words": "woord " * 400})
    assert answer.status_code == 422
    assert "Maak dit korter." in answer.text
    assert "woord woord" in answer.text


def test_the_same_form_twice_makes_one_goal(cast: Cast) -> None:
    sara, form = cast.client_of("sara"), {"words": "Samen eten", "form_key": uuid4().hex}
    first, second = (sara.post(goals(cast), data=form) for _ in range(2))
    assert first.location == second.location
    assert sara.get(goals(cast)).text.count("Samen eten") == 1


def test_other_words_in_a_form_the_browser_kept_are_saved_too(cast: Cast) -> None:
    sara, key = cast.client_of("sara"), uuid4().hex
    for words in ("Samen eten", "Samen koken"):
        assert sara.post(goals(cast), data={"words": words, "form_key": key}).status_code == 303
    page = sara.get(goals(cast)).text
    assert "Samen eten" in page
    assert "Samen koken" in page


def test_somebody_the_family_does_not_know_cannot_be_chosen(cast: Cast) -> None:
    form = {"words": "Samen eten", "whose": str(cast.people["lies"])}
    answer = cast.client_of("sara").post(goals(cast), data=form)
    assert answer.status_code == 422
    assert "Die naam staat niet meer bij onze mensen." in answer.text


def test_small_steps_are_done_and_open_again_in_one_tap(cast: Cast) -> None:
    sara = cast.client_of("sara")
    goal = add(sara, cast, "Rust in de ochtend")
    for words in ("Boekentas klaar", "Kleren klaar"):
        assert sara.post(f"{goal}/stappen", data={"words": words, "form_key": words}).status_code == 303
    first = step_addresses(sara.get(goal).text)[0]
    for _twice in range(2):
        assert sara.post(first).status_code == 303
    page = sara.get(goal).text
    assert "1 van 2 kleine stappen gelukt" in page
    assert sara.post(f"{first}/terug").status_code == 303
    assert "0 van 2 kleine stappen gelukt" in sara.get(goal).text


def test_htmx_gets_only_the_steps_and_they_are_the_same_as_on_the_page(cast: Cast) -> None:
    sara = cast.client_of("sara")
    goal = add(sara, cast, "Rust in de ochtend")
    sara.post(f"{goal}/stappen", data={"words": "Boekentas klaar"})
    answer = sara.post(step_addresses(sara.get(goal).text)[0], headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.text.startswith('<section class="stack" id="steps-')
    assert "Weer een stap gezet. Dat deden jullie zelf." in answer.text
    assert "<html" not in answer.text


def test_a_step_without_words_is_asked_for_on_the_page_of_its_goal(cast: Cast) -> None:
    sara = cast.client_of("sara")
    answer = sara.post(f"{add(sara, cast, 'Rust')}/stappen", data={"words": ""})
    assert answer.status_code == 422
    assert "Schrijf op wat jullie doen. Klein is goed." in answer.text


@pytest.mark.parametrize(
    ("moves", "said"),
    [(["later"], "Later"), (["gelukt"], "Gelukt"), (["niet-meer"], "Dit willen wij niet meer"), (["later", "nu"], "")],
)
def test_a_goal_goes_where_the_family_puts_it(cast: Cast, moves: list[str], said: str) -> None:
    sara = cast.client_of("sara")
    goal = add(sara, cast, "Samen eten")
    for move in moves:
        assert sara.post(f"{goal}/{move}").status_code == 303
    page = sara.get(goal).text
    assert ('class="marks"' in page) == bool(said)
    assert said in page


def test_a_goal_that_is_over_does_not_jump_to_reached(cast: Cast) -> None:
    sara = cast.client_of("sara")
    goal = add(sara, cast, "Samen eten")
    sara.post(f"{goal}/niet-meer")
    sara.post(f"{goal}/gelukt")
    assert "Dit ging al voorbij." in sara.get(goal).text


def test_goals_and_steps_change_places(cast: Cast) -> None:
    sara = cast.client_of("sara")
    add(sara, cast, "Eerste wens")
    second = add(sara, cast, "Tweede wens")
    sara.post(f"{second}/omhoog", data={"form_key": uuid4().hex})
    page = sara.get(goals(cast)).text
    assert page.index("Tweede wens") < page.index("Eerste wens")


def test_two_parents_who_change_different_things_both_keep_theirs(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    goal = add(sara, cast, "Samen eten", domain="together")
    seen = version(sara.get(f"{goal}/verander").text)
    assert sara.post(f"{goal}/verander", data={"words": "Samen aan tafel", "domain": "together", "version": seen})
    answer = jef.post(f"{goal}/verander", data={"words": "Samen eten", "domain": "health", "version": seen})
    assert answer.status_code == 303
    page = jef.get(goal).text
    assert "Samen aan tafel" in page
    assert "Gezond zijn" in page


def test_two_parents_who_change_the_same_words_see_both_and_choose(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    goal = add(sara, cast, "Samen eten")
    seen = version(sara.get(f"{goal}/verander").text)
    sara.post(f"{goal}/verander", data={"words": "Elke dag samen eten", "version": seen})
    answer = jef.post(f"{goal}/verander", data={"words": "In het weekend samen eten", "version": seen})
    assert answer.status_code == 422
    assert "Iemand veranderde dit net ook. Kies wat jullie houden." in answer.text
    assert "Elke dag samen eten" in answer.text
    assert "In het weekend samen eten" in answer.text
    newer = version(answer.text)
    assert (
        jef.post(f"{goal}/verander", data={"words": "In het weekend samen eten", "version": newer}).status_code == 303
    )
    assert "In het weekend samen eten" in sara.get(goal).text


def hidden_fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(was_\w+|version)" value="([^"]*)">', page))


def test_after_choosing_own_words_the_other_things_somebody_changed_stay(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    goal = add(sara, cast, "Samen eten", domain="together")
    seen = hidden_fields(jef.get(f"{goal}/verander").text)
    sara.post(f"{goal}/verander", data={"words": "Elke dag eten", "domain": "health", "version": seen["version"]})
    both = jef.post(f"{goal}/verander", data=seen | {"words": "Gezellig eten", "domain": "together"})
    assert both.status_code == 422
    assert re.search(r'value="health" checked', both.text)
    again = hidden_fields(both.text) | {"words": "Gezellig eten", "domain": "health"}
    assert jef.post(f"{goal}/verander", data=again).status_code == 303
    page = sara.get(goal).text
    assert "Gezellig eten" in page
    assert "Gezond zijn" in page


def test_whom_jef_does_not_see_stays_in_the_goal_he_changes(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    neighbour, kaat = str(cast.people["neighbour"]), str(cast.people["kaat"])
    goal = add(sara, cast, "Samen fietsen", whose=neighbour, arranger=neighbour)
    assert jef.post(f"{goal}/verander", data={"words": "Samen gaan fietsen", "whose": kaat}).status_code == 303
    form = sara.get(f"{goal}/verander").text
    assert re.search(rf'name="whose" value="{neighbour}" checked', form)
    assert re.search(rf'name="whose" value="{kaat}" checked', form)
    assert re.search(rf'name="arranger" value="{neighbour}" checked', form)


def test_what_one_removes_is_gone_from_the_pages(cast: Cast) -> None:
    sara = cast.client_of("sara")
    goal = add(sara, cast, "Samen eten")
    assert sara.post(f"{goal}/weg").status_code == 303
    assert "Samen eten" not in sara.get(goals(cast)).text


def test_jef_finds_no_trace_of_what_sara_keeps(cast: Cast) -> None:
    jef = cast.client_of("jef")
    page, missing = jef.get(goals(cast)).text, jef.get(f"{goals(cast)}/{uuid4()}")
    hidden = jef.get(f"{goals(cast)}/{cast.id('goal alone')}")
    assert cast.canary("goal alone") not in page
    assert without_token(hidden.text) == without_token(missing.text)
    assert hidden.status_code == 404


def test_a_meehelper_adds_and_removes_her_own_and_only_that(cast: Cast) -> None:
    nele = cast.client_of("nele")
    own = add(nele, cast, "Samen fietsen")
    theirs = f"{goals(cast)}/{cast.id('goal of us')}"
    assert nele.post(f"{theirs}/verander", data={"words": "Wij willen fietsen"}).status_code == 303
    assert nele.post(f"{theirs}/weg").status_code == 404
    assert nele.post(f"{own}/weg").status_code == 303


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_else_opens_or_changes_goals(cast: Cast, who: str) -> None:
    browser, goal = cast.client_of(who), f"{goals(cast)}/{cast.id('goal of us')}"
    for address in (goals(cast), f"{goals(cast)}/nieuw", goal, f"{goal}/verander"):
        answer = browser.get(address)
        assert answer.status_code == 404
        assert cast.canary("goal of us") not in answer.text
    refused = {browser.post(f"{goal}/{act}").status_code for act in ("later", "gelukt", "weg", "verander", "stappen")}
    assert refused <= {401, 404}

"""The family's own pages, as a guest gets them: where they are, only what they may, and no way that leads nowhere."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from tests.cast import Cast
from tests.policy.matrix import DOORS, cases
from tests.sharing.pages import main, root, tokens_off
from tests.support.world import World, Worlds

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]

GUESTS = {"lisa": "Familie Goudplevier", "bert": "Familie Goudplevier", "dirk": "Familie Kluut"}
NOTHING = "Hier staat nu niets voor jou. Later misschien wel."


def pages(world: World, who: str) -> Iterator[tuple[str, str]]:
    """Every page of a plan this guest may look at: its endpoint and what stands there."""
    for rule in world.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint in DOORS:
            for case in cases(world.cast, DOORS[rule.endpoint]):
                answer = world.ask(who, "GET", world.path(rule.endpoint, case.values)) if who in case.who else None
                if answer is not None and answer.status_code == 200 and answer.mimetype == "text/html":
                    yield rule.endpoint, answer.text


@pytest.mark.parametrize("who", GUESTS)
def test_every_page_says_with_whom_they_are_and_until_when(worlds: Worlds, database_kind: str, who: str) -> None:
    # But for the pages of one question, which hold nothing besides.
    found = [(endpoint, page) for endpoint, page in pages(worlds(database_kind), who) if 'class="tabs"' in page]
    assert len(found) >= 7
    for endpoint, page in found:
        said = re.search(r'<aside class="notice visit"[^>]*>\s*<p>([^<]*)</p>', page)
        assert said, endpoint
        assert re.fullmatch(rf"Je bent te gast bij {GUESTS[who]}, tot \d+ \w+( \d{{4}})?\.", unescape(said[1])), (
            endpoint
        )


@pytest.mark.parametrize("who", ["sara", "nele"])
def test_the_family_is_no_guest_of_its_own(worlds: Worlds, database_kind: str, who: str) -> None:
    world = worlds(database_kind)
    for path in ("/", "/doelen", "/afspraken", "/mensen", "/meer"):
        assert "te gast bij" not in world.ask(who, "GET", root(world.cast) + path).text


@pytest.mark.parametrize("who", GUESTS)
def test_every_way_on_a_guest_s_page_leads_somewhere(worlds: Worlds, database_kind: str, who: str) -> None:
    """What a guest may not do or see stands nowhere, so that no tap ends at a page that is not there."""
    world, ways = worlds(database_kind), set()
    for endpoint, page in pages(world, who):
        ways |= {(endpoint, unescape(href)) for href in re.findall(r'href="(/[^"#]*)', page)}
    dead = [
        way for way in ways if "/static/" not in way[1] and world.ask(who, "GET", way[1]).status_code not in {200, 303}
    ]
    assert not dead


@pytest.mark.parametrize("who", GUESTS)
def test_every_button_on_a_guest_s_page_works(worlds: Worlds, database_kind: str, who: str) -> None:
    world = worlds(database_kind)
    for endpoint, page in pages(world, who):
        for action in set(re.findall(r'(?:form)?action="(/p/[^"]*)"', page)):
            status = world.ask(who, "POST", action).status_code
            assert status in {200, 303, 422}, f"{endpoint}: {action} {status}"


def tabs(page: str) -> list[str]:
    found = re.search(r'<nav class="tabs".*?</nav>', page, re.DOTALL)
    assert found
    return re.findall(r"<span>([^<]*)</span>", found[0])


def test_the_tabs_are_those_that_hold_something(cast: Cast) -> None:
    assert tabs(cast.client_of("lisa").get(f"{root(cast)}/").text) == ["Ons plan", "Afspraken", "Meer"]
    assert tabs(cast.client_of("bert").get(f"{root(cast)}/").text) == ["Ons plan", "Meer"]
    cast.client_of("sara").post(
        f"{root(cast)}/wie-ziet/person/{cast.people['oma']}", data={"who": "we_and", "people": str(cast.people["lisa"])}
    )
    assert tabs(cast.client_of("lisa").get(f"{root(cast)}/").text) == ["Ons plan", "Onze mensen", "Afspraken", "Meer"]


@pytest.mark.parametrize("path", ["/afspraken", "/mensen", "/mensen/waarvoor", "/huizen"])
def test_a_page_without_anything_says_so_in_one_sentence(cast: Cast, path: str) -> None:
    page = main(cast.client_of("bert").get(root(cast) + path).text)
    assert page.count(NOTHING) == 1
    for of_the_family in ("Begin met één naam", "Nog geen afspraken", "Geef elk huis", "Nog niemand", "hoeft er niets"):
        assert of_the_family not in page, path


def test_no_fact_of_the_plan_stands_on_the_home_of_a_guest(cast: Cast) -> None:
    sara = cast.client_of("sara")
    sara.post(f"{root(cast)}/begin/eerst", data={"domain": "school", "form_key": "k"})
    for goal in ("of us", "with oma", "of nele"):
        sara.post(f"{root(cast)}/doelen/{cast.id(f'goal {goal}')}/later")
    bert = main(cast.client_of("bert").get(f"{root(cast)}/").text)
    for word in (
        "Jullie kozen",
        "School",
        "Later en gelukt",
        "bellen",
        "Vandaag",
        "sleutelkaart",
        "Van waar wij komen",
    ):
        assert word not in bert, word
    assert cast.canary("goal me and bert") in bert
    lisa = main(cast.client_of("lisa").get(f"{root(cast)}/").text)
    assert "Later en gelukt" in lisa
    assert "Jullie kozen" not in lisa


def test_what_a_guest_may_not_add_is_no_look(worlds: Worlds, database_kind: str) -> None:
    world = worlds(database_kind)
    for path in ("/mensen/nieuw", "/huizen/nieuw", "/doelen/nieuw", "/afspraken/nieuw"):
        assert world.ask("lisa", "GET", root(world.cast) + path).status_code == 404
        assert "look" not in world.wrote, path
    for path in ("/mensen", "/huizen", "/doelen", "/afspraken"):
        assert world.ask("lisa", "POST", root(world.cast) + path).status_code == 404
        assert "look" not in world.wrote, path


def test_who_has_no_account_here_is_told_that_snel_weg_leaves_the_plan_open(cast: Cast) -> None:
    assert "blijft ons plan open" in cast.client_of("lisa").get(f"{root(cast)}/snel-weg").text

"""What the family wants: reached, later, not any more, in their order, seen by whom they choose."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands

RIDE, SLEEP = "Leren fietsen", "Beter slapen"


@pytest.fixture
def wanted(family: Hands) -> Hands:
    """Two goals."""
    for words in (RIDE, SLEEP):
        family.tap("Ons plan").tap("Nog iets dat wij willen").type_in("Wat willen jullie?", words).tap("Bewaar")
    return family.tap("Ons plan")


def test_a_goal_that_is_reached_is_said_and_kept(wanted: Hands) -> None:
    wanted.tap(RIDE).tap("Gelukt").sees("Dit wilden jullie. En het is gelukt.")
    wanted.tap("Ons plan").misses(RIDE).tap("Later en gelukt").sees(RIDE, inside="Gelukt")


def test_a_goal_may_wait_and_come_back(wanted: Hands) -> None:
    wanted.tap(RIDE).tap("Later").tap("Ons plan").misses(RIDE).tap("Later en gelukt").tap(RIDE).tap("Nu")
    wanted.tap("Ons plan").sees(RIDE)


def test_a_goal_they_do_not_want_any_more_is_kept_apart(wanted: Hands) -> None:
    wanted.tap(RIDE).tap("Dit willen wij niet meer").tap("Ons plan").misses(RIDE).tap("Later en gelukt")
    wanted.sees(RIDE, inside="Dit willen wij niet meer")


def test_goals_stand_in_the_order_the_family_chose(wanted: Hands) -> None:
    wanted.go(wanted.page.url + "doelen")
    before = _order(wanted)
    wanted.touch(wanted.find("Zet lager").first)
    assert _order(wanted) == before[::-1]
    wanted.tap("Ons plan")
    assert _order(wanted) == before[::-1]


def _order(family: Hands) -> list[str]:
    headings = family.page.get_by_role("heading").all_inner_texts()
    return [words for words in headings if words in {RIDE, SLEEP}]


def test_what_only_one_parent_sees_the_others_do_not(of_cast: NewHands) -> None:
    sara, jef = of_cast("sara"), of_cast("jef")
    sara.tap("Nog iets dat wij willen").type_in("Wat willen jullie?", RIDE).tap("Bewaar")
    jef.tap("Ons plan").sees(RIDE)
    sara.tap("Ook Tante Nele en Lisa Bosuil zien dit").is_at("Wie ziet dit?")
    sara.sees("Jef, Tante Nele en Lisa Bosuil zien dit dan niet meer.")
    sara.tap("Alleen ik").sees("Bewaard.", "Alleen jij ziet dit")
    jef.tap("Ons plan").misses(RIDE).tap("Meer").tap("Wat is er veranderd?").misses(RIDE)


@pytest.mark.javascript(True)
def test_what_changed_in_place_is_where_the_reader_is_led_and_is_read_aloud(wanted: Hands) -> None:
    wanted.tap(RIDE).type_in("Een kleine stap erbij", "de fiets oppompen").tap("Kleine stap erbij")
    expect(wanted.page.get_by_role("status")).to_have_text("Bewaard.")
    wanted.tap("de fiets oppompen: Gelukt")
    expect(wanted.page.get_by_role("heading", name="Kleine stappen")).to_be_focused()
    expect(wanted.page.get_by_role("status")).to_have_text("Weer een stap gezet. Dat deden jullie zelf.")

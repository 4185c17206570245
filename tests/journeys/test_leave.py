"""Snel weg: at once something else, and with a way back in the plan is closed too."""

import pytest

from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands
from tests.journeys.test_keys import make_card

PAGES = ("Ons plan", "Onze mensen", "Afspraken", "Meer")
OURS = ("plan", "Plan", "Sara", "Kaat", "Jef", "sleutel")


def is_away(hands: Hands) -> Hands:
    """They look at a calendar, and nothing says where they were."""
    title, text = hands.page.title(), hands.everything.inner_text()
    assert title == "Kalender"
    assert not [word for word in OURS if word in text]
    assert "/kalender" in hands.page.url
    return hands


@pytest.mark.parametrize("name", PAGES)
def test_snel_weg_leads_from_every_main_page_to_a_calendar(family: Hands, name: str) -> None:
    family.tap(name).tap("Snel weg")
    is_away(family)


def test_with_a_card_the_plan_is_closed_and_back_shows_nothing_of_it(family: Hands) -> None:
    make_card(family)
    home = family.page.url
    family.tap("Onze mensen").tap("Snel weg")
    is_away(family)
    for _time in range(3):
        family.back()
        family.misses("Kaat", "Jef", "Wie is belangrijk voor ons?")
    answer = family.go(home)
    assert answer is not None
    assert answer.status == 404
    family.go("/")
    family.sees("Maak ons plan").misses("Ga naar ons plan")


def test_a_phone_that_was_left_keeps_nothing_of_the_plan(family: Hands) -> None:
    make_card(family)
    family.tap("Onze mensen").tap("Meer").tap("Verlaat dit toestel").tap("Verlaat dit toestel")
    family.is_at("Eén plan. Van ons.").misses("Ga naar ons plan")
    assert not family.page.evaluate("localStorage.length + sessionStorage.length")
    assert not family.page.evaluate("indexedDB.databases().then((kept) => kept.length)")
    for _time in range(3):
        family.back()
        family.misses("Kaat", "Jef", "Wie is belangrijk voor ons?")


def test_without_a_card_the_plan_stays_open_for_who_has_no_other_way_in(family: Hands) -> None:
    home = family.page.url
    family.tap("Meer").tap("Snel weg")
    is_away(family)
    family.go(home)
    family.is_at("Ons plan").sees("Sara")


@pytest.mark.javascript(True)
def test_shift_three_times_leaves_too(family: Hands) -> None:
    family.page.keyboard.press("Shift")
    family.page.keyboard.press("a")
    family.page.keyboard.press("Shift")
    family.page.keyboard.press("Shift")
    family.is_at("Ons plan")
    with family.page.expect_navigation():
        family.page.keyboard.press("Shift")
    is_away(family)


def test_snel_weg_works_before_there_is_a_plan_and_through_a_link(someone: NewHands) -> None:
    for address in ("/", "/begin", "/sleutel", "/d/whatever"):
        anybody = someone()
        anybody.go(address)
        is_away(anybody.tap("Snel weg"))


def test_what_it_does_and_does_not_hide_is_said(family: Hands) -> None:
    family.tap("Meer").tap("Zo werkt Snel weg")
    family.sees("Wat je schreef, blijft in je plan. Je gsm kan wel nog tonen dat je hier was.")
    family.sees("Nee, nog niet. Zonder sleutelkaart kan je niet terug. Bewaar eerst je kaart.")

"""A picture beside a word: looked for, tapped, seen, taken away; with and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import Hands

DOG = 'img[src*="/static/picto/1F415."]'


def test_a_picture_is_found_by_a_word_put_there_seen_and_taken_away(family: Hands) -> None:
    family.tap("Onze mensen").tap("Toon als lijst").tap("Kaat").tap("Kies een beeld")
    before = family.taps
    family.type_in("Zoek een beeld", "hondjes")
    if not family.page.evaluate("Boolean(window.htmx)"):
        family.tap("Zoek")
    family.sees("Dit vonden wij")
    expect(family.page.locator(DOG)).to_be_visible()
    family.tap("hond")
    assert family.taps - before <= 3
    family.sees("Bewaard.").sees("Tekeningen: OpenMoji, CC BY-SA 4.0")
    expect(family.page.locator(DOG).first).to_be_visible()
    assert family.page.locator(DOG).first.evaluate("one => one.complete && one.naturalWidth > 0")
    family.tap("Verander het beeld").tap("Haal het beeld weg").sees("Bewaard.")
    expect(family.page.locator(DOG)).to_have_count(0)


@pytest.mark.javascript(False)
def test_a_picture_is_found_by_its_part_of_the_board_too(family: Hands) -> None:
    family.tap("Onze mensen").tap("Toon als lijst").tap("Kaat").tap("Kies een beeld")
    family.tap("Spelen").sees("puzzel").tap("puzzel").sees("Bewaard.")
    expect(family.page.locator('img[src*="/static/picto/1F9E9."]').first).to_be_visible()

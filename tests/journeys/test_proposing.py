"""A begeleider writes a visit of three lines, on a phone and at a desk by keyboard only, and sees what is hard."""

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands

TEA, WHY, STEP, STOP = "Samen thee drinken", "dan is er tijd om te praten", "Thee kopen", "het is gelukt"
DESK = {"width": 1280, "height": 800}


def in_this_order(hands: Hands) -> list[str]:
    """The headings of the lines that wait, the last visit first."""
    waiting = hands.page.get_by_role("heading", name="Wacht op het gezin")
    return hands.page.locator("section").filter(has=waiting).locator("li h2").all_inner_texts()


def test_a_visit_of_three_lines_on_a_phone(of_cast: NewHands) -> None:
    lisa = of_cast("lisa", width=390, height=844)
    lisa.tap("Stel iets voor").tap("Iets nieuws").tap("Een afspraak").tap("Verder").is_at("Een nieuwe afspraak")
    lisa.type_in("Wat?", TEA).tap("Lisa Bosuil").tap("Als er iets gebeurt").type_in("Wanneer dan?", "als het regent")
    lisa.type_in("Waarom?", WHY).tap("Nog een regel")
    lisa.sees("Ook in dit voorstel", TEA).tap("Iets nieuws").tap("Een kleine stap").tap("Verder")
    lisa.touch(lisa.find("Wij willen een Kramsvogel zien"))
    lisa.tap("Verder").type_in("Wat?", STEP).unfold("Dit moet van iemand anders").type_in("Van wie?", "de rechter")
    lisa.tap("Nog een regel").tap("Iets stoppen").tap("Een doel").tap("Verder")
    lisa.touch(lisa.find("Wij willen een Kramsvogel zien"))
    lisa.tap("Verder").is_at("Stoppen met een doel").type_in("Waarom?", STOP).tap("Kijk na")
    lisa.is_at("Zo leest het gezin dit").sees(TEA, WHY, "als het regent", STEP, "Dit vraagt de rechter.", STOP)
    lisa.tap("Stuur").is_at("Mijn voorstellen").sees("Verstuurd. Het gezin kiest.")
    assert in_this_order(lisa)[:3] == [TEA, STEP, "Wij willen een Kramsvogel zien"]
    lisa.tap("Neem terug", inside=TEA).sees("Teruggenomen.").unfold("Niet meer nodig").sees(TEA)


def test_hard_words_are_told_with_what_to_write_instead(of_cast: NewHands, cast: Cast) -> None:
    lisa = of_cast("lisa")
    lisa.go(f"/p/{cast.plan}/stel-voor?doe=new&over=goal")
    lisa.type_in("Wat?", "Het netwerk van Kaat zien").tap("Kijk na").sees("netwerk", "onze mensen")


@pytest.mark.javascript(True)
def test_a_better_word_is_one_tap_away_while_she_types(of_cast: NewHands, cast: Cast) -> None:
    lisa = of_cast("lisa")
    lisa.go(f"/p/{cast.plan}/stel-voor?doe=new&over=goal")
    lisa.type_in("Wat?", "Een uur bij u thuis").tap("Zet: jullie")
    assert lisa.reads("Wat?") == "Een uur bij jullie thuis"
    lisa.misses("Zeg jij of jullie.")
    expect(lisa.page.get_by_label("Wat?")).to_be_focused()


class Keys:
    """Fingers on a keyboard, and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, name: str) -> "Keys":
        """Tab until what is under the keys is called so."""
        for _stop in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(UNDER_THE_KEYS).split("\n")[0] == name:
                return self
        raise AssertionError(f"no way with Tab to {name}")

    def type(self, text: str) -> "Keys":
        self.page.keyboard.type(text)
        return self

    def press(self, *keys: str) -> "Keys":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def enter(self, key: str = "Enter") -> "Keys":
        """Send what is there, and wait for the next page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        return self


UNDER_THE_KEYS = """() => {
  const here = document.activeElement;
  return (here.labels && here.labels.length ? here.labels[0] : here).innerText.trim();
}"""


def at_a_desk(of_cast: NewHands, cast: Cast, query: str) -> Keys:
    page = of_cast("lisa", **DESK).page
    page.goto(page.url.split("/p/")[0] + f"/p/{cast.plan}/stel-voor?{query}")
    return Keys(page)


def test_at_a_desk_with_the_keyboard_only(of_cast: NewHands, cast: Cast) -> None:
    keys = at_a_desk(of_cast, cast, "doe=new&over=agreement")
    keys.to("Wat?").type(TEA).to("Waarom?").type(WHY).to("Nog een regel").enter()
    # Arrows go through what can be chosen: a doel is the third.
    keys.to("Iets nieuws").press("Space").to("Een afspraak").press("ArrowRight", "ArrowRight").enter()
    keys.to("Wat?").type("Samen naar zee").to("Nog iemand?").type("een buur").enter()
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("Zo leest het gezin dit")
    keys.to("Nog een regel").enter().to("Iets nieuws").press("ArrowRight", "ArrowRight")
    keys.to("Een afspraak").press("Space").enter().to("Samen de Wulp zoeken").press("Space").enter()
    keys.to("Waarom?").type(STOP).to("Kijk na").enter().to("Stuur").enter()
    assert in_this_order(Hands(keys.page))[:3] == [TEA, "Samen naar zee", "Samen de Wulp zoeken"]


@pytest.mark.javascript(True)
def test_ctrl_and_enter_sends(of_cast: NewHands, cast: Cast) -> None:
    keys = at_a_desk(of_cast, cast, "doe=new&over=goal").to("Wat?").type(TEA).enter("Control+Enter")
    assert in_this_order(Hands(keys.page))[:1] == [TEA]


@pytest.mark.javascript(True)
def test_a_look_at_the_words_that_fails_leaves_her_in_peace(of_cast: NewHands, cast: Cast) -> None:
    lisa = of_cast("lisa")
    lisa.go(f"/p/{cast.plan}/stel-voor?doe=new&over=goal")
    lisa.page.context.clear_cookies()
    with lisa.page.expect_response("**/woorden") as answered:
        lisa.type_in("Wat?", "Het netwerk zien")
    assert answered.value.status >= 400
    lisa.type_in("Waarom?", WHY).is_at("Een nieuw doel")
    assert lisa.reads("Wat?") == "Het netwerk zien"


def test_who_lost_her_seat_while_writing_keeps_her_words_on_the_page(of_cast: NewHands, cast: Cast) -> None:
    lisa = of_cast("lisa")
    lisa.go(f"/p/{cast.plan}/stel-voor?doe=new&over=goal")
    lisa.type_in("Wat?", TEA).type_in("Waarom?", WHY)
    lisa.page.context.clear_cookies()
    lisa.tap("Kijk na").sees(TEA, WHY)

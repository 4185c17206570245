"""Every page, for everyone: axe finds nothing, fingers and eyes find all, a keyboard reaches it, its HTML is valid.

In light and dark at 320, 390, 768 and 1280 px, with large and with loose text: tests/support/eyes.py does the looking.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands
from tests.journeys.pages import FACES, NOT_PAGES, Place, pages_of
from tests.support.browsers import LiveServer
from tests.support.eyes import CONTRAST, FOCUS, GEOMETRY, axe, seen_by_everybody
from tests.support.validity import Validator

PARTS = 8
FAULTY = """<!doctype html><html lang="nl">
<head><meta name="viewport" content="width=device-width"><title>x</title>
<style>*:focus-visible { outline: none } .flat { overflow: hidden; height: 48px; padding: 0 }</style></head>
<body style="margin: 0; background: #fff"><main><h1>x</h1>
<button style="width: 20px; height: 20px">klein</button><button style="width: 60px; height: 60px">naast</button>
<div style="position: relative"><p style="margin: 0">tekst</p>
<p style="margin: 0; position: absolute; top: 4px">op</p></div>
<div style="width: 50px; overflow: hidden; white-space: nowrap">afgeknipt en niet te lezen</div>
<div style="width: 900px; text-align: end">breed</div>
<button style="width: 60px; height: 60px">onder</button>
<div style="position: relative; top: -60px; height: 60px; width: 90px; background: red"></div>
<button style="width: 100px; height: 60px">half</button>
<div style="position: relative; top: -60px; height: 60px; width: 30px; background: red"></div>
<svg width="200" height="60" viewBox="0 0 200 60"><path d="M0 30H200" stroke="#000" stroke-width="3"/>
<text x="20" y="34">draad</text></svg>
<p style="color: #666">bleek</p>
<input aria-label="rand" style="border: 1px solid #eee; background: #fff; height: 50px; width: 100px">
<div class="flat"><a href="/" style="display: block; height: 48px">ring</a></div>
</main></body></html>"""

# In a full run every page is looked at in every window; otherwise in one, by turns, and by one keyboard.
pytestmark = [pytest.mark.javascript(True), pytest.mark.long]
Look = Callable[[Hands, str], list[str]]


@pytest.fixture
def look(html_validator: Validator) -> Look:
    """`look(hands, name)`: all that is wrong with the page they are at, each with the page's name before it."""

    def at(hands: Hands, name: str) -> list[str]:
        assert hands.answer is not None
        found = [f"HTML: {fault}" for fault in html_validator.faults(hands.answer.text())]
        return [f"{name}: {fault}" for fault in (*found, *seen_by_everybody(hands.page))]

    return at


@pytest.fixture
def places(live_server: LiveServer, cast: Cast) -> list[Place]:
    """Every page of the product."""
    return pages_of(live_server.app, cast)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_for_everyone(part: int, places: list[Place], of_cast: NewHands, cast: Cast, look: Look) -> None:
    hands: dict[str, Hands] = {}
    wrong = []
    for place in places[part::PARTS]:
        one = hands.get(place.who) or hands.setdefault(place.who, of_cast(place.who))
        answer = one.go(place.address)
        assert answer is not None
        assert answer.status == 200, place
        title = one.page.title()
        wrong += [f"{place.name}: title: {word}" for word in cast.canaries_for("sara").values() if word in title]
        wrong += look(one, place.name)
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.__name__)
def test_every_other_face_of_a_page_is_for_everyone(
    face: Callable[[NewHands, Cast], Hands], of_cast: NewHands, cast: Cast, look: Look
) -> None:
    wrong = look(face(of_cast, cast), face.__name__)
    assert not wrong, "\n" + "\n".join(wrong)


def test_long_names_and_words_have_room(of_cast: NewHands, cast: Cast, look: Look) -> None:
    sara = of_cast("sara")
    name = "Grootmoeder Vandenbroucke-Vanderstraeten"
    long = "Arbeidsongeschiktheidsverzekeringspapieren en gezinsondersteuningsmogelijkheden bekijken"
    sara.tap("Onze mensen").tap("Nog iemand").type_in("Hoe noemen jullie deze persoon?", name)
    sara.unfold("Gsm en adres").type_in("Gsm-nummer", "0470 12 34 56")
    sara.unfold("Wat is deze persoon voor ons?").type_in("Wat is deze persoon voor ons?", "vertrouwenspersoon")
    sara.type_in("Van welke school of dienst?", "Centrum voor Leerlingenbegeleiding Antwerpen-Middengebied")
    sara.unfold("Waarbij helpt deze persoon?").tap("Geld en papieren").tap("Bewaar").tap("Ja, dat kan")
    sara.tap("Ons plan").tap("Nog iets dat wij willen").type_in("Wat willen jullie?", long * 4).tap("Bewaar")
    sara.type_in("Een kleine stap erbij", long).tap("Kleine stap erbij").sees("Bewaard.")
    wrong = look(sara, "a long goal")
    sara.page.set_viewport_size({"width": 360, "height": 740})
    sara.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", long)
    # Beyond eight people the rest is folded.
    sara.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    sara.tap(name).tap("Eén dag").tap("vandaag")
    sara.tap("Bewaar")
    for page in (
        "",
        "mensen",
        "mensen/waarvoor",
        "afspraken",
        "veranderd",
        "delen",
        f"wie-ziet/goal/{cast.id('goal of us')}",
    ):
        sara.go(f"/p/{cast.plan}/{page}")
        wrong += look(sara, f"long words in {page or 'Ons plan'}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_no_page_is_left_out(places: list[Place], live_server: LiveServer) -> None:
    rules = {rule.endpoint for rule in live_server.app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    # Of an account's own pages one face stands for all: they are the member's.
    # Only a phone that is lent, or a page that is closed, has these two: they are faces.
    rules -= {"childpages.ask_back", "childpages.ask_pictures"}
    assert {rule for rule in rules - NOT_PAGES if not rule.startswith("entry.my_")} == {place.name for place in places}


def test_after_a_part_changed_the_focus_is_on_its_heading(of_cast: NewHands) -> None:
    sara = of_cast("sara")
    part = sara.page.locator("article").filter(has=sara.page.get_by_role("button", name="Gelukt", exact=True)).first
    id_ = part.get_attribute("id")
    sara.touch(part.get_by_role("button", name="Gelukt", exact=True))
    focused = sara.page.evaluate("[document.activeElement.tagName, document.activeElement.closest('article')?.id]")
    assert focused[1] == id_
    assert focused[0] in {"H2", "H3"}
    assert sara.page.locator("[aria-live], [role=status], [role=log], [role=alert]").count() == 1
    expect(sara.page.locator("[aria-live=polite]")).not_to_be_empty()


def test_a_keyboard_alone_opens_a_page_skips_the_bars_and_folds(of_cast: NewHands) -> None:
    page = of_cast("sara", has_touch=False, is_mobile=False, width=1280).page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash + document.activeElement.id") == "#mainmain"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.get_by_role("link", name="Afspraken", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Onze afspraken")
    page.get_by_role("link", name="Nieuwe afspraak").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Wat?", exact=True).focus()
    page.keyboard.type("soep maken")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    fold = page.locator("summary").filter(visible=True).first
    fold.focus()
    page.keyboard.press("Enter")
    assert fold.evaluate("fold => fold.parentElement.open")
    page.get_by_role("button", name="Bewaar", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Onze afspraken")
    expect(page.get_by_text("soep maken").first).to_be_visible()


def test_what_is_wrong_is_seen(phone: Page) -> None:
    phone.set_content(FAULTY)
    found = "\n".join((*phone.evaluate(GEOMETRY), *phone.evaluate(CONTRAST), *axe(phone)))
    for fault in (
        'small: <button> "klein"',
        '<button> "klein" and <button> "naast"',
        'text on text: <p> "tekst" and <p> "op"',
        'text is cut: <div> "afgeknipt',
        "scrolls sideways",
        'text beside the screen: <div> "breed"',
        'instead of <button> "onder"',
        'instead of <button> "half"',
        'text on a line: <text> "draad"',
        'text 5.74: <p> "bleek"',
        'edge 1.16: <input> "rand"',
        "target-size",
        "color-contrast-enhanced",
    ):
        assert fault in found, fault


def test_a_focus_nobody_sees_is_seen(phone: Page) -> None:
    phone.set_content(FAULTY)
    for _tab in range(6):
        phone.keyboard.press("Tab")
    faults = phone.evaluate(FOCUS)["faults"]
    assert 'has no ring: <a> "ring"' in faults
    phone.locator("style").evaluate("style => style.textContent += ':focus-visible { outline: 3px solid !important }'")
    assert any(fault.startswith("ring cut by <div>") for fault in phone.evaluate(FOCUS)["faults"])

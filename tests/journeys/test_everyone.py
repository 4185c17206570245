"""Every page, for everyone: axe finds nothing, the HTML is valid, fingers hit what they aim at, no text is lost.

Widths and colours are spread: axe sees every page at 320 px in the light and at 1280 px in the dark; its geometry is
looked at there and at 390 px, and at 320 px once more with text of 200%. Folds are open.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands
from tests.journeys.pages import FACES, NOT_PAGES, Place, pages_of
from tests.support.browsers import LiveServer

PARTS = 8
GEOMETRY = (Path(__file__).parent.parent / "support" / "geometry.js").read_text(encoding="utf-8")
UNFOLD = "for (const fold of document.querySelectorAll('details')) fold.open = true"
TWICE = """const root = document.documentElement;
root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + 'px'"""
FAULTY = """<!doctype html><html lang="nl">
<head><meta name="viewport" content="width=device-width"><title>x</title></head><body style="margin: 0"><main><h1>x</h1>
<button style="width: 20px; height: 20px">klein</button><button style="width: 60px; height: 60px">naast</button>
<div style="position: relative"><p style="margin: 0">tekst</p>
<p style="margin: 0; position: absolute; top: 4px">op</p></div>
<div style="width: 50px; overflow: hidden; white-space: nowrap">afgeknipt en niet te lezen</div>
<div style="width: 900px; text-align: end">breed</div>
<button style="width: 60px; height: 60px">onder</button>
<div style="position: relative; top: -60px; height: 60px; width: 90px; background: red"></div>
</main></body></html>"""

pytestmark = pytest.mark.javascript(True)
Find = Callable[[Page], list[str]]
Look = Callable[[Hands, str], list[str]]


@pytest.fixture
def look(wrong_with_page: Find, valid_html: Callable[[str], None]) -> Look:
    """`look(hands, name)`: all that is wrong with the page they are at, each with the page's name before it."""

    def at(hands: Hands, name: str) -> list[str]:
        page = hands.page
        found = [f"HTML: {fault}" for fault in _invalid(valid_html, hands)]
        page.evaluate(UNFOLD)
        for width, scheme in ((1280, "dark"), (390, "dark"), (320, "light")):
            page.set_viewport_size({"width": width, "height": 740})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            if width != 390:
                found += [f"{width} {scheme}: {fault}" for fault in wrong_with_page(page)]
            found += [f"{width}: {fault}" for fault in page.evaluate(GEOMETRY, width != 1280)]
        page.evaluate(TWICE)
        found += [f"200% text: {fault}" for fault in page.evaluate(GEOMETRY, False)]
        return [f"{name}: {fault}" for fault in found]

    return at


def _invalid(valid_html: Callable[[str], None], hands: Hands) -> list[str]:
    assert hands.answer is not None
    try:
        valid_html(hands.answer.text())
    except AssertionError as fault:
        return [str(fault)]
    return []


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
    sara.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", long).tap(name).tap("Eén dag").tap("vandaag")
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
    assert rules - NOT_PAGES == {place.name for place in places}


def test_what_is_wrong_is_seen(phone: Page, wrong_with_page: Find) -> None:
    phone.set_content(FAULTY)
    found = "\n".join(phone.evaluate(GEOMETRY, True))
    for fault in (
        'small: <button> "klein"',
        '<button> "klein" and <button> "naast"',
        'text on text: <p> "tekst" and <p> "op"',
        'text is cut: <div> "afgeknipt',
        "scrolls sideways",
        'text beside the screen: <div> "breed"',
        'instead of <button> "onder"',
    ):
        assert fault in found
    assert any(fault.startswith("target-size") for fault in wrong_with_page(phone))

"""Letters: no more of them than a page shows, every name in letters of ours, and nothing moves when they come."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.journeys.hands import Hands
from tests.support.templates import ROOT

pytestmark = pytest.mark.javascript(True)

FIRST = {"familjen-700", "atkinson-400", "atkinson-700"}
NAMES = [
    ("فاطمة الزهراء", {"vazirmatn"}, {"Vazirmatn"}),
    ("Оксана Шевченко", {"cyr"}, {"Andika"}),
    ("Łukasz Şükran Ďurica", {"ext"}, set()),
    ("Nguyễn Thị Hương", {"viet"}, {"Andika"}),
    ("Zoë Núñez Œttli Åse 1203", set(), set()),
]
# How much a page moved, and of which elements.
MOVED = """() => new Promise((resolve) => {
  const moves = [];
  new PerformanceObserver((list) => {
    for (const move of list.getEntries())
      moves.push([move.value, move.sources.map(({ node }) => String(node && node.className))]);
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(moves), 200);
})"""


def loaded_by(page: Page) -> set[str]:
    """The font files that the page asked for, without their numbers."""
    page.evaluate("() => document.fonts.ready")
    asked = page.evaluate("() => performance.getEntriesByType('resource').map((one) => one.name)")
    return {found[1] for one in asked if (found := re.search(r"/fonts/([\w-]+)\.\d+\.woff2", one))}


def letters_of(page: Page, selector: str) -> set[str]:
    """The families that the browser really took the letters of an element from."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    return {font["familyName"] for font in devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]}


def test_a_page_in_dutch_loads_three_files(family: Hands) -> None:
    assert loaded_by(family.page) == FIRST
    sizes = [path.stat().st_size for name in FIRST for path in ROOT.glob(f"static/fonts/{name}.*.woff2")]
    assert len(sizes) == len(FIRST)
    assert sum(sizes) <= 24_000


def kinds(files: set[str]) -> set[str]:
    """Of files that only some pages need: what they are for."""
    return {re.sub(r".*-\d+-|-\d+$", "", name) for name in files - FIRST}


@pytest.mark.parametrize(("name", "more", "families"), NAMES, ids=["ar", "uk", "pl and tr", "vi", "es and sv"])
def test_a_name_is_in_letters_of_ours(family: Hands, name: str, more: set[str], families: set[str]) -> None:
    family.tap("Onze mensen").tap("Nog iemand").type_in("Hoe noemen jullie deze persoon?", name).tap("Bewaar")
    family.tap("Onze mensen")
    here = family.page.get_by_text(name, exact=True).filter(visible=True).last
    here.evaluate("element => element.id = 'the-name'")
    assert kinds(loaded_by(family.page)) == more
    # Spaces, and the letters of "Nguyễn" that Atkinson has, come from there.
    assert families <= letters_of(family.page, "#the-name") <= families | {"Atkinson Hyperlegible Next"}


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_the_letters_come(family: Hands, open_phone: Callable[..., Page], width: int) -> None:
    def late(route: Route) -> None:
        time.sleep(0.4)
        route.continue_()

    addresses = ["/", family.page.url, family.page.url + "mensen", family.page.url + "afspraken"]
    phone = open_phone(width=width, height=844)
    phone.context.add_cookies(family.page.context.cookies())  # type: ignore[arg-type]
    phone.route("**/*.woff2", late)
    for address in addresses:
        phone.goto(address)
        assert loaded_by(phone) == FIRST
        moves = phone.evaluate(MOVED)
        assert sum(value for value, _who in moves) < 0.001, (address, moves)

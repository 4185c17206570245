"""From right to left: every page turned round, and names and words in Arabic on pages that are not.

No translation runs from right to left yet; the page is told that the reader's language does.
"""

import pytest
from babel import Locale

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands
from tests.journeys.pages import Place, a_form_that_misses_something, pages_of
from tests.support.browsers import LiveServer
from tests.support.eyes import GEOMETRY, widths

pytestmark = pytest.mark.javascript(True)

PARTS = 4
UNFOLD = "for (const fold of document.querySelectorAll('details')) fold.open = true"
# Text in Arabic that could turn the words beside it: neither kept apart by signs in the text, nor in an element that
# finds its own direction.
LOOSE = """() => {
  const found = [], arabic = /[\\u0590-\\u08ff]/;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!arabic.test(node.data.replace(/\\u2068[^\\u2069]*\\u2069/g, ""))) continue;
    if (node.parentElement.matches("title")) continue;
    const words = node.data.trim();
    let at = node.parentElement, inline = true, apart = false;
    for (; at && inline && !apart; at = at.parentElement) {
      const style = getComputedStyle(at);
      apart = at.dir === "auto" || at.tagName === "BDI" || /plaintext|isolate/.test(style.unicodeBidi)
        // Alone in its box, a name has nothing beside it to turn.
        || (style.display !== "inline" && at.textContent.trim() === words && !/[.,!?:;]$/.test(words));
      inline = style.display === "inline";
    }
    if (!apart) found.push(node.parentElement.outerHTML.slice(0, 200));
  }
  return found;
}"""


@pytest.fixture
def turned(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader's language runs from right to left."""
    monkeypatch.setattr(Locale, "text_direction", "rtl")


def wrong_with(hands: Hands, name: str) -> list[str]:
    """What stands wrong on that page, at every width in a full run and otherwise at one, by turns."""
    page, found = hands.page, []
    assert page.evaluate("() => getComputedStyle(document.body).direction") == "rtl", name
    page.evaluate(UNFOLD)
    for width in widths(page):
        page.set_viewport_size({"width": width, "height": 740})
        found += [f"{name} {width}: {fault}" for fault in page.evaluate(GEOMETRY)]
    return found


@pytest.mark.long
@pytest.mark.usefixtures("turned")
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_stands_from_right_to_left(
    part: int, live_server: LiveServer, of_cast: NewHands, cast: Cast
) -> None:
    hands: dict[str, Hands] = {}
    wrong = []
    places: list[Place] = pages_of(live_server.app, cast)
    for place in places[part::PARTS]:
        one = hands.get(place.who) or hands.setdefault(place.who, of_cast(place.who))
        one.go(place.address)
        wrong += wrong_with(one, place.name)
    assert not wrong, "\n".join(wrong)


@pytest.mark.usefixtures("turned")
def test_a_mistake_in_a_form_stands_from_right_to_left(of_cast: NewHands, cast: Cast) -> None:
    assert wrong_with(a_form_that_misses_something(of_cast, cast), "a form that misses something") == []


def test_words_in_arabic_never_turn_the_words_beside_them(family: Hands) -> None:
    name, goal, what = "فاطمة الزهراء (ماما)", "كل صباح إلى المدرسة بهدوء!", "اصطحاب سارة من المدرسة."
    family.tap("Onze mensen").tap("Nog iemand").type_in("Hoe noemen jullie deze persoon?", name)
    family.unfold("Gsm en adres").type_in("Gsm-nummer", "0470 12 34 56").tap("Bewaar").tap("Ja, dat kan")
    loose = {"person": family.page.evaluate(LOOSE)}
    family.tap("Ons plan").tap("Nog iets dat wij willen").type_in("Wat willen jullie?", goal).tap("Bewaar")
    family.type_in("Een kleine stap erbij", what).tap("Kleine stap erbij").sees("Bewaard.")
    loose["goal"] = family.page.evaluate(LOOSE)
    family.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", what)
    loose["new agreement"] = family.page.evaluate(LOOSE)
    family.tap(name).tap("Eén dag").tap("vandaag").tap("Bewaar")
    plan = family.page.url.split("/afspraken")[0]
    for page in ("/", "/mensen", "/mensen/waarvoor", "/afspraken", "/doelen/", "/veranderd", "/meer"):
        family.go(plan + page)
        loose[page] = family.page.evaluate(LOOSE)
    assert {page: found for page, found in loose.items() if found} == {}

"""Somebody's hands on a phone: they find things by the names people read, and count taps and keys.

    sara = Hands(phone)
    sara.go("/")
    sara.tap("Maak ons plan")
    sara.type_in("Hoe heten jullie?", "Sara")

Everything is found by role and accessible name, as design/words.tsv has them, never by an id or a class. A tap is only
possible where a finger would hit: scrolled into view, not covered. After a tap the answer has arrived and stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from io import BytesIO

import zxingcpp
from PIL import Image
from playwright.sync_api import ElementHandle, Locator, Page, Response, expect

# Long, for a machine that does much else; who waits this long waits for something that does not come.
expect.set_options(timeout=15_000)

ROLES = ("button", "link", "radio", "checkbox")

# What a tap on an element does: it leaves the page, swaps a part of it, or neither.
KIND = """element => {
  const form = element.form;
  if (element.tagName === "A") {
    if (element.hasAttribute("data-hx-get")) return element.getAttribute("data-hx-target");
    const from = location.href.split("#")[0], to = element.href.split("#")[0];
    return /^https?:/.test(element.href) && !(element.hash && to === from) ? "leave" : "stay";
  }
  if (element.tagName !== "BUTTON" || element.type !== "submit" || !form) return "stay";
  const swaps = element.closest("[data-hx-target]") || form.closest("[data-hx-target]");
  return swaps && window.htmx ? swaps.getAttribute("data-hx-target") : "leave";
}"""
# htmx sits in the page's own world; where its script did not run, a form is a plain form.
OLD = "data-before-tap"


class Hands:
    """One person's hands on one phone.

    Attributes:
        page: the page they look at.
        taps: how many times they touched the screen.
        keys: how many keys they pressed.
        answer: what the product last answered with a whole page.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = self.keys = 0
        self.answer: Response | None = None

    # ---- looking -----------------------------------------------------------------------------------------------------

    @property
    def everything(self) -> Locator:
        """All they see."""
        return self.page.locator("body")

    def part(self, name: str) -> Locator:
        """What a heading, a row or a card holds: the part named so, else the smallest in which that text stands."""
        heading = self.page.get_by_role("heading", name=name, exact=True)
        named = self.page.locator("section, form, li, article").filter(has=heading)
        row = self.page.locator("li, article, fieldset, .card").filter(has_text=name)
        return named.last if named.count() else row.last

    def find(self, name: str, inside: str | Locator | None = None) -> Locator:
        """What can be touched under exactly this name; else what begins with it (a tile with a hint in it)."""
        place = self.part(inside) if isinstance(inside, str) else inside or self.everything
        for wanted in (name, re.compile(rf"^{re.escape(name)}\b")):
            found = reduce(Locator.or_, (place.get_by_role(role, name=wanted, exact=True) for role in ROLES))  # type: ignore[arg-type]
            found = found.or_(place.locator("summary").filter(has_text=_whole(wanted)))
            # Asked once: finding by role and name is what costs most in a journey.
            addresses = found.evaluate_all("all => all.map(one => one.href || '')")
            if addresses:
                break
        return found.last if _are_one_page(addresses) else found

    def sees(self, *texts: str, inside: str | None = None) -> Hands:
        """Each of these texts stands there, in view or a scroll away."""
        place = self.part(inside) if inside else self.everything
        for text in texts:
            said = place.get_by_text(text).or_(place.get_by_role("img", name=text))
            expect(said.filter(visible=True).first).to_be_visible()
        return self

    def misses(self, *texts: str, inside: str | None = None) -> Hands:
        """None of these texts stands there."""
        place = self.part(inside) if inside else self.everything
        for text in texts:
            expect(place.get_by_text(text).filter(visible=True)).to_have_count(0)
        return self

    def is_at(self, heading: str) -> Hands:
        """The page's own heading is this."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        return self

    def reads(self, label: str) -> str:
        """What stands in a field."""
        return self.page.get_by_label(label, exact=True).filter(visible=True).input_value()

    def has_chosen(self, name: str, inside: str | None = None) -> bool:
        """Whether a tile is chosen."""
        return self.find(name, inside).is_checked()

    @property
    def words(self) -> str:
        """What the page itself says, without the bars around it."""
        return self.page.get_by_role("main").inner_text()

    # ---- doing -------------------------------------------------------------------------------------------------------

    def go(self, address: str) -> Response | None:
        """Open an address, as from a link in a message; no tap of ours."""
        self.answer = self.page.goto(address)
        return self.answer

    def tap(self, name: str, inside: str | Locator | None = None) -> Hands:
        """Touch what has this name, and wait for what comes of it."""
        self.touch(self.find(name, inside))
        return self

    def tap_twice(self, name: str) -> Hands:
        """Touch something twice in a row, as impatient or trembling fingers do. Nothing is waited for."""
        self.taps += 2
        self.find(name).dblclick(delay=5, no_wait_after=True)
        return self

    def touch(self, element: Locator) -> None:
        """Touch an element, and wait for what comes of it."""
        self.taps += 1
        found = element.element_handle()
        kind = found.evaluate(KIND)
        if kind == "leave":
            with self.page.expect_navigation() as arrived:
                found.tap()
            self.answer = arrived.value
        elif kind == "stay":
            _target(found).tap()
        else:
            with self._changing(kind):
                found.tap()

    @contextmanager
    def _changing(self, target: str) -> Iterator[None]:
        """Wait until that part of the page is another one, or the whole page is."""
        self.page.locator(target).evaluate(f"element => element.setAttribute('{OLD}', '')")
        yield
        expect(self.page.locator(f"[{OLD}]")).to_have_count(0)
        self.page.wait_for_load_state()

    def type_in(self, label: str, text: str, inside: str | None = None) -> Hands:
        """Touch a field and type in it, in place of what stood there."""
        place = self.part(inside) if inside else self.everything
        field = place.get_by_label(label, exact=True).filter(visible=True)
        self.taps += 1
        self.keys += len(text)
        field.tap()
        field.fill(text)
        return self

    def unfold(self, label: str) -> Hands:
        """Open what is one tap away, when it is not open yet."""
        fold = self.page.locator("details").filter(has=self.page.locator("summary", has_text=_whole(label)))
        if not fold.evaluate("fold => fold.open"):
            self.tap(label)
        return self

    def back(self) -> None:
        """The phone's own Back."""
        self.page.go_back()


def scanned(hands: Hands) -> list[str]:
    """What another phone's camera reads from the codes on this screen."""
    hands.page.get_by_role("img", name=re.compile("code", re.IGNORECASE)).scroll_into_view_if_needed()
    return [code.text for code in zxingcpp.read_barcodes(Image.open(BytesIO(hands.page.screenshot())))]


def _are_one_page(addresses: list[str]) -> bool:
    """Whether these are links to the same address, as "Meer" in the bar and above a page: then either is right."""
    return len(addresses) > 1 and addresses[0] != "" and len(set(addresses)) == 1


def _target(element: ElementHandle) -> ElementHandle:
    """What a finger aims at: of a choice its whole tile."""
    aimed = element.evaluate_handle("one => one.matches('label input') ? one.closest('label') : one").as_element()
    assert aimed is not None
    return aimed


def _whole(name: str | re.Pattern[str]) -> re.Pattern[str]:
    return name if isinstance(name, re.Pattern) else re.compile(rf"^\s*{re.escape(name)}\s*$")

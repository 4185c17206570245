"""Every page of a child in pictures: nothing needs reading, a reader hears it in order, one switch is enough."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.own import CONTROLS, Robot, walk
from tests.support.full import size
from tests.support.templates import ROOT
from tests.support.voices import FLEMISH, give_voices, said, to_the_end

# One switch steps through a page: what stands last is not further than this.
MOST_STEPS = 32
# What differs between two pages of one sort: ids, days, and which one of a list.
DIFFERENT = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d|\d+")

OWN = (ROOT / "tests" / "support" / "own.js").read_text(encoding="utf-8")


def asks(page: Page, what: str) -> Any:
    """What tests/support/own.js says of a page."""
    return page.evaluate(f"({OWN}).{what}")


@pytest.fixture
def addresses(cast: Cast) -> list[str]:
    """Each sort of page that Kaat can come to: one of them in `bin/test` where there are many of a sort."""
    found = walk(cast.client_of("kaat"), f"/p/{cast.plan}/mij", lambda _what, _answer: None)
    sorts: dict[str, list[str]] = {}
    for address in found:
        sorts.setdefault(DIFFERENT.sub("", address), []).append(address)
    return [address for some in sorts.values() for address in some[: size(1, 6)]]


@pytest.fixture
def kaat(of_cast: NewHands, cast: Cast) -> Robot:
    """Kaat, on her own phone, at a page of her own."""
    hands = of_cast("kaat")
    give_voices(hands.page, FLEMISH)
    return Robot(hands, cast.plan).goes()


def on_each(kaat: Robot, addresses: list[str], look: Callable[[Page], list[Any]]) -> list[str]:
    """What is wrong on each page, with where."""
    wrong = []
    for address in addresses:
        answer = kaat.hands.go(address)
        assert answer is not None
        assert answer.status == 200, address
        wrong += [f"{address.split('/mij')[-1] or '/'}: {fault}" for fault in look(kaat.hands.page)]
    return wrong


@pytest.mark.javascript(True)
def test_nothing_needs_reading_and_everything_keeps_its_place(kaat: Robot, addresses: list[str]) -> None:
    places = asks(kaat.hands.page, "places()")
    assert len(places) >= 4

    def look(page: Page) -> list[str]:
        faults = [f"no picture in {one}" for one in asks(page, f"bare('{CONTROLS}')")]
        faults += [f"must be typed: {one}" for one in asks(page, "typed()")]
        now = asks(page, "places()")
        return faults + ([] if now == places else [f"moved: {now}, first {places}"])

    wrong = on_each(kaat, addresses, look)
    assert not wrong, "\n".join(wrong)


@pytest.mark.javascript(True)
def test_a_reader_hears_each_page_in_order_and_the_phone_speaks_all_of_it(kaat: Robot, addresses: list[str]) -> None:
    def look(page: Page) -> list[str]:
        faults: list[str] = asks(page, "heard()")
        page.locator(".top [data-aloud]").tap()
        told = " ".join(text for *_rest, text in to_the_end(page))
        spoken = said(page)
        if not spoken or spoken[0][2] != page.locator("h1").inner_text().strip():
            faults.append("the phone does not begin with the heading")
        for control in page.locator(f"main :is({CONTROLS})").filter(visible=True).all():
            name = " ".join(control.inner_text().split())
            if name and not all(word in told for word in name.split()) and not control.get_attribute("aria-label"):
                faults.append(f"not spoken: {name}")
        return faults

    wrong = on_each(kaat, addresses, look)
    assert not wrong, "\n".join(wrong)


@pytest.mark.javascript(True)
def test_one_switch_reaches_everything_in_few_steps(kaat: Robot, addresses: list[str]) -> None:
    def look(page: Page) -> list[str]:
        wanted: list[str] = asks(page, "wanted()")
        reached: list[int] = []
        for _step in range(MOST_STEPS):
            page.keyboard.press("Tab")
            at = asks(page, "now()")
            if at < 0 or at in reached:
                break
            reached.append(at)
        return [f"{len(reached)} steps miss: {one}" for at, one in enumerate(wanted) if at not in reached]

    wrong = on_each(kaat, addresses, look)
    assert not wrong, "\n".join(wrong)


@pytest.mark.javascript(True)
def test_the_focus_goes_on_from_what_was_done(kaat: Robot) -> None:
    """What is told with one press is said, and the next step of the switch is on what comes after it."""
    page = kaat.hands.page
    _steps_to(page, 'form[action*="/mij/klaar/"] button')
    page.keyboard.press("Space")
    expect(page.locator("#live")).not_to_be_empty()
    expect(page.locator("#day :focus")).to_have_count(1)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.matches('#day *, .tabs *')")


def _steps_to(page: Page, chosen: str) -> int:
    """Step by step, until it is there."""
    for step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("chosen => document.activeElement.matches(chosen)", chosen):
            return step + 1
    raise AssertionError(f"{chosen} is out of reach")

"""Every page of a child in pictures: nothing needs reading, a reader hears it in order, one switch is enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.own import CONTROLS, Robot, of_each_sort, starts, walk
from tests.support.eyes import TO_THE_START
from tests.support.full import size
from tests.support.templates import ROOT
from tests.support.voices import FLEMISH, give_voices, to_the_end

# One switch steps through a page: even the tabs after the fullest board of pictures are not further than this.
MOST_STEPS = 40
OWN = (ROOT / "tests" / "support" / "own.js").read_text(encoding="utf-8")


def asks(page: Page, what: str) -> Any:
    """What tests/support/own.js says of a page."""
    return page.evaluate(f"({OWN}).{what}")


@pytest.fixture
def addresses(cast: Cast) -> list[str]:
    """Each sort of page that Kaat can come to: one of them in `bin/test` where there are many of a sort."""
    assert cast.app is not None
    found = walk(cast.client_of("kaat"), starts(cast.app, cast.plan), lambda _what, _answer: None)
    return of_each_sort(found, size(1, 6))


@pytest.fixture
def kaat(of_cast: NewHands, cast: Cast) -> Robot:
    """Kaat, on her own phone, at a page of her own."""
    hands = of_cast("kaat")
    give_voices(hands.page, FLEMISH)
    return Robot(hands, cast.plan).goes()


@pytest.mark.javascript(True)
def test_every_page_is_for_who_reads_nothing_who_hears_it_and_who_has_one_switch(
    kaat: Robot, addresses: list[str]
) -> None:
    places = asks(kaat.hands.page, "places()")
    assert len(places) >= 4
    assert len(addresses) >= 8
    wrong = []
    for address in addresses:
        answer = kaat.hands.go(address)
        assert answer is not None
        assert answer.status == 200, address
        looks = (*by_picture(kaat.hands.page, places), *by_ear(kaat.hands.page), *by_switch(kaat.hands.page))
        wrong += [f"{address.split('/mij')[-1] or '/'}: {fault}" for fault in looks]
    assert not wrong, "\n".join(wrong)


def by_picture(page: Page, places: list[str]) -> Iterator[str]:
    """Nothing asks to read or to write, and what is on every page stands where it always stands."""
    yield from (f"no picture in {one}" for one in asks(page, f"bare('{CONTROLS}')"))
    yield from (f"must be typed: {one}" for one in asks(page, "typed()"))
    now = asks(page, "places()")
    if now != places:
        yield f"moved: {now}, first {places}"


def by_ear(page: Page) -> Iterator[str]:
    """A screen reader meets it in order; the phone speaks all of it, and begins with the heading."""
    yield from asks(page, "heard()")
    page.locator(".top [data-aloud]").tap()
    told = [text for *_rest, text in to_the_end(page)]
    if told[:1] != [page.locator("h1").inner_text().strip()]:
        yield f"the phone begins with {told[:1]}"
    spoken = " ".join(told)
    for name in asks(page, f"names('{CONTROLS}')"):
        if not all(word in spoken for word in name.split()):
            yield f"not spoken: {name}"


def by_switch(page: Page) -> Iterator[str]:
    """Tab alone comes to everything, in a number of steps that somebody can wait for."""
    page.evaluate(TO_THE_START)
    wanted: list[str] = asks(page, "wanted()")
    reached: list[int] = []
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        at = asks(page, "now()")
        if at < 0 or at in reached:
            break
        reached.append(at)
    yield from (f"{len(reached)} steps miss: {one}" for at, one in enumerate(wanted) if at not in reached)


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

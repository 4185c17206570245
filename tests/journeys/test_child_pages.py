"""Every page of a child in pictures: nothing needs reading, a reader hears it in order, one switch is enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page, expect

from app.change import Put, change
from app.pictos.nouns import Group
from app.plan.nouns import Level
from app.policy.actions import Action
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
def kaat(of_cast: NewHands, cast: Cast) -> Robot:
    """Kaat, on her own phone, at a page of her own."""
    return child(of_cast, cast, "kaat")


def child(of_cast: NewHands, cast: Cast, who: str) -> Robot:
    """A child of the cast, on a phone that has a voice."""
    hands = of_cast(who)
    give_voices(hands.page, FLEMISH)
    return Robot(hands, cast.plan).goes()


def addresses(cast: Cast, who: str) -> list[str]:
    """Each sort of page that a child can come to: one of them in `bin/test` where there are many of a sort."""
    assert cast.app is not None
    found = walk(cast.client_of(who), starts(cast.app, cast.plan), lambda _what, _answer: None)
    return of_each_sort(found, size(1, 6))


def give_size(cast: Cast, level: Level) -> None:
    """What the family does on her page: another level for Kaat."""
    assert cast.app is not None
    with cast.app.app_context():
        member = cast.thing("member kaat", "sara")
        body = msgspec.structs.replace(member.body, level=level)
        change(cast.sara, Action.CHILD_PAGE_CHANGE, Put(member, body))


@pytest.mark.javascript(True)
def test_every_page_is_for_who_reads_nothing_who_hears_it_and_who_has_one_switch(kaat: Robot, cast: Cast) -> None:
    places = asks(kaat.hands.page, "places()")
    assert len(places) >= 4
    found = addresses(cast, "kaat")
    assert len(found) >= 8
    wrong = on_each(kaat, found, lambda page: (*by_picture(page, places), *by_ear(page), *by_switch(page)))
    assert not wrong, "\n".join(wrong)


@pytest.mark.javascript(True)
@pytest.mark.parametrize("level", [Level.READING, Level.YOUNG])
def test_who_reads_hears_and_steps_through_every_page_too(level: Level, of_cast: NewHands, cast: Cast) -> None:
    """A few of the pages, other ones for each level; all of them in a full run."""
    give_size(cast, level)
    found = addresses(cast, "kaat")
    some = found[size(level is Level.YOUNG, 0) :: size(5, 1)]
    wrong = on_each(child(of_cast, cast, "kaat"), some, lambda page: (*by_ear(page), *by_switch(page)))
    assert not wrong, "\n".join(wrong)


def on_each(kaat: Robot, found: list[str], look: Callable[[Page], Iterable[str]]) -> list[str]:
    """What is wrong on each page, with where."""
    wrong = []
    for address in found:
        answer = kaat.hands.go(address)
        assert answer is not None
        assert answer.status == 200, address
        wrong += [f"{address.split('/mij')[-1] or '/'}: {fault}" for fault in look(kaat.hands.page)]
    return wrong


def by_picture(page: Page, places: list[str]) -> Iterator[str]:
    """Nothing asks to read or to write, and what is on every page stands where it always stands."""
    yield from (f"no picture in {one}" for one in asks(page, f"bare('{CONTROLS}')"))
    yield from (f"must be typed: {one}" for one in asks(page, "typed()"))
    yield from (f"small: {one}" for one in asks(page, f"small('{CONTROLS}')"))
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


BOARDS = ("", "/wens", "/tafel", "/doos", "/voel", "/fijn", "/vertrouw", *(f"/wens?deel={part}" for part in Group))


@pytest.mark.javascript(True)
def test_no_word_of_ours_is_broken_on_a_tile(kaat: Robot) -> None:
    """On the smallest phone, on the next, and on a desk; names are the family's, and may be as long as they are."""
    broken = []
    for path in BOARDS:
        kaat.goes(path)
        for width in (320, 390, 1280):
            kaat.hands.page.set_viewport_size({"width": width, "height": 800})
            broken += [f"{path} {width}: {word}" for word in asks(kaat.hands.page, "broken('.own-tile')")]
    assert not broken, "\n".join(broken)


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

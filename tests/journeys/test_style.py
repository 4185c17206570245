"""The page of components: in the light and in the dark, both ways round, at every width."""

import pytest
from playwright.sync_api import Page

from tests.support.eyes import GEOMETRY, axe

pytestmark = pytest.mark.javascript(True)


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    """As a developer runs it."""
    return environment | {"ONSPLAN_DEVELOPMENT": "1"}


@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_every_component_is_for_everyone_both_ways_round(way: str, phone: Page) -> None:
    phone.goto(f"/stijl?dir={way}")
    assert phone.evaluate("() => getComputedStyle(document.body).direction") == way
    wrong = []
    for width in (320, 390, 768, 1280):
        phone.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{width}: {fault}" for fault in phone.evaluate(GEOMETRY)]
    wrong += axe(phone)
    assert not wrong, "\n".join(wrong)


def test_both_schemes_stand_beside_each_other_whatever_the_phone_prefers(phone: Page) -> None:
    for preferred in ("light", "dark"):
        phone.emulate_media(color_scheme=preferred)  # type: ignore[arg-type]
        phone.goto("/stijl")
        grounds = phone.evaluate(
            "() => [...document.querySelectorAll('.schemes > *')].slice(0, 2)"
            ".map((one) => getComputedStyle(one).backgroundColor)"
        )
        assert grounds == ["rgb(247, 239, 225)", "rgb(27, 18, 13)"]


def test_threads_turn_and_their_checks_do_not(phone: Page) -> None:
    where = """() => [...document.querySelectorAll('.thread:not(.sample)')].slice(0, 6).map((one) => {
      const [tied, open] = ['.tied', '.open'].map((part) => one.querySelector(part).getBoundingClientRect());
      return tied.left + tied.right < open.left + open.right;
    })"""
    down = """() => { const check = document.querySelector('.checks');
      const across = (along) => check.getPointAtLength(along).x * check.getScreenCTM().a;
      return across(0) < across(check.getTotalLength()); }"""
    for way, begins_left in (("ltr", True), ("rtl", False)):
        phone.goto(f"/stijl?dir={way}")
        assert phone.evaluate(where) == [begins_left] * 6
        assert phone.evaluate(down)

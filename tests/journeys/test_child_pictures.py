"""A child that does not read, at its own pages: by picture and place only, with scripts and without."""

import pytest

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.own import Robot, icon

CHECK, UNDO, WAIT = icon("check"), icon("undo"), icon("wait")


@pytest.fixture
def kaat(of_cast: NewHands, cast: Cast) -> Robot:
    """Kaat, on her own phone, at today."""
    return Robot(of_cast("kaat"), cast.plan).goes()


def test_today_is_done_with_one_tap_and_taken_back_with_one(kaat: Robot) -> None:
    """Eerst, dan: the first is told with the check, and the knot of it stands on the thread of the day."""
    first = kaat.finds(CHECK).count()
    assert first == 1, "one thing at a time"
    knots = kaat.hands.page.locator(".day-thread .corner").count()
    kaat.taps(CHECK)
    assert kaat.hands.taps == 1
    assert kaat.hands.page.locator(".day-thread .corner").count() == knots + 1, "it counts"


def test_the_week_and_back_by_the_pictures_under_the_page(kaat: Robot) -> None:
    kaat.taps_tab(1)
    columns = kaat.hands.page.locator("main li a")
    assert columns.count() == 7
    kaat.hands.touch(columns.nth(6))
    kaat.taps_tab(0).sees(".day-thread")
    assert kaat.hands.keys == 0

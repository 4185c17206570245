"""A child that does not read, at its own pages: by picture and place only, with scripts and without."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.own import FACE, Robot, icon, picto
from tests.journeys.test_draw import stroke

CHECK, LOCK = icon("check"), picto("1F512")


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


def test_a_feeling_and_who_may_see_it_take_two_taps_and_no_key(kaat: Robot) -> None:
    kaat.goes("/voel")
    assert kaat.finds("img", inside=".feelings").count() == 6
    kaat.taps("img", 0, inside=".feelings")
    chosen = kaat.hands.page.locator("main [aria-pressed=true]")
    expect(chosen).to_have_count(0)
    assert kaat.finds(FACE).count() > 1, "nobody stands there alone"
    kaat.taps(FACE, 0)
    expect(chosen).to_have_count(1)
    assert (kaat.hands.taps, kaat.hands.keys) == (2, 0)


def test_what_nobody_may_see_is_kept_with_two_taps(kaat: Robot) -> None:
    """The picture of the lock is always there, at the same place: after the faces that are near."""
    kaat.goes("/voel").taps("img", 1, inside=".feelings").taps(LOCK)
    assert (kaat.hands.taps, kaat.hands.keys) == (2, 0)
    expect(kaat.hands.page.locator("main [aria-pressed=true]")).to_have_count(0)


def test_what_is_nice_is_said_with_pictures_alone(kaat: Robot) -> None:
    """Which house, by a picture, which board, which picture, and whose face: five taps."""
    kaat.goes("/fijn")
    assert kaat.finds("img", inside="main > .own-tiles").count() == 3
    kaat.taps("img", 0).taps("img", 0).taps("img", 0).taps("img", 0).taps(FACE, 0)
    assert (kaat.hands.taps, kaat.hands.keys) == (5, 0)
    kaat.goes("/doos").sees("img")


def test_a_wish_is_asked_with_a_picture_and_a_face(kaat: Robot) -> None:
    before = kaat.goes("/wens").finds("img", inside="main section").count()
    kaat.goes("/wens").taps("img", 0, inside=".board").taps(FACE, 0)
    assert (kaat.hands.taps, kaat.hands.keys) == (2, 0)
    kaat.goes("/wens")
    assert kaat.finds("img", inside="main section").count() > before, "it waits among what was wished"


def test_whom_i_trust_is_named_with_one_tap_on_a_face(kaat: Robot) -> None:
    """And the code for that person stands there at once."""
    kaat.goes("/vertrouw").taps(FACE, 0).sees(".qr svg")
    assert (kaat.hands.taps, kaat.hands.keys) == (1, 0)


def test_who_helps_me_stands_there_by_face(kaat: Robot) -> None:
    kaat.taps_tab(2)
    faces = kaat.finds(FACE).count()
    assert faces >= 3
    kaat.taps(FACE, 1).sees(FACE)
    assert (kaat.hands.taps, kaat.hands.keys) == (2, 0)


def test_a_step_is_ticked_with_its_knot(kaat: Robot) -> None:
    kaat.goes("/stappen")
    done = kaat.hands.page.locator("main .own-knot.done")
    expect(done).to_have_count(0)
    kaat.hands.touch(kaat.hands.page.locator("main .own-knot").first)
    expect(done).to_have_count(1)
    kaat.hands.touch(done)
    expect(done).to_have_count(0)
    assert kaat.hands.taps == 2


def test_a_drawing_is_kept_with_no_word(kaat: Robot, javascript: bool, tmp_path: Path) -> None:
    """On the sheet by finger; without scripts a photo of paper. Then whose eyes it is for: here nobody's."""
    kaat.goes("/maak").taps("img", 1)
    page = kaat.hands.page
    if javascript:
        stroke(page, (0.2, 0.3), (0.5, 0.6), (0.8, 0.3))
    else:
        picture = tmp_path / "tekening.png"
        Image.effect_noise((300, 200), 90).save(picture)
        page.locator("main input[type=file]").set_input_files(picture)
    kaat.taps(CHECK, -1).taps(LOCK)
    assert (kaat.hands.taps, kaat.hands.keys) == (3, 0)
    kaat.goes("/doos").sees(".box li:first-child img:not([src*='/picto'])")

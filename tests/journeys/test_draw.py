"""A drawing on a sheet: by finger, by keys alone, and what becomes of it; without scripts a photo of one."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands

ORANGE, PAPER = (0xB8, 0x3F, 0x0C), (0xFF, 0xFC, 0xF6)


@pytest.fixture
def sheet(of_cast: NewHands, cast: Cast) -> Hands:
    """Sara, at an empty sheet beside the field for a photo."""
    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/fotos/nieuw")
    sara.tap("Teken het zelf")
    return sara.sees("Je blad is nog leeg.")


def stroke(page: Page, *points: tuple[float, float]) -> None:
    """A line over the sheet, its points in parts of it."""
    box = page.locator("canvas").bounding_box()
    assert box
    for at, (x, y) in enumerate(points):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        if not at:
            page.mouse.down()
    page.mouse.up()


def colour(page: Page, x: float, y: float) -> tuple[int, int, int]:
    """What stands at one place of the sheet."""
    ask = (
        "([x, y]) => [...document.querySelector('canvas').getContext('2d').getImageData(x * 1200, y * 900, 1, 1).data]"
    )
    return tuple(page.evaluate(ask, [x, y])[:3])


def kept(sara: Hands) -> Image.Image:
    """The picture as the server made it."""
    sara.type_in("Wat is het?", "Een zon voor oma").tap("Bewaar")
    found = sara.page.get_by_role("link", name="Een zon voor oma").locator("img")
    expect(found).to_be_visible()
    got = sara.page.request.get(found.evaluate("one => one.src"))
    return Image.open(io.BytesIO(got.body())).convert("RGB")


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(one, other, strict=True))


@pytest.mark.javascript(True)
def test_a_drawing_becomes_a_photo_of_the_family(sheet: Hands) -> None:
    page = sheet.page
    sheet.tap("Oranje").tap("Dik")
    stroke(page, (0.2, 0.5), (0.5, 0.5), (0.8, 0.5))
    sheet.sees("Er staat één ding op je blad.")
    assert colour(page, 0.5, 0.5) == ORANGE
    stroke(page, (0.2, 0.8), (0.8, 0.8))
    sheet.sees("Er staan 2 dingen op je blad.").tap("Toch niet")
    assert colour(page, 0.5, 0.8) == PAPER
    sheet.tap("Begin opnieuw").sees("Je blad is nog leeg.").tap("Toch niet")
    assert colour(page, 0.5, 0.5) == ORANGE, "also the whole sheet comes back"
    sheet.tap("Toch niet").tap("Toch wel")
    sheet.tap("Gom")
    stroke(page, (0.5, 0.3), (0.5, 0.5), (0.5, 0.7))
    assert colour(page, 0.5, 0.5) == PAPER
    page.set_viewport_size({"width": 740, "height": 360})
    assert colour(page, 0.3, 0.5) == ORANGE, "a phone that turns loses nothing"
    picture = kept(sheet)
    width, height = picture.size
    assert near(picture.getpixel((int(0.3 * width), height // 2)), ORANGE)  # type: ignore[arg-type]
    assert near(picture.getpixel((width // 2, height // 2)), PAPER)  # type: ignore[arg-type]


@pytest.mark.javascript(True)
def test_keys_alone_place_stamps_and_nothing_asks_for_a_pointer(sheet: Hands) -> None:
    page = sheet.page
    for button in ("Stempels", "Hart"):
        sheet.find(button).focus()
        page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Hart staat in het midden.")).to_be_visible()
    page.locator("canvas").focus()
    for key in ("ArrowLeft", "ArrowLeft", "+", "Enter"):
        page.keyboard.press(key)
    sheet.sees("Er staat één ding op je blad.")
    for button in ("Zon", "Naar boven", "Naar rechts", "Kleiner", "Zet neer"):
        sheet.find(button).focus()
        page.keyboard.press("Space")
        expect(sheet.find(button)).to_be_focused()
    sheet.sees("Er staan 2 dingen op je blad.")
    page.locator("canvas").focus()
    page.keyboard.press("Control+z")
    sheet.sees("Er staat één ding op je blad.")
    assert len(kept(sheet).resize((40, 30)).getcolors(1200) or []) > 5, "a heart, on paper"


@pytest.mark.javascript(True)
def test_who_taps_something_else_is_asked_first_and_snel_weg_asks_nothing(sheet: Hands) -> None:
    asked: list[str] = []
    page = sheet.page
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    stroke(page, (0.2, 0.5), (0.8, 0.5))
    page.get_by_role("link", name="Onze foto’s").click(no_wait_after=True)
    sheet.sees("Er staat één ding op je blad.")
    assert asked == ["beforeunload"]
    sheet.tap("Snel weg")
    assert asked == ["beforeunload"]


@pytest.mark.javascript(False)
def test_without_scripts_a_photo_of_a_drawing_can_be_sent(of_cast: NewHands, cast: Cast) -> None:
    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/fotos/nieuw")
    expect(sara.page.locator("canvas")).to_be_hidden()
    sara.misses("Teken het zelf").sees("Kies of neem een foto")

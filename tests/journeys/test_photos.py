"""A photo of somebody and of the plan, from the phone, with and without scripts, and on a slow line."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands
from tests.moments.album import there

PLACE = 0x8825


def from_a_phone(folder: Path, width: int = 900, height: int = 700) -> Path:
    """A picture as phones make them: noise that presses badly, lying on its side, and where it was taken."""
    made = Image.effect_noise((width, height), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(PLACE).update({1: "N", 2: (51.0, 13.0, 6.5), 3: "E", 4: (4.0, 24.0, 9.1)})
    path = folder / "IMG_0001.jpg"
    made.save(path, "JPEG", quality=95, exif=exif)
    return path


def choose(hands: Hands, path: Path) -> Hands:
    hands.page.get_by_label("Kies of neem een foto").set_input_files(path)
    return hands


def shown(hands: Hands, alt: str) -> Image.Image:
    """The picture with these words, as it came to this phone."""
    found = hands.page.get_by_role("img", name=alt).first
    expect(found).to_be_visible()
    got = hands.page.request.get(hands.page.evaluate("one => one.src", found.element_handle()))
    assert got.headers["cache-control"] == "no-store"
    return Image.open(io.BytesIO(got.body()))


@pytest.mark.javascript(True, False)
def test_a_photo_of_somebody_is_taken_said_taken_away_and_taken_back(family: Hands, tmp_path: Path) -> None:
    family.tap("Onze mensen").tap("Toon als lijst").tap("Kaat").tap("Neem een foto")
    before = family.taps
    choose(family, from_a_phone(tmp_path)).type_in("Wat staat erop?", "Kaat op de schommel").tap("Bewaar")
    assert family.taps - before <= 3
    family.sees("Bewaard.")
    picture = shown(family, "Kaat op de schommel")
    assert picture.height > picture.width, "it stands upright"
    assert not picture.getexif()
    family.tap("Verander de foto").type_in("Wat staat erop?", "Kaat lacht").tap("Bewaar")
    shown(family, "Kaat lacht")
    family.tap("Verander de foto").tap("Haal de foto weg").sees("De foto is weg.")
    expect(family.page.get_by_role("img", name="Kaat lacht")).to_have_count(0)
    family.tap("Toch niet")
    family.tap("Onze mensen").tap("Kaat")
    shown(family, "Kaat lacht")


def test_the_plan_begins_with_its_photo(family: Hands, tmp_path: Path) -> None:
    family.tap("Neem een foto")
    choose(family, from_a_phone(tmp_path)).type_in("Wat staat erop?", "Wij op zee").tap("Bewaar")
    family.is_at("Ons plan")
    shown(family, "Wij op zee")
    family.tap("Ons plan").page.set_viewport_size({"width": 320, "height": 568})
    today = family.page.get_by_role("heading", name="Vandaag").bounding_box()
    tabs = family.page.get_by_role("link", name="Afspraken", exact=True).bounding_box()
    assert today
    assert tabs
    assert today["y"] + today["height"] < tabs["y"], "a photo leaves what is today on the first screen of a small phone"
    size = family.page.locator(".front img").bounding_box()
    family.page.route("**/groot", lambda _waits: None)
    family.page.reload(wait_until="domcontentloaded")
    assert family.page.locator(".front img").bounding_box() == size, "nothing moves when a photo comes"
    family.page.unroute_all(behavior="ignoreErrors")
    family.tap("Verander de foto").is_at("De foto")


@pytest.mark.javascript(True, False)
def test_a_letter_is_no_photo_and_the_words_stay(family: Hands, tmp_path: Path) -> None:
    letter = tmp_path / "foto.jpg"
    letter.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")
    family.tap("Neem een foto")
    choose(family, letter).type_in("Wat staat erop?", "Wij op zee")
    family.page.get_by_role("button", name="Bewaar").tap()
    family.sees("Nog één ding", "Dit bestand is geen foto.")
    assert family.reads("Wat staat erop?") == "Wij op zee"
    choose(family, from_a_phone(tmp_path)).tap("Bewaar").is_at("Ons plan")
    shown(family, "Wij op zee")


@pytest.mark.javascript(True)
def test_on_a_slow_line_one_sees_how_far_it_is_and_may_stop(of_cast: NewHands, cast: Cast, tmp_path: Path) -> None:
    sara = of_cast("sara")
    sara.tap("Neem een foto")
    choose(sara, from_a_phone(tmp_path, 1600, 1200)).type_in("Wat staat erop?", "Wij op zee")
    line = sara.page.context.new_cdp_session(sara.page)
    slow = {"offline": False, "latency": 200, "downloadThroughput": 50_000, "uploadThroughput": 60_000}
    line.send("Network.emulateNetworkConditions", slow)
    sara.page.get_by_role("button", name="Bewaar").tap()
    expect(sara.page.get_by_role("progressbar")).to_be_visible()
    expect(sara.page.get_by_role("status").filter(has_text=re.compile("(25|50|75) procent"))).to_be_visible()
    sara.page.get_by_role("button", name="Stop").tap()
    sara.sees("Gestopt. Het staat nog klaar.")
    assert there(cast, "plan") is None
    line.send("Network.emulateNetworkConditions", {**slow, "latency": 0, "uploadThroughput": -1})
    sara.tap("Bewaar").is_at("Ons plan")
    shown(sara, "Wij op zee")

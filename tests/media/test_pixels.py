"""A photo comes out the right way up, in its colours, small enough, and without a word beside its pixels."""

from __future__ import annotations

import io

import pi_heif
import pytest
from PIL import Image, ImageChops, ImageCms

from app.media.nouns import LONGEST, BadFile, Fault, Size
from app.media.pixels import MOST_BYTES, Pixels, redraw
from tests.media.conftest import Scales
from tests.media.heic import heic
from tests.media.phones import CANARY, CORNERS, GOOD, exif, flag, saved, scene, talkative


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data), formats=["WEBP"])
    picture.load()
    return picture.convert("RGB")


def assert_bare(found: Pixels) -> None:
    """Two WebP pictures of the right sizes, and nothing else in them."""
    for size, data in ((Size.SMALL, found.small), (Size.LARGE, found.large)):
        picture = Image.open(io.BytesIO(data), formats=["WEBP"])
        picture.load()
        assert picture.mode == "RGB"
        assert max(picture.size) <= LONGEST[size]
        assert {"exif", "xmp", "icc_profile"}.isdisjoint(picture.info)
        assert data[:4] + data[8:16] == b"RIFFWEBPVP8 "
        assert len(data) == 20 + int.from_bytes(data[16:20], "little") + data[16] % 2
        assert CANARY not in data
    assert opened(found.large).size == (found.width, found.height)
    assert len(found.small) <= 24_000
    assert len(found.large) <= 300_000


def near(found: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(is_ - wanted) < 24 for is_, wanted in zip(found, colour, strict=True))


def assert_upright(data: bytes) -> None:
    picture = opened(data)
    right, bottom = picture.width * 3 // 4, picture.height * 3 // 4
    left, top = picture.width // 4, picture.height // 4
    places = {"left top": (left, top), "right top": (right, top), "left bottom": (left, bottom)}
    for corner, place in places.items():
        assert near(picture.getpixel(place), CORNERS[corner]), (corner, picture.getpixel(place))
    assert near(picture.getpixel((right, bottom)), (255, 255, 255))


# Those that take more than a second, or are much like another, are tried in `bin/test --full`.
SLOW = {
    "50 megapixels",
    "108 megapixels",
    "a tall panorama",
    "12 megapixels in layers, in all its colours",
    "HEIC, 12 megapixels",
    "HEIC, 24 megapixels",
}


@pytest.mark.parametrize("name", [name for name in GOOD if name not in SLOW])
def test_no_good_photo_is_refused(name: str, scales: Scales) -> None:
    made, size = GOOD[name]

    found = redraw(made())

    assert (found.width, found.height) == size
    assert_bare(found)
    assert scales.most() < 500


# What a camera writes down for how it was held, and how its picture lies then.
LIES = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def lying(turned: int) -> Image.Image:
    picture, how = flag((160, 96)), LIES[turned]
    return picture if how is None else picture.transpose(how)


@pytest.mark.parametrize("turned", LIES)
def test_every_way_a_phone_is_held(turned: int) -> None:
    found = redraw(talkative(saved(lying(turned), "JPEG", quality=95), turned))

    assert (found.width, found.height) == (160, 96)
    assert_upright(found.large)
    assert_upright(found.small)


@pytest.mark.parametrize("sort", ["PNG", "WEBP", "AVIF"])
def test_other_sorts_say_how_they_were_held_too(sort: str) -> None:
    found = redraw(saved(lying(6), sort, exif=exif(6, ">")[6:], quality=95))

    assert_upright(found.large)


@pytest.mark.parametrize("turn", range(4))
def test_heic_is_turned_once(turn: int) -> None:
    """The box that turns it and its EXIF say the same thing."""
    lies = flag((128, 128)).rotate(-90 * turn)

    found = redraw(heic(lies, turn=turn, exif=exif({0: 1, 1: 8, 2: 3, 3: 6}[turn])))

    assert_upright(found.large)


@pytest.mark.parametrize("turn", range(4))
def test_heic_in_tiles_lies_as_it_does_whole(turn: int) -> None:
    """Tiles stick out below and on the right before it is turned, and on other sides after that."""
    data = heic(scene(), 3, 2, size=(1200, 1000), turn=turn)
    whole = pi_heif.open_heif(io.BytesIO(data)).to_pillow()

    found = redraw(data)

    assert (found.width, found.height) == whole.size
    differs = ImageChops.difference(opened(found.large), whole).reduce(8).getextrema()
    assert all(most < 24 for _, most in differs), differs


def test_colours_of_a_wide_screen_come_out_as_every_screen_shows_them() -> None:
    # A profile in which red and green have changed places tells at once whether it was used.
    swapped = _swapped()

    found = redraw(saved(Image.new("RGB", (64, 64), (230, 20, 20)), "PNG", icc_profile=swapped))

    assert near(opened(found.large).getpixel((32, 32)), (20, 230, 20))


def _swapped() -> bytes:
    """A valid profile whose red is green and whose green is red."""
    plain = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = plain.index(b"rXYZ"), plain.index(b"gXYZ")
    plain[red + 4 : red + 12], plain[green + 4 : green + 12] = plain[green + 4 : green + 12], plain[red + 4 : red + 12]
    return bytes(plain)


@pytest.mark.parametrize("profile", [b"none", bytes(4096), b"\xff" * (5 << 20)], ids=["text", "zeros", "huge"])
@pytest.mark.parametrize("sort", ["JPEG", "WEBP"])
def test_a_profile_that_cannot_be_read_is_left_out(sort: str, profile: bytes) -> None:
    found = redraw(saved(flag((64, 64)), sort, icc_profile=profile, quality=95))

    assert_upright(found.large)


def test_what_is_clear_is_white() -> None:
    for sort in ("PNG", "WEBP"):
        found = redraw(saved(Image.new("RGBA", (64, 64), (200, 0, 0, 0)), sort, lossless=True))

        assert near(opened(found.large).getpixel((32, 32)), (255, 255, 255))


def test_half_clear_few_colours_and_sixteen_bits() -> None:
    few = flag((64, 64)).quantize(4)
    few.info["transparency"] = few.getpixel((1, 1))
    grey = Image.new("I;16", (64, 64), 128 << 8)

    assert near(opened(redraw(saved(few, "PNG")).large).getpixel((16, 16)), (255, 255, 255))
    assert near(opened(redraw(saved(grey, "PNG")).large).getpixel((16, 16)), (128, 128, 128))
    half = Image.new("LA", (64, 64), (0, 128))
    assert near(opened(redraw(saved(half, "PNG")).large).getpixel((16, 16)), (127, 127, 127))


def test_a_photo_of_leaves_still_fits_a_slow_line() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((1280, 1280), 120) for _ in range(3)])

    assert_bare(redraw(saved(noise, "JPEG", quality=95)))


def test_a_usual_photo_is_as_small_as_we_promised() -> None:
    found = redraw(saved(scene().resize((1600, 1200)), "JPEG", quality=90))

    assert len(found.large) <= 145_000
    assert len(found.small) <= 9_000


FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(400)
REFUSED: dict[str, tuple[bytes, Fault]] = {
    "nothing": (b"", Fault.NOTHING),
    "too many bytes": (bytes(MOST_BYTES + 1), Fault.TOO_BIG),
    "a PDF": (b"%PDF-1.7\n" + bytes(200), Fault.WRONG_SORT),
    "a film": (FILM, Fault.WRONG_SORT),
    "a drawing that runs": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', Fault.WRONG_SORT),
    "a program for a printer": (b"%!PS-Adobe-3.0 EPSF-3.0\n" + bytes(99), Fault.WRONG_SORT),
    "a TIFF": (saved(flag((8, 8)), "TIFF"), Fault.WRONG_SORT),
    "an icon": (saved(flag((16, 16)), "ICO"), Fault.WRONG_SORT),
    "one byte": (b"\xff", Fault.WRONG_SORT),
    "only a beginning": (b"\xff\xd8\xff", Fault.DAMAGED),
    "a half": (saved(scene(), "JPEG")[:9000], Fault.DAMAGED),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused_and_says_why(name: str) -> None:
    data, fault = REFUSED[name]

    with pytest.raises(BadFile) as refused:
        redraw(data)

    assert refused.value.fault is fault

"""The sorts of files that are photos, and how each is opened. Runs inside the cage only (`easel.py`).

What phones, screens and chat programs make. Not TIFF: no phone makes it, and its library has the longest list of
holes. Not SVG, PDF, EPS or WMF: those are programs.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from app.media.nouns import LONGEST, Size
from app.media.tiles import Heif

if TYPE_CHECKING:
    from PIL.Image import Image

MEGA = 1_000_000
# How many pixels fit in the memory of the cage, by what a decoder keeps of each while it works.
MOST_JPEG = 210 * MEGA
MOST_PLAIN = 64 * MEGA
MOST_WEBP = 20 * MEGA
MOST_AVIF = 25 * MEGA
MOST_HEIF = 40 * MEGA
MOST_TILED = 210 * MEGA
# A JPEG that comes in layers is kept whole, whatever size it is wanted in.
MOST_IN_LAYERS = 64 * MEGA


class TooWide(Exception):
    """More pixels than this process may hold."""


class Sheet(NamedTuple):
    """A photo that is open.

    Attributes:
        size: how wide and high it lies.
        rows: its pixels from one row to before another.
        profile: what its colours mean (ICC); empty when it says nothing.
        turned: how the camera was held, 1 to 8.
    """

    size: tuple[int, int]
    rows: Callable[[int, int], Image]
    profile: bytes = b""
    turned: int = 1


class Opener(NamedTuple):
    """What opens one sort of files.

    Attributes:
        opened: opens one.
        threads: whether that takes a thread of its own.
    """

    opened: Callable[[bytes], Sheet]
    threads: bool = False


def opener_for(head: bytes) -> Opener | None:
    """Who opens a file that begins like this; nobody when it is no photo. Loads what that takes, and no more."""
    if head[4:8] == b"ftyp":
        return _boxed(head[8 : int.from_bytes(head[:4], "big")])
    sorts = (
        (head.startswith(b"\xff\xd8\xff"), "PIL.JpegImagePlugin", "JpegImageFile", MOST_JPEG),
        (head.startswith(b"\x89PNG\r\n\x1a\n"), "PIL.PngImagePlugin", "PngImageFile", MOST_PLAIN),
        (head.startswith((b"GIF87a", b"GIF89a")), "PIL.GifImagePlugin", "GifImageFile", MOST_PLAIN),
        (head.startswith(b"RIFF") and head[8:12] == b"WEBP", "PIL.WebPImagePlugin", "WebPImageFile", MOST_WEBP),
        (head.startswith(b"BM"), "PIL.BmpImagePlugin", "BmpImageFile", MOST_PLAIN),
    )
    return next((_pillow(*sort[1:]) for sort in sorts if sort[0]), None)


def _boxed(brands: bytes) -> Opener | None:
    """A photo in boxes, by the brands it names: AVIF by Pillow, HEIC by libheif. Films come in such boxes too."""
    named = {brands[at : at + 4] for at in range(0, len(brands), 4) if at != 4}
    if named & {b"avif", b"avis"}:
        # Reads its EXIF, and would be loaded when the cage is shut.
        import_module("PIL.TiffImagePlugin")
        import_module("PIL.AvifImagePlugin").DEFAULT_MAX_THREADS = 1  # type: ignore[attr-defined]
        return _pillow("PIL.AvifImagePlugin", "AvifImageFile", MOST_AVIF)
    return _heif() if named & {b"heic", b"heix", b"heim", b"heis", b"mif1"} else None


def _pillow(module: str, name: str, most: int) -> Opener:
    """Pillow's own class for one sort of file, and no other: nothing is guessed from the bytes a second time."""
    import PIL.Image  # noqa: PLC0415 - loaded in this process only

    # Raises from twice as many on, where Pillow makes room before it says how wide a picture is (WebP).
    PIL.Image.MAX_IMAGE_PIXELS = most // 2
    kind = getattr(import_module(module), name)
    # Only the place on paper is read there, and phones write EXIF that Pillow stumbles over.
    kind._read_dpi_from_exif = _nothing  # noqa: SLF001

    def opened(data: bytes) -> Sheet:
        try:
            image = kind(io.BytesIO(data))
        except PIL.Image.DecompressionBombError as bomb:
            raise TooWide from bomb
        return _sheet(image, MOST_IN_LAYERS if image.info.get("progressive") else most)

    return Opener(opened)


def _nothing(_image: Any) -> None:
    """Read nothing."""


def _sheet(image: Any, most: int) -> Sheet:
    _refuse_above(most, image.size)
    image.draft(None, fit(image.size, LONGEST[Size.LARGE] * 3 // 2))
    image.load()
    return Sheet(
        size=image.size,
        rows=lambda top, bottom: image.crop((0, top, image.width, bottom)),
        profile=image.info.get("icc_profile") or b"",
        turned=turned(image.info.get("exif") or b""),
    )


def _heif() -> Opener:
    import _pi_heif  # noqa: PLC0415 - loaded in this process only
    import pi_heif  # noqa: PLC0415

    pi_heif.options.DECODE_THREADS = 0
    pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
    library = Heif(_pi_heif.__file__)

    def opened(data: bytes) -> Sheet:
        photo = pi_heif.open_heif(io.BytesIO(data))
        profile = photo.info.get("icc_profile") or b""
        # The library turns it the right way up itself; the orientation in its EXIF says the same once more.
        cut = library.open(data)
        tiles = None if photo.has_alpha else cut.tiles()
        if tiles is None:
            return _whole(photo, profile)
        _refuse_above(MOST_TILED, tiles.size)
        return Sheet(tiles.size, lambda top, bottom: cut.rows(tiles, top, bottom), profile)

    return Opener(opened, threads=True)


def _whole(photo: Any, profile: bytes) -> Sheet:
    import PIL.Image  # noqa: PLC0415

    _refuse_above(MOST_HEIF, photo.size)
    photo.data  # noqa: B018 - decodes it: only then it is known how it lies when it is turned

    # Never a Pillow image of all of it: that copy would be the third in memory.
    def rows(top: int, bottom: int) -> Image:
        # The pixels are the library's own; they last as long as `photo`.
        piece = bytes(memoryview(photo.data)[top * photo.stride : bottom * photo.stride])
        size = (photo.size[0], bottom - top)
        return PIL.Image.frombytes(photo.mode, size, piece, "raw", photo.mode, photo.stride)

    return Sheet(photo.size, rows, profile)


def _refuse_above(most: int, size: tuple[int, int]) -> None:
    if size[0] * size[1] > most:
        raise TooWide


def fit(size: tuple[int, int], most: int) -> tuple[int, int]:
    """The size a photo is shown in: its long side at most this, never larger than it is."""
    longest = max(*size, most)
    return max(1, round(size[0] * most / longest)), max(1, round(size[1] * most / longest))


def turned(exif: bytes) -> int:
    """How the camera was held: the orientation (1 to 8) in the first table of EXIF, 1 when there is none.

    Read here in a few lines, as a whole reader of EXIF follows every offset a stranger writes down. Nothing else of it
    is looked at. CIPA DC-008 (Exif 2.32), 4.6.2 and 4.6.5.
    """
    tiff = exif.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 8:
        return 1
    start = struct.unpack_from(order + "I", tiff, 4)[0]
    if start + 2 > len(tiff):
        return 1
    entries = min(struct.unpack_from(order + "H", tiff, start)[0], (len(tiff) - start - 2) // 12)
    for place in range(entries):
        tag, kind, count, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * place)
        if (tag, kind, count) == (0x0112, 3, 1):
            return int(value) if 1 <= value <= 8 else 1
    return 1

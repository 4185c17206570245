"""The easel: a process of its own that draws one photo again and ends.

It reads a file from stdin and writes two WebP pictures to stdout, made of pixels only; or it ends with a number that
says why not. Nothing of the product is here: no settings, no keys, no database, and no way to them (`cage.py`).
What it says is checked by who started it (`pixels.py`).
"""

from __future__ import annotations

import io
import os
import struct
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any

from app.media import cage
from app.media.nouns import LONGEST, Size
from app.media.sorts import Opener, Sheet, TooWide, fit, opener_for

if TYPE_CHECKING:
    from PIL.Image import Image

# How the process ends when there is no picture.
TOO_WIDE, NOT_A_PHOTO, DAMAGED = 11, 12, 13
# A sign, how wide and high the large picture is, how long the small and the large one are; then both.
ANSWER = struct.Struct(">4sIIII")
SIGN = b"foto"
# A usual photo stays under the first number at one of the qualities down to GOOD; one of leaves, grass or noise takes
# more, and never more than the second. On a slow line 145 kB take three seconds.
WANTED = {Size.SMALL: 9_000, Size.LARGE: 145_000}
MOST_BYTES = {Size.SMALL: 24_000, Size.LARGE: 300_000}
QUALITIES = (75, 67, 60, 40, 20, 0)
GOOD = 60
# The effort of the encoder: for a small picture more of it is worth a few milliseconds.
EFFORT = {Size.SMALL: 6, Size.LARGE: 4}
# As much as it takes to tell what sort of file it is; more is not read before the cage is shut.
HEAD = 64
# A photo is made smaller by whole numbers first, down to so many times what is wanted, then by the best filter.
FINE = 2
ROWS_AT_ONCE = 256
WHITE = (255, 255, 255)
MOST_PROFILE = 4 << 20


def main() -> None:
    """Draw what comes through stdin."""
    cage.bound()
    warnings.simplefilter("ignore")
    head = read(HEAD)
    opener = opener_for(head)
    if opener is None:
        os._exit(NOT_A_PHOTO)
    load()
    cage.shut(threads=opener.threads)
    # Not by way of Python's own end, which would free what a decoder may have bent.
    os._exit(_drawn(opener, head))


def _drawn(opener: Opener, head: bytes) -> int:
    try:
        answer = draw(opener.opened(head + read()))
    except (TooWide, MemoryError):
        return TOO_WIDE
    except Exception:  # noqa: BLE001 - decoders raise anything, and what they say may hold bytes of the file
        return DAMAGED
    while answer:
        answer = answer[os.write(1, answer) :]
    return 0


def read(most: int | None = None) -> bytes:
    """What comes through stdin: so many bytes, or all of them."""
    found = io.BytesIO()
    while most is None or found.tell() < most:
        piece = os.read(0, 1 << 20 if most is None else most - found.tell())
        if not piece:
            break
        found.write(piece)
    return found.getvalue()


def load() -> None:
    """Load what drawing takes, and what Pillow would first look for halfway: when the cage is shut nothing loads."""
    for name in ("copy", "PIL.ImageCms", "PIL.ImagePalette", "PIL.WebPImagePlugin"):
        import_module(name)
    import_module("PIL.Image").preinit()


def draw(sheet: Sheet) -> bytes:
    """The answer to a photo: its size and both pictures. A decoder that finds it damaged raises what it likes."""
    from PIL.Image import Resampling  # noqa: PLC0415

    large = _upright(_in_srgb(_smaller(sheet), sheet.profile), sheet.turned)
    small = large.resize(fit(large.size, LONGEST[Size.SMALL]), Resampling.LANCZOS, reducing_gap=FINE)
    pictures = [webp(small, Size.SMALL), webp(large, Size.LARGE)]
    return ANSWER.pack(SIGN, *large.size, *map(len, pictures)) + b"".join(pictures)


def _smaller(sheet: Sheet) -> Image:
    """The photo in its large size, in its own colours, on white.

    A band of rows at a time: beside the photo itself there is never a second one in memory.
    """
    from PIL import Image  # noqa: PLC0415

    width, height = sheet.size
    factor = max(1, max(width, height) // (FINE * LONGEST[Size.LARGE]))
    band = factor * max(1, ROWS_AT_ONCE // factor)
    canvas: Image.Image | None = None
    for top in range(0, height, band):
        piece = _on_white(sheet.rows(top, min(top + band, height)))
        canvas = canvas or Image.new(piece.mode, (-(-width // factor), -(-height // factor)))
        canvas.paste(piece.reduce(factor), (0, top // factor))
    if canvas is None:
        raise ValueError(height)
    return canvas.resize(fit(sheet.size, LONGEST[Size.LARGE]), Image.Resampling.LANCZOS)


def _on_white(piece: Image) -> Image:
    """A band that nothing shines through, of 8 bits: grey, RGB or CMYK."""
    from PIL import Image  # noqa: PLC0415

    if piece.mode.startswith("I"):
        # Sixteen bits of grey; Pillow's own way to eight would cut off what is above 255.
        return piece.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if piece.has_transparency_data:
        clear = piece.convert("RGBA")
        ground = Image.new("RGB", piece.size, WHITE)
        ground.paste(clear.convert("RGB"), mask=clear.getchannel("A"))
        return ground
    if piece.mode in {"L", "RGB", "CMYK"}:
        return piece
    return piece.convert("L" if piece.mode == "1" else "RGB")


def _in_srgb(picture: Image, profile: bytes) -> Image:
    """A picture in the colours every screen shows; by what its profile says when that can be read."""
    from PIL import ImageCms  # noqa: PLC0415

    if 0 < len(profile) <= MOST_PROFILE:
        try:
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            shown: Any = ImageCms.profileToProfile(picture, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            # Broken, or of another sort of colours: the photo is shown as if it said nothing.
            return picture.convert("RGB")
        return shown.convert("RGB")  # type: ignore[no-any-return]
    return picture.convert("RGB")


def _upright(picture: Image, turned: int) -> Image:
    from PIL.Image import Transpose  # noqa: PLC0415

    how = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(turned)
    return picture if how is None else picture.transpose(how)


def webp(picture: Image, size: Size) -> bytes:
    """A picture as WebP: in the best of our qualities that is small enough for a slow line."""
    from PIL import Image  # noqa: PLC0415

    # A new one takes pixels along and nothing else: no profile, no EXIF, no text.
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    for quality in QUALITIES:
        drawn = io.BytesIO()
        clean.save(drawn, "WEBP", quality=quality, method=EFFORT[size])
        if drawn.tell() <= (WANTED if quality > GOOD else MOST_BYTES)[size]:
            return drawn.getvalue()
    raise TooWide

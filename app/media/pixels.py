"""A file that somebody chose, drawn again as two plain pictures, in a process of its own (`apart.py`, `easel.py`).

What that answers is believed only when it is two bare WebP pictures of the sizes we asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.media import apart, easel
from app.media.apart import Bounds
from app.media.cage import MOST_SECONDS
from app.media.nouns import LONGEST, BadFile, Fault, Size
from app.media.sorts import fit

# The largest that phones make by themselves is some 20 MB; all of it lies in memory twice.
MOST_BYTES = 32 << 20
BOUNDS = Bounds(MOST_BYTES, easel.ANSWER.size + sum(easel.MOST_BYTES.values()), MOST_SECONDS)
BEGIN = "import sys; sys.path += sys.argv[1:]; from app.media.easel import main; main()"
ENDS = {easel.TOO_WIDE: Fault.TOO_WIDE, easel.NOT_A_PHOTO: Fault.WRONG_SORT}


@dataclass(frozen=True)
class Pixels:
    """A photo drawn again: two WebP pictures without anything else, and the size of the large one."""

    small: bytes
    large: bytes
    width: int
    height: int


def redraw(data: bytes) -> Pixels:
    """Draw a file again as two pictures, the right way up, in the colours of every screen.

    Args:
        data: the file, whatever its name or type says.

    Raises:
        BadFile: it is no photo, a damaged one, or more than one process may take; its fault says which.
    """
    return _believed(apart.asked(_command(), data, BOUNDS, ENDS))


@cache
def _command() -> tuple[str, ...]:
    return apart.command_of(BEGIN, "PIL", "pi_heif")


def _believed(answer: bytes) -> Pixels:
    """What the process answered, when it is two bare pictures of the sizes they must have.

    Raises:
        BadFile: it is anything else, so the process did not do what we wrote.
    """
    head, body = answer[: easel.ANSWER.size], answer[easel.ANSWER.size :]
    if len(head) < easel.ANSWER.size:
        raise BadFile(Fault.DAMAGED)
    sign, width, height, small, large = easel.ANSWER.unpack(head)
    pictures = {Size.SMALL: body[:small], Size.LARGE: body[small:]}
    longest = LONGEST[Size.LARGE]
    if sign != easel.SIGN or len(body) != small + large or not (0 < width <= longest and 0 < height <= longest):
        raise BadFile(Fault.DAMAGED)
    for size, picture in pictures.items():
        if len(picture) > easel.MOST_BYTES[size] or webp_size(picture) != fit((width, height), LONGEST[size]):
            raise BadFile(Fault.DAMAGED)
    return Pixels(pictures[Size.SMALL], pictures[Size.LARGE], width, height)


def webp_size(picture: bytes) -> tuple[int, int] | None:
    """How wide and high a WebP picture is when it is bare: one lossy frame, nothing beside it.

    None for anything else, a chunk of EXIF, XMP, ICC, animation or of no name included. RFC 9649, 2.5; RFC 6386, 9.1.
    """
    if len(picture) < 30 or picture[:4] != b"RIFF" or picture[8:16] != b"WEBPVP8 ":
        return None
    file, chunk = (int.from_bytes(picture[at : at + 4], "little") for at in (4, 16))
    padded = chunk + chunk % 2
    if file != len(picture) - 8 or padded != len(picture) - 20 or any(picture[20 + chunk :]):
        return None
    # The first partition fits in the frame, which is a key frame to be shown, and neither side is to be scaled.
    tag = int.from_bytes(picture[20:23], "little")
    if tag & 1 or not tag & 0x10 or tag >> 5 > chunk - 10 or picture[23:26] != b"\x9d\x01\x2a":
        return None
    width, height = (int.from_bytes(picture[at : at + 2], "little") for at in (26, 28))
    return (width, height) if width < 1 << 14 and height < 1 << 14 else None

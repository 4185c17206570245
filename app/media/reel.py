"""The reel: a process of its own that plays one voice note or film, records it anew, and ends.

It reads a file from stdin and writes one MP4 to stdout, made of new samples and frames only (and of a film its first
picture, as WebP); or it ends with a number that says why not. As with `easel.py`, nothing of the product is here and
the cage is shut before a byte is decoded. What it says is checked by who started it (`recordings.py`).
"""

from __future__ import annotations

import os
import struct
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from app.media import cage, easel
from app.media.frames import NoTrack
from app.media.nouns import LONGEST, MOST_SECONDS, Size, Sort
from app.media.sorts import TooWide, fit
from app.media.tracks import FORMATS, format_of

if TYPE_CHECKING:
    from PIL.Image import Image

    from app.media.tracks import Made

# How the process ends when there is nothing to keep.
TOO_WIDE, WRONG_SORT, DAMAGED = 11, 12, 13
# A sign; how many seconds, how wide and high; how long the file and the first picture are; then both.
ANSWER = struct.Struct(">4sHHHII")
SIGN = b"band"
MOST_BYTES = {Sort.VOICE: 1_000_000, Sort.FILM: 6_000_000}
# A film of half a minute as phones make it takes five to fifteen seconds of a processor.
MOST_CPU_SECONDS, MOST_CLOCK_SECONDS = 45, 75


def main() -> None:
    """Record anew what comes through stdin; the last word of the command says what it is to be."""
    cage.bound(MOST_CPU_SECONDS, MOST_CLOCK_SECONDS)
    sort = Sort(sys.argv[-1])
    head = easel.read(easel.HEAD)
    kind = format_of(head)
    if kind is None or (sort is Sort.FILM and not FORMATS[kind]):
        os._exit(WRONG_SORT)
    _load()
    cage.shut()
    # Not by way of Python's own end, which would free what a decoder may have bent.
    os._exit(_recorded(kind, sort, head))


def _recorded(kind: str, sort: Sort, head: bytes) -> int:
    from app.media import tracks  # noqa: PLC0415 - loaded by now

    try:
        answer = packed(tracks.recorded(kind, sort, head + easel.read(), MOST_SECONDS[sort]))
    except (TooWide, MemoryError):
        return TOO_WIDE
    except NoTrack:
        return WRONG_SORT
    except Exception:  # noqa: BLE001 - decoders raise anything, and what they say may hold bytes of the file
        return DAMAGED
    while answer:
        answer = answer[os.write(1, answer) :]
    return 0


def packed(made: Made) -> bytes:
    """What was made, as it is told."""
    poster = b"" if made.poster is None else easel.webp(_small(made.poster), Size.SMALL)
    return ANSWER.pack(SIGN, made.seconds, *made.size, len(made.file), len(poster)) + made.file + poster


def _load() -> None:
    """Load what recording takes; when the cage is shut nothing loads."""
    easel.load()
    for name in ("av", "av.subtitles.stream", "app.media.tracks"):
        import_module(name)


def _small(poster: Image) -> Image:
    from PIL.Image import Resampling  # noqa: PLC0415

    return poster.resize(fit(poster.size, LONGEST[Size.SMALL]), Resampling.LANCZOS)

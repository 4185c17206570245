"""A sound or a film that somebody sent, recorded anew, in a process of its own (`apart.py`, `reel.py`).

What that answers is believed only when it is one MP4 of the tracks we asked for, with no box, name or byte beside their
samples, not longer than it may be; and of a film its first picture, as bare as a photo.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.media import apart, easel, reel
from app.media.apart import Bounds
from app.media.boxes import Odd, recording
from app.media.nouns import LONGEST, MOST_SECONDS, BadFile, Fault, Size, Sort
from app.media.pixels import webp_size
from app.media.sorts import fit

# Half a minute as most phones film it; all of it lies in memory twice.
MOST_BYTES = 80 << 20
BOUNDS = {
    sort: Bounds(MOST_BYTES, reel.ANSWER.size + most + easel.MOST_BYTES[Size.SMALL], reel.MOST_CLOCK_SECONDS)
    for sort, most in reel.MOST_BYTES.items()
}
BEGIN = "import sys; sys.path += sys.argv[1:-1]; from app.media.reel import main; main()"
ENDS = {reel.TOO_WIDE: Fault.TOO_WIDE, reel.WRONG_SORT: Fault.WRONG_SORT}
TRACKS = {Sort.VOICE: ({"soun"},), Sort.FILM: ({"vide"}, {"soun", "vide"})}
# The last sample may begin before the end and ring a little longer.
SLACK = 1.0


@dataclass(frozen=True)
class Recorded:
    """A recording made anew: MP4, how many seconds it is; of a film how wide and high, and its first picture, WebP."""

    file: bytes
    seconds: int
    width: int = 0
    height: int = 0
    poster: bytes = b""


def recorded_again(data: bytes, sort: Sort) -> Recorded:
    """Record a file anew: its sound alone, or its pictures upright and small with their sound.

    Args:
        data: the file, whatever its name or type says.
        sort: VOICE or FILM; what is longer than either may be (`MOST_SECONDS`) is cut off.

    Raises:
        BadFile: it is no such thing, a damaged one, or more than one process may take; its fault says which.
    """
    return _believed(apart.asked((*_command(), sort.value), data, BOUNDS[sort], ENDS), sort)


@cache
def _command() -> tuple[str, ...]:
    return apart.command_of(BEGIN, "PIL", "av")


def _believed(answer: bytes, sort: Sort) -> Recorded:
    """What the process answered, when it is a recording and nothing else.

    Raises:
        BadFile: it is anything else, so the process did not do what we wrote.
    """
    head, body = answer[: reel.ANSWER.size], answer[reel.ANSWER.size :]
    if len(head) < reel.ANSWER.size:
        raise BadFile(Fault.DAMAGED)
    sign, seconds, width, height, long, still = reel.ANSWER.unpack(head)
    file, poster = body[:long], body[long:]
    if sign != reel.SIGN or len(poster) != still or len(file) > reel.MOST_BYTES[sort]:
        raise BadFile(Fault.DAMAGED)
    try:
        found = recording(file)
    except (Odd, ValueError) as odd:
        raise BadFile(Fault.DAMAGED) from odd
    is_long = max(found.seconds, seconds) > MOST_SECONDS[sort] + SLACK
    if set(found.tracks) not in TRACKS[sort] or is_long or (found.width, found.height) != (width, height):
        raise BadFile(Fault.DAMAGED)
    small = fit((width, height), LONGEST[Size.SMALL]) if sort is Sort.FILM else None
    if len(poster) > easel.MOST_BYTES[Size.SMALL] or webp_size(poster) != small:
        raise BadFile(Fault.DAMAGED)
    return Recorded(file, max(1, seconds), width, height, poster)

"""A file that somebody chose, drawn again as two plain pictures.

Nothing of the file is decoded in this process, and nothing of it is kept. A fresh interpreter opens it (`easel.py`):
not a copy of this one, which holds keys in its memory. It gets no setting, no secret, no file but its three pipes, and
little memory and time; what it answers is believed only when it is two bare WebP pictures of the sizes we asked for.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess  # nosec B404 - our own easel, with our own words
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore
from time import monotonic
from typing import IO, cast

from app.media import easel
from app.media.cage import MOST_SECONDS
from app.media.nouns import LONGEST, BadPhoto, Fault, Size
from app.media.sorts import fit

# The largest that phones make by themselves is some 20 MB; all of it lies in memory twice.
MOST_BYTES = 32 << 20
MOST_AT_ONCE = 2
MOST_WAITING = 4
MOST_SECONDS_WAITING = 20.0
MOST_ANSWER = easel.ANSWER.size + sum(easel.MOST_BYTES.values())
ROOT = Path(__file__).parent.parent.parent
BEGIN = "import sys; sys.path += sys.argv[1:]; from app.media.easel import main; main()"
# No settings of Python, no packages but those we name, nothing written beside them, and nothing loaded later (3.15).
BARE = ("-I", "-S", "-B", "-X", "lazy_imports=none")
# One arena: glibc would set addresses apart for more, and addresses are what is counted.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1"}
ENDS = {
    easel.TOO_WIDE: Fault.TOO_WIDE,
    easel.NOT_A_PHOTO: Fault.NOT_A_PHOTO,
    -signal.SIGXCPU: Fault.TOO_SLOW,
    -signal.SIGALRM: Fault.TOO_SLOW,
    -signal.SIGKILL: Fault.TOO_SLOW,
}

_at_work = BoundedSemaphore(MOST_AT_ONCE)
_in_row = BoundedSemaphore(MOST_AT_ONCE + MOST_WAITING)


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
        BadPhoto: it is no photo, a damaged one, or more than one process may take; its fault says which.
    """
    if not data:
        raise BadPhoto(Fault.NOTHING)
    if len(data) > MOST_BYTES:
        raise BadPhoto(Fault.TOO_BIG)
    with _turn():
        end, answer = _asked(data)
    if end != 0:
        raise BadPhoto(ENDS.get(end, Fault.DAMAGED))
    return _believed(answer)


@contextmanager
def _turn() -> Iterator[None]:
    """Two are drawn at a time and few wait: a photo takes a processor, and every page of a family needs one too."""
    if not _in_row.acquire(blocking=False):
        raise BadPhoto(Fault.BUSY)
    try:
        if not _at_work.acquire(timeout=MOST_SECONDS_WAITING):
            raise BadPhoto(Fault.BUSY)
        try:
            yield
        finally:
            _at_work.release()
    finally:
        _in_row.release()


@cache
def _command() -> tuple[str, ...]:
    """A bare interpreter, told where our code and the decoders are; none of them is loaded here."""
    packages = [spec.submodule_search_locations for spec in map(find_spec, ("PIL", "pi_heif")) if spec is not None]
    places = {str(Path(place).parent): None for places in packages for place in places or ()}
    return (sys.executable, *BARE, "-c", BEGIN, str(ROOT), *places)


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 # nosec B603
        _command(),
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=ENVIRONMENT,
        # A group, so that all of it can be ended; no session of its own, which would have a share of the processor as
        # large as the server's, whatever its priority (sched(7), autogroup).
        process_group=0,
    )


def _asked(data: bytes) -> tuple[int, bytes]:
    """How a process of its own ended, and what it said; it is gone when this returns.

    Raises:
        BadPhoto: it took too long, or said more than two pictures, or this machine has no room for a process now.
    """
    try:
        process = _started()
    except OSError as full:
        raise BadPhoto(Fault.BUSY) from full
    until = monotonic() + MOST_SECONDS
    with cast("IO[bytes]", process.stdin) as theirs, cast("IO[bytes]", process.stdout) as ours:
        try:
            answer = _exchanged(theirs, ours, data, until)
            return process.wait(max(0.0, until - monotonic())), answer
        except subprocess.TimeoutExpired as late:
            raise BadPhoto(Fault.TOO_SLOW) from late
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _exchanged(theirs: IO[bytes], ours: IO[bytes], data: bytes, until: float) -> bytes:
    """Everything the process says, while it is given the file; never more than two pictures, never after the time."""
    left, said = memoryview(data), bytearray()
    os.set_blocking(theirs.fileno(), False)
    with selectors.DefaultSelector() as pipes:
        pipes.register(theirs, selectors.EVENT_WRITE)
        pipes.register(ours, selectors.EVENT_READ)
        while (now := monotonic()) < until:
            for key, _ready in pipes.select(until - now):
                if key.fileobj is theirs:
                    left = _given(theirs, left)
                    if not left:
                        pipes.unregister(theirs)
                        theirs.close()
                    continue
                piece = ours.read(1 << 16)
                said += piece
                if not piece:
                    return bytes(said)
                if len(said) > MOST_ANSWER:
                    raise BadPhoto(Fault.DAMAGED)
    raise BadPhoto(Fault.TOO_SLOW)


def _given(theirs: IO[bytes], left: memoryview) -> memoryview:
    """What is left to give after as much as goes in at once; nothing when the process wants no more."""
    try:
        return left[theirs.write(left[: 1 << 20]) or 0 :]
    except BrokenPipeError:
        # It knows enough already: it is no photo, or too wide. How it ends says which.
        return left[:0]


def _believed(answer: bytes) -> Pixels:
    """What the process answered, when it is two bare pictures of the sizes they must have.

    Raises:
        BadPhoto: it is anything else, so the process did not do what we wrote.
    """
    head, body = answer[: easel.ANSWER.size], answer[easel.ANSWER.size :]
    if len(head) < easel.ANSWER.size:
        raise BadPhoto(Fault.DAMAGED)
    sign, width, height, small, large = easel.ANSWER.unpack(head)
    pictures = {Size.SMALL: body[:small], Size.LARGE: body[small:]}
    longest = LONGEST[Size.LARGE]
    if sign != easel.SIGN or len(body) != small + large or not (0 < width <= longest and 0 < height <= longest):
        raise BadPhoto(Fault.DAMAGED)
    for size, picture in pictures.items():
        if len(picture) > easel.MOST_BYTES[size] or webp_size(picture) != fit((width, height), LONGEST[size]):
            raise BadPhoto(Fault.DAMAGED)
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

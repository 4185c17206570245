"""Asks a process of its own what a stranger's file is, and is told.

Nothing of the file is decoded in this process, and nothing of it is kept. A fresh interpreter opens it (`easel.py`,
`reel.py`): not a copy of this one, which holds keys in its memory. It gets no setting, no secret, no file but its three
pipes, and little memory and time. Who asks believes what it answers only when that is what it must be.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess  # nosec B404 - our own programs, with our own words
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore
from time import monotonic
from typing import IO, cast

from app.media.nouns import BadFile, Fault

MOST_AT_ONCE = 2
MOST_WAITING = 4
MOST_SECONDS_WAITING = 20.0
ROOT = Path(__file__).parent.parent.parent
# No settings of Python, no packages but those we name, nothing written beside them, and nothing loaded later (3.15).
BARE = ("-I", "-S", "-B", "-X", "lazy_imports=none")
# One arena: glibc would set addresses apart for more, and addresses are what is counted.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1"}
TOO_LATE = {-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL}

_at_work = BoundedSemaphore(MOST_AT_ONCE)
_in_row = BoundedSemaphore(MOST_AT_ONCE + MOST_WAITING)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a file may be, and what may become of it: bytes that come and that go, and seconds that takes."""

    most_bytes: int
    most_answer: int
    most_seconds: int


def asked(command: tuple[str, ...], data: bytes, bounds: Bounds, ends: dict[int, Fault]) -> bytes:
    """What a process answered to a file.

    Args:
        command: what is started.
        data: the file, whatever its name or type says.
        bounds: how much that may be.
        ends: what its own ends mean; any other that is no answer means a damaged file.

    Raises:
        BadFile: it is none that is taken; its fault says why.
    """
    if not data:
        raise BadFile(Fault.NOTHING)
    if len(data) > bounds.most_bytes:
        raise BadFile(Fault.TOO_BIG)
    with _turn():
        end, answer = _asked(command, data, bounds)
    if end != 0:
        raise BadFile(Fault.TOO_SLOW if end in TOO_LATE else ends.get(end, Fault.DAMAGED))
    return answer


def command_of(begin: str, *packages: str) -> tuple[str, ...]:
    """A bare interpreter that begins so, told where our code and the decoders are; none of them is loaded here."""
    found = [spec.submodule_search_locations for spec in map(find_spec, packages) if spec is not None]
    places = {str(Path(place).parent): None for where in found for place in where or ()}
    return (sys.executable, *BARE, "-c", begin, str(ROOT), *places)


@contextmanager
def _turn() -> Iterator[None]:
    """Two work at a time and few wait: a file takes a processor, and every page of a family needs one too."""
    if not _in_row.acquire(blocking=False):
        raise BadFile(Fault.BUSY)
    try:
        if not _at_work.acquire(timeout=MOST_SECONDS_WAITING):
            raise BadFile(Fault.BUSY)
        try:
            yield
        finally:
            _at_work.release()
    finally:
        _in_row.release()


def started(command: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """The process."""
    return subprocess.Popen(  # noqa: S603 # nosec B603
        command,
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


def _asked(command: tuple[str, ...], data: bytes, bounds: Bounds) -> tuple[int, bytes]:
    """How a process of its own ended, and what it said; it is gone when this returns.

    Raises:
        BadFile: it took too long, or said more than it may, or this machine has no room for a process now.
    """
    try:
        process = started(command)
    except OSError as full:
        raise BadFile(Fault.BUSY) from full
    until = monotonic() + bounds.most_seconds
    with cast("IO[bytes]", process.stdin) as theirs, cast("IO[bytes]", process.stdout) as ours:
        try:
            answer = _exchanged(theirs, ours, data, until, bounds.most_answer)
            return process.wait(max(0.0, until - monotonic())), answer
        except subprocess.TimeoutExpired as late:
            raise BadFile(Fault.TOO_SLOW) from late
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _exchanged(theirs: IO[bytes], ours: IO[bytes], data: bytes, until: float, most: int) -> bytes:
    """Everything the process says, while it is given the file; never more than so much, never after the time."""
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
                if len(said) > most:
                    raise BadFile(Fault.DAMAGED)
    raise BadFile(Fault.TOO_SLOW)


def _given(theirs: IO[bytes], left: memoryview) -> memoryview:
    """What is left to give after as much as goes in at once; nothing when the process wants no more."""
    try:
        return left[theirs.write(left[: 1 << 20]) or 0 :]
    except BrokenPipeError:
        # It knows enough already: it is of no sort that is taken, or too wide. How it ends says which.
        return left[:0]

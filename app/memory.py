"""What this worker opened lately, so that a page need not open a whole plan again.

A row is read from the database at every request; only when every column of it is as it was, sealed bytes too, is what
was opened before used again. So nothing here can outlive a change or a stop. It lies under the key it was opened with:
who does not hold that key finds nothing. It is forgotten with the key, and anyhow after a few minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock, Timer
from time import monotonic
from typing import Any
from uuid import UUID

from app.vault import RootKey

LASTS_SECONDS = 600
MOST_BYTES = 24 * 1024 * 1024
# What one opened row weighs beside its words, roughly.
ROW_BYTES = 2048
# Pieces of HTML, drawn from words of the plan, that are kept beside its rows.
MOST_DRAWN, DRAWN_BYTES, LARGEST_DRAWN = 400, 512, 64 * 1024


@dataclass(slots=True)
class Opened:
    """The rows opened with one key: by row id the row as it was read, and what was in it."""

    since: float
    rows: dict[Any, tuple[Any, Any]] = field(default_factory=dict)
    drawn: dict[Any, str] = field(default_factory=dict)
    weight: int = 0

    def keep(self, id: Any, row: Any, thing: Any, sealed: bytes) -> None:  # noqa: A002
        """Keep what a row held; an older form of the same row goes."""
        if id not in self.rows:
            self.weight += ROW_BYTES + 2 * len(sealed)
        self.rows[id] = (row, thing)

    def keep_drawn(self, key: Any, drawn: str) -> None:
        """Keep a piece of HTML under all that went into it; when there are many, the oldest goes."""
        if len(drawn) > LARGEST_DRAWN:
            return
        with _lock:
            while len(self.drawn) >= MOST_DRAWN:
                self.weight -= _weight_of(self.drawn.pop(next(iter(self.drawn))))
            if key not in self.drawn:
                self.weight += _weight_of(drawn)
            self.drawn[key] = drawn


def _weight_of(drawn: str) -> int:
    """What it weighs with its key, which holds the same words; a letter may take four bytes."""
    return DRAWN_BYTES + 6 * len(drawn)


_opened: dict[RootKey, Opened] = {}
_lock = Lock()
_sweeping: list[Timer] = []


def opened_with(key: RootKey) -> Opened:
    """What was opened with this key; the oldest of all makes room when there is too much."""
    moment = monotonic()
    found = _opened.get(key)
    if found is not None and moment - found.since < LASTS_SECONDS:
        return found
    with _lock:
        _opened.pop(key, None)
        weight = sum(each.weight for each in _opened.values())
        for old, each in list(_opened.items()):
            if weight > MOST_BYTES or moment - each.since >= LASTS_SECONDS:
                weight -= _opened.pop(old).weight
        _sweep_later()
        return _opened.setdefault(key, Opened(moment))


def sweep() -> None:
    """Forget what was opened too long ago; done by a clock, as a worker that nobody asks anything has words too."""
    with _lock:
        _sweeping.clear()
        for key in [key for key, each in _opened.items() if monotonic() - each.since >= LASTS_SECONDS]:
            del _opened[key]
        if _opened:
            _sweep_later()


def _sweep_later() -> None:
    if not (_sweeping and _sweeping[0].is_alive()):
        timer = Timer(LASTS_SECONDS, sweep)
        timer.daemon = True
        timer.start()
        _sweeping[:] = [timer]


def roots() -> set[UUID]:
    """Of which roots something is kept."""
    with _lock:
        return {key.root for key in _opened}


def forget(root: UUID) -> None:
    """Drop what was opened of one root, with whatever key."""
    with _lock:
        for key in [key for key in _opened if key.root == root]:
            del _opened[key]

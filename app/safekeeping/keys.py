"""Backups of the key store: sealed with the master key, apart from content, and gone after 35 days.

A plan that is deleted is gone when its key is; so no copy of a key may outlive these days.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BufferedReader
from pathlib import Path
from typing import Any

from app.config import Config
from app.db import now
from app.disk import sync_folder
from app.keystore import BACKUP
from app.safekeeping import dump, folder, store, tables
from app.safekeeping.dump import Dump
from app.safekeeping.nouns import About, Damaged, OtherKey, Trouble, read_moment, told
from app.safekeeping.store import Shape
from app.safekeeping.streams import PIECE, Sealing, Unsealing
from app.vault import unwrap

KEPT = timedelta(days=35)
# A key store that nobody sealed anything with yet holds only keys of the server.
OF_THE_SERVER = ("named_key",)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup of keys that was made, and how many were too old and are gone."""

    moment: str
    counts: dict[str, int]
    gone: int


def make(config: Config, place: Path) -> Made:
    """Make a backup of the key store in a folder, and remove those older than 35 days.

    Raises:
        Trouble: it cannot be made there. Then nothing half is left, and nothing was removed.
    """
    folder.refuse_place(place, config.data, folder.KEYS)
    with folder.alone(place) as moment:
        counts: dict[str, int] = {}
        with store.snapshot(config.keys_url) as connection:
            about = About("keys", moment, store.revision_of(connection, "keys"))

            def write(file: Any) -> None:
                out = Sealing(file, config.master_key, f"keys {moment}")
                counts.update(dump.write(connection, about, out, _nobody))
                out.close()

            folder.put(place / f"{moment}{folder.KEYS}", write)
        sync_folder(place)
        gone = _remove_old(place)
    return Made(moment, counts, gone)


@dataclass(frozen=True, slots=True)
class Held:
    """A backup of keys that was checked: where, when, and the key that it opens backups of content with."""

    place: Path
    moment: str
    secret: bytes


def check(config: Config, place: Path) -> Held:
    """Read the newest backup of keys in a folder whole, and see that the key store here has room for it.

    Raises:
        Trouble: the key store is not empty; or the backup is damaged, newer, of another master key, or from before
            any backup of content.
    """
    found = folder.found(place, folder.KEYS)
    if not found:
        raise Trouble(f"{place} holds no whole backup of keys.")
    tables.refuse_filled("keys", config.keys_url, but=OF_THE_SERVER)
    wrapped: list[bytes] = []
    with _read(config, place, found[-1]) as whole:
        tables.refuse_unknown("keys", config.keys_url, whole.about.revision)
        for shape, bunches in whole.tables():
            for row in (row for bunch in bunches for row in bunch if shape.name in OF_THE_SERVER):
                named = dict(zip((name for name, _sort in shape.columns), row, strict=True))
                wrapped += [named["wrapped"]] if named["name"] == BACKUP else []
    if not wrapped:
        raise Trouble(f"No backup of content was made before the backup of keys of {told(found[-1])}.")
    return Held(place, found[-1], unwrap(config.master_key, BACKUP, wrapped[0]))


def bring_back(config: Config, held: Held) -> None:
    """Fill the key store from a backup that was checked."""
    with _read(config, held.place, held.moment) as whole:
        tables.fill("keys", config.keys_url, whole)


@contextmanager
def _read(config: Config, place: Path, moment: str) -> Iterator[Dump]:
    with (place / f"{moment}{folder.KEYS}").open("rb") as file:
        try:
            stream = Unsealing(file, config.master_key, f"keys {moment}")
        except OtherKey as error:
            raise Trouble(
                f"Another master key sealed the keys of {told(moment)}: set ONSPLAN_MASTER_KEY to the one of then."
            ) from error
        whole = Dump.of(BufferedReader(stream, 4 * PIECE), "keys", "keys")
        if whole.about.moment != moment:
            raise Damaged("keys")
        yield whole


def _remove_old(place: Path) -> int:
    gone = 0
    for moment in folder.found(place, folder.KEYS):
        at = read_moment(moment)
        if at is not None and at < now() - KEPT:
            (place / f"{moment}{folder.KEYS}").unlink()
            gone += 1
    sync_folder(place)
    return gone


def _nobody(_shape: Shape, _row: tuple[Any, ...]) -> None:
    """Keys are counted and written; nothing else looks at them."""

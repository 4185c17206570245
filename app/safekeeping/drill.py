"""The drill: as if all were lost but the backups and the master key. Restores into a temporary place, opens every row
and every photo, says what it found, and leaves nothing.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from app.config import Config
from app.db import now
from app.items import TooNew
from app.keystore import NoKey, key_of
from app.main import create_app
from app.media.nouns import Size
from app.media.shelf import Shelf, shelf_of
from app.media.store import place_of
from app.rooms import KINDS
from app.safekeeping import photos, store
from app.safekeeping.nouns import read_moment
from app.safekeeping.restore import Restored, close, restore
from app.safekeeping.store import Shape
from app.vault import NotOpened, unseal

# A backup that is older is no answer to a disk that broke last night.
FRESH = timedelta(days=8)
SIZES = {"small": Size.SMALL, "large": Size.LARGE}


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill found.

    Attributes:
        restored: what came back.
        opened: how many sealed rows and photo files were opened.
        closed: how many were not, by table.
        old: the backups that are older than a week, by what they are of.
    """

    restored: Restored
    opened: int
    closed: Counter[str]
    old: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        """Whether a family would have everything back."""
        return not (self.closed or self.restored.keyless or self.old)


def drill(config: Config, place: Path, keys_place: Path) -> Drilled:
    """Restore the newest backups of content and of keys where nobody sees it, and open all of it.

    Raises:
        Trouble: they cannot be restored, and why.
    """
    with tempfile.TemporaryDirectory(prefix="onsplan-drill-") as name:
        data = Path(name)
        (data / "keys").mkdir(mode=0o700)
        there = replace(
            config,
            data=data,
            files=None,
            database_url=f"sqlite:///{data / 'plan.db'}",
            keys_url=f"sqlite:///{data / 'keys' / 'keys.db'}",
        )
        restored = restore(there, place, None, keys_place)
        opened, closed = _open_all(there)
    old = {"content": restored.moment, "keys": restored.keys or ""}
    return Drilled(restored, opened, closed, tuple(of for of, moment in old.items() if _is_old(moment)))


def _is_old(moment: str) -> bool:
    at = read_moment(moment)
    return at is None or now() - at > FRESH


def _open_all(config: Config) -> tuple[int, Counter[str]]:
    app = create_app(config)
    opened, closed, shelf = 0, Counter[str](), shelf_of(config)
    try:
        with store.snapshot(config.database_url) as connection:
            for shape in store.shapes(connection):
                for row in store.rows(connection, shape):
                    columns = dict(zip((name for name, _sort in shape.columns), row, strict=True))
                    with app.app_context():
                        for works in _opens(shelf, shape, columns):
                            opened += works
                            closed[shape.name] += not works
    finally:
        close(app)
    return opened, +closed


def _opens(shelf: Shelf, shape: Shape, row: dict[str, Any]) -> Iterator[bool]:
    """Whether each sealed part of a row opens."""
    if shape.name == photos.TABLE:
        for column, size in SIZES.items():
            # A voice note has no picture.
            if row[column] is None:
                continue
            data, place = photos.get(shelf, row[column]), place_of(row["sort"], size)
            yield data is not None and _unsealed([row["plan_id"]], place, row["id"], data) is not None
    elif "sealed" in row:
        yield _reads(shape, row)


def _reads(shape: Shape, row: dict[str, Any]) -> bool:
    here = (kind for kind in KINDS.values() if kind.table.__tablename__ == shape.name)
    # Plans and the layers of children lie in one table, told apart by their state.
    kind = next((kind for kind in here if kind.row_state in {"", row.get("state")}), None)
    # An account's rows are sealed under its own key, also when they are about a plan.
    roots = [row[name] for name in ("account_id", "plan_id", "id") if row.get(name) is not None]
    text = _unsealed(roots, shape.name if kind is None else kind.name, row["id"], row["sealed"])
    if text is None or kind is None:
        return text is not None
    try:
        kind.decode(text)
    except (msgspec.DecodeError, TooNew):
        return False
    return True


def _unsealed(roots: list[UUID], table: str, row: UUID, sealed: bytes) -> bytes | None:
    for root in roots:
        try:
            return unseal(key_of(root), table, row, sealed)
        except (NoKey, NotOpened):
            continue
    return None

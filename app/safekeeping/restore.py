"""Bring a backup back: checked whole before anything is touched, then filled in, then all that ended ends again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from flask import Flask

from app import endings, standing
from app.config import Config
from app.db import db, upgrade_store
from app.keystore import NoKey, backup_key, has_key
from app.main import create_app
from app.media.shelf import shelf_of
from app.safekeeping import content, keys, photos, store, tables
from app.safekeeping.nouns import Trouble
from app.vault import NotOpened

PLANS = "plan"
OTHER_MASTER = "The key store is wrapped with another master key: set ONSPLAN_MASTER_KEY to that one."


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back.

    Attributes:
        moment: of the backup.
        keys: the moment of the backup of keys, when the key store came back too.
        counts: how many rows of each table.
        photos: how many photo files.
        ended: how many stops and deletions were repeated.
        stood: of how many things it was noted who sees them, or that they were taken away.
        keyless: plans that nobody can open: they began after the keys were backed up.
    """

    moment: str
    keys: str | None
    counts: dict[str, int]
    photos: int
    ended: int
    stood: int
    keyless: int


def restore(config: Config, place: Path, moment: str | None, keys_place: Path | None) -> Restored:
    """Restore a backup into an empty content database, SQLite or PostgreSQL, whichever made it.

    Args:
        config: where to.
        place: the folder of backups.
        moment: which; the newest when it is left open.
        keys_place: the folder with backups of keys, when the key store is lost too.

    Raises:
        Trouble: it cannot be done, and why. Until all of the backup is checked nothing is touched.
    """
    chosen = content.choose(place, moment)
    tables.refuse_filled("content", config.database_url)
    held = None if keys_place is None else keys.check(config, keys_place)
    app = create_app(config)
    try:
        secret = _secret_here(app, config) if held is None else held.secret
        manifest = content.check(place, chosen, secret)
        tables.refuse_unknown("content", config.database_url, manifest.revision)
        if held is not None:
            keys.bring_back(config, held)
        shelf = shelf_of(config)
        for file in content.photo_files(place, manifest, secret):
            photos.bring_back(shelf, place, file)
        with content.rows_of(place, manifest, secret) as dump:
            tables.fill("content", config.database_url, dump)
        ended, stood = _end_again(app)
        keyless = sum(1 for _plan in _without_key(app, config))
    finally:
        close(app)
    tables.done(config.database_url)
    return Restored(
        chosen, None if held is None else held.moment, manifest.counts, manifest.photos, ended, stood, keyless
    )


def secret_of(*, make: bool = False) -> bytes:
    """The key that backups of content are sealed with.

    Args:
        make: whether there is one from now on.

    Raises:
        Trouble: the key store has none, or another master key wraps it.
    """
    try:
        return backup_key(make=make)
    except NoKey as error:
        raise Trouble(
            "The key store here never made a backup. When yours is lost, add --keys with the folder of its backups."
        ) from error
    except NotOpened as error:
        raise Trouble(OTHER_MASTER) from error


def _secret_here(app: Flask, config: Config) -> bytes:
    upgrade_store("keys", config.keys_url)
    with app.app_context():
        return secret_of()


def close(app: Flask) -> None:
    """Leave no connection open."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def _end_again(app: Flask) -> tuple[int, int]:
    """Repeat every stop and deletion, each as if it were a request of its own: nothing that was read before stays.

    Then all that is left stands as it was noted last.
    """
    with app.app_context():
        endings.awaken()
        found = endings.noted()
    for sort, subject in found:
        with app.app_context():
            endings.repeat(sort, subject)
    with app.app_context():
        return len(found), standing.put_back()


def _without_key(app: Flask, config: Config) -> Iterator[UUID]:
    with app.app_context(), store.snapshot(config.database_url) as connection:
        for shape in store.shapes(connection):
            if shape.name == PLANS:
                at = [name for name, _sort in shape.columns].index("id")
                yield from (row[at] for row in store.rows(connection, shape) if not has_key(row[at]))

"""Reads whether the databases answer and can be written; no row of a plan, and nothing is written to find out."""

from __future__ import annotations

import os
from pathlib import Path

from flask import current_app
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from app.config import Config
from app.db import db
from app.trouble import Trouble, found_in, lately

# Less than this, and SQLite may have no room for its log and what it moves from there into its file.
LEAST_BYTES = 32 * 1024 * 1024
# PostgreSQL: a server that follows another one, or that somebody closed to writing.
_CLOSED = text("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean")


def trouble_now() -> Trouble | None:
    """What stands in the way of saving: found by looking, or by who just tried; None when nothing does."""
    config: Config = current_app.extensions["onsplan.config"]
    engines = list(db.engines.values())
    folders = {config.data, *(Path(engine.url.database or "").parent for engine in engines if _is_file(engine))}
    found = (*map(_in_database, engines), *map(_on_disk, sorted(folders)), lately())
    return next((trouble for trouble in found if trouble is not None), None)


def _is_file(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _in_database(engine: Engine) -> Trouble | None:
    try:
        with engine.connect() as connection:
            closed = connection.execute(text("SELECT 0") if _is_file(engine) else _CLOSED).scalar()
    except SQLAlchemyError as error:
        found = found_in(error)
        return Trouble.AWAY if found is None else found.trouble
    return Trouble.READ_ONLY if closed else None


def _on_disk(folder: Path) -> Trouble | None:
    try:
        disk = os.statvfs(folder)
    except OSError:
        return Trouble.AWAY
    if disk.f_flag & os.ST_RDONLY or not os.access(folder, os.W_OK):
        return Trouble.READ_ONLY
    return Trouble.FULL if disk.f_bavail * disk.f_frsize < LEAST_BYTES else None

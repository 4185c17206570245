"""Killed at any moment while photos are put: every row has both its files, and what was told as saved opens."""

import os
import signal
import time
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import NoReturn
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.config import Config
from app.db import db, now
from app.host.commands import tidy
from app.main import create_app
from app.media import store
from app.media.models import MediumRow
from app.media.nouns import Size, Sort
from tests.cast import Cast
from tests.media.photos import drawn, put_new
from tests.support import copies, full

pytestmark = [pytest.mark.both_databases, pytest.mark.long]
__all__ = ["drawn"]

KILLS = full.size(5, 250)
ID_BYTES = 16


def put_for_ever(config: Config, cast: Cast, said: int) -> NoReturn:
    """What the process does that is killed: each photo that is saved is told."""
    with create_app(config).app_context():
        while True:
            os.write(said, put_new(cast, "goal of us").medium.id.bytes)


def killed_after(config: Config, cast: Cast, wait: float) -> list[UUID]:
    """What that process told, killed so many seconds after the first photo was saved."""
    heard, said = os.pipe()
    process = copies.begun(lambda: put_for_ever(config, cast, said))
    os.close(said)
    told = os.read(heard, ID_BYTES)
    time.sleep(wait)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    while more := os.read(heard, 4096):
        told += more
    os.close(heard)
    assert told
    return [UUID(bytes=told[at : at + ID_BYTES]) for at in range(0, len(told), ID_BYTES)]


def _photos(cast: Cast) -> Sequence[UUID]:
    """The rows of photos of our plan; it has a film besides."""
    mine = (MediumRow.plan_id == cast.plan, MediumRow.sort == Sort.PHOTO.value)
    return db.session.scalars(select(MediumRow.id).where(*mine)).all()


def opens(plan: UUID, photo: UUID) -> bool:
    return all(store.bytes_of(plan, photo, size) for size in Size)


def test_a_process_killed_while_photos_are_put_leaves_no_row_without_its_files(
    cast: Cast, app: Flask, config: Config, database_kind: str
) -> None:
    chance, told = Random(5), 0
    for _kill in range(KILLS):
        saved = killed_after(config, cast, chance.uniform(0, 0.06))
        told += len(saved)
        with app.app_context():
            rows = _photos(cast)
            assert set(saved) <= set(rows)
            assert all(opens(cast.plan, photo) for photo in saved)
            photo = cast.thing("goal of us").body.photo
            assert photo.id in rows
        # No connection of ours is in the next process.
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()
    with app.app_context():
        rows = _photos(cast)
        assert all(opens(cast.plan, photo) for photo in rows)
        with time_machine.travel(now() + timedelta(days=2), tick=True):
            tidy()
        assert all(opens(cast.plan, photo) for photo in rows)
    full.keep("saved is saved: photos", database=database_kind, kills=KILLS, told=told, lost=0)

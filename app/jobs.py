"""Jobs: what takes longer than a page may, done by a process of its own beside the server (`onsplan work`).

The queue is a bell, not the truth: it lies in the data folder of this machine and carries the name of a job and an id,
never words. What must be done stands in the database, so a bell that nobody heard (a full disk, a power cut, another
machine) loses nothing: once a minute each job is asked what still waits.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from threading import Lock
from typing import Any
from uuid import UUID

import structlog
from flask import Flask, current_app
from huey import Huey, crontab
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import SqliteStorage

from app.config import Config
from app.keystore import forget_gone
from app.rooms import JOBS

LOOK_AT_LEAST_EVERY = 1.0
_making = Lock()


class Bells(Serializer):  # type: ignore[misc]
    """The queue's messages as JSON: no code of ours or of anybody else is ever in them."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


class Storage(SqliteStorage):  # type: ignore[misc]
    """The file of the queue: what is taken out of it is overwritten."""

    def _create_connection(self) -> Any:
        connection = super()._create_connection()
        connection.execute("PRAGMA secure_delete=ON")
        return connection


def ring(job: str, id: UUID) -> None:  # noqa: A002
    """Say that something waits for this job; it is looked for anyway when nobody hears it, as on a full disk."""
    try:
        queue_of(current_app._get_current_object()).ring(job, str(id))  # type: ignore[attr-defined]  # noqa: SLF001
    except (sqlite3.Error, OSError) as error:
        structlog.get_logger("onsplan").warning("bell not rung", job=job, errors=[type(error).__qualname__])


def queue_of(app: Flask) -> Huey:
    """The queue of this machine, opened when first needed."""
    with _making:
        if "onsplan.queue" not in app.extensions:
            app.extensions["onsplan.queue"] = _made(app)
    return app.extensions["onsplan.queue"]


def _made(app: Flask) -> Huey:
    config: Config = app.extensions["onsplan.config"]
    place = str(config.data / "jobs.db")
    queue = Huey("onsplan", storage_class=Storage, filename=place, results=False, serializer=Bells())

    @queue.task(name="ring")  # type: ignore[untyped-decorator]
    def ring(job: str, id: str) -> None:  # noqa: A002
        _do(app, job, UUID(id))

    @queue.periodic_task(crontab(minute="*"), name="look")  # type: ignore[untyped-decorator]
    def look() -> None:
        with app.app_context():
            forget_gone()
        for name, job in JOBS.items():
            with app.app_context():
                waiting = list(job.waiting())
            for each in waiting:
                _do(app, name, each)

    queue.ring, queue.look = ring, look
    return queue


def silence(app: Flask, gone: Collection[UUID]) -> None:
    """Take the bells of things that are gone out of the queue."""
    storage = queue_of(app).storage
    names = [str(one).encode() for one in gone]
    for bell in storage.enqueued_items():
        if any(name in bytes(bell) for name in names):
            storage.sql("DELETE FROM task WHERE queue = ? AND data = ?", (storage.name, bell), commit=True)
    storage.sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _do(app: Flask, job: str, id: UUID) -> None:  # noqa: A002
    """Do one thing; a failure is told by its sort, and the thing itself says to people that it did not work."""
    try:
        with app.app_context():
            JOBS[job].do(id)
    except Exception as error:  # noqa: BLE001 - whatever it is, the next one in the row goes on
        structlog.get_logger("onsplan").error("failed", job=job, errors=[type(error).__qualname__])


def work(app: Flask) -> None:
    """Do what waits, one thing at a time, until Ctrl-C or a stop."""
    queue = queue_of(app)
    queue.look()
    queue.create_consumer(workers=1, max_delay=LOOK_AT_LEAST_EVERY, check_worker_health=False).run()

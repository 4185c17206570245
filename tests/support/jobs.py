"""Does the jobs of a test's product in the test itself, as the process beside the server would."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from app.jobs import queue_of

if TYPE_CHECKING:
    from flask import Flask


def do_jobs(app: Flask) -> int:
    """Does what was rung for; how many bells that were."""
    queue, done = queue_of(app), 0
    while (task := queue.dequeue()) is not None:
        queue.execute(task)
        done += 1
    return done


def look_round(app: Flask) -> None:
    """Does what waits though nobody rang, as happens once a minute."""
    queue_of(app).look.call_local()


def queued(app: Flask) -> list[bytes]:
    """Every message in the queue, as it lies there."""
    with closing(sqlite3.connect(_file(app))) as lying:
        return [bytes(data) for (data,) in lying.execute("SELECT data FROM task ORDER BY id")]


def _file(app: Flask) -> Path:
    folder: Path = app.extensions["onsplan.config"].data
    return folder / "jobs.db"

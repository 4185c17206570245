"""All is lost while people write, and comes back from backups: every row and photo, as one moment saw them."""

import hashlib
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import insert

from app.change import Add, change
from app.config import Config
from app.db import db
from app.goals.models import GOAL, STEP
from app.goals.nouns import StepBody, StepState
from app.home.commands import start
from app.media.models import MediumRow
from app.plan.store import member_actor
from app.policy.actions import Action
from app.policy.actor import Actor, system
from app.safekeeping import keys, store
from app.safekeeping.restore import restore
from app.scope import load, load_all
from tests.safekeeping import families
from tests.support.full import keep, size

ROOT = Path(__file__).parent.parent.parent
FAMILIES, PHOTOS = size(20, 1000), size(200, 10_000)
WRITERS = 2
# A worker of the server holds about 110 MB; with rows or photos in memory this would be far more.
MOST_MB = 240

Digests = dict[str, dict[UUID, tuple[bytes, UUID | None]]]


@dataclass
class Writer:
    """Somebody who goes on writing in a family of theirs, begins others, and keeps photos."""

    app: Flask
    plan: UUID
    stop: threading.Event
    saved: list[UUID] = field(default_factory=list)
    began: set[UUID] = field(default_factory=set)
    failed: list[BaseException] = field(default_factory=list)

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                with self.app.test_request_context():
                    self.write(_parent(self.plan))
        except BaseException as error:  # noqa: BLE001 - told to the test, which fails
            self.failed.append(error)

    def write(self, actor: Actor) -> None:
        goal = load(actor, GOAL).all(GOAL)[0]
        step = Add(STEP, StepBody(words="Nog een kleine stap"), StepState.OPEN, under=goal)
        self.saved.append(change(actor, Action.STEP_ADD, step).id)
        if len(self.saved) % 10 == 5:
            self.began.add(start(["Noor"], "Europe/Brussels").plan)
            row = families.photo(self.app, self.plan, sync=True)
            db.session.execute(insert(MediumRow).values(**row))
            db.session.commit()


def _parent(plan: UUID) -> Actor:
    members = [one for one in load_all(system("a test", plan)) if one.kind.name == "member"]
    actor = member_actor(plan, members[0].id)
    assert actor is not None
    return actor


def digests(url: str) -> Digests:
    """Of every row its id, a digest of all of it, and its plan: a thousand families are too many to hold."""
    found: Digests = {}
    with store.snapshot(url) as connection:
        for shape in store.shapes(connection):
            names = [name for name, _sort in shape.columns]
            rows = found[shape.name] = {}
            for row in store.rows(connection, shape):
                columns = dict(zip(names, row, strict=True))
                plan = columns["id"] if shape.name == "plan" else columns.get("plan_id")
                digest = hashlib.blake2b(repr(sorted(columns.items())).encode(), digest_size=16).digest()
                rows[columns["id"]] = (digest, plan)
    return found


def torn(url: str) -> list[str]:
    """What one moment cannot have seen: a change without its items, an item of another version than its history."""
    versions: dict[UUID, int] = {}
    entries, lines, items = set(), Counter[UUID](), {}
    with store.snapshot(url) as connection:
        for shape in store.shapes(connection):
            at = {name: number for number, (name, _sort) in enumerate(shape.columns)}
            for row in store.rows(connection, shape):
                if shape.name == "history_entry":
                    entries.add(row[at["id"]])
                elif shape.name == "history_line":
                    lines[row[at["entry_id"]]] += 1
                    item = row[at["item_id"]]
                    versions[item] = max(versions.get(item, 0), row[at["version"]])
                elif {"version", "sealed"} <= set(at):
                    items[row[at["id"]]] = row[at["version"]]
    found = [f"a change of nothing: {entry}" for entry in entries if not lines[entry]]
    return found + [f"an item and its history: {item}" for item, last in versions.items() if items.get(item) != last]


# A process says itself what it took: what its parent tells of it counts the parent's own memory too.
WATCHED = """
import pathlib, sys
from app.cli import cli
cli(["backup", sys.argv[1]], standalone_mode=False)
print(pathlib.Path("/proc/self/status").read_text())
"""


def back_up(environment: dict[str, str], place: Path) -> float:
    """Run the operator's command in a process of its own; how much memory it took, in MB."""
    command = [sys.executable, "-P", "-c", WATCHED, str(place)]
    settings = os.environ | environment | {"PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, env=settings, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    most = re.search(r"VmHWM:\s+(\d+) kB", said)
    assert most is not None
    return int(most[1]) / 1024


@dataclass(frozen=True)
class Found:
    """What a backup under load was: what was saved before it, by whom, and what it took."""

    writers: list[Writer]
    before: set[UUID]
    during: int
    seconds: float
    megabytes: float


def backed_up_under_load(app: Flask, environment: dict[str, str], plans: list[UUID], place: Path) -> Found:
    """Make a backup while families write: they begin before it and end after it."""
    stop = threading.Event()
    writers = [Writer(app, plan, stop) for plan in plans[:WRITERS]]
    threads = [threading.Thread(target=writer.run) for writer in writers]
    for thread in threads:
        thread.start()
    while not all(len(writer.saved) > 5 for writer in writers) and not any(writer.failed for writer in writers):
        time.sleep(0.05)
    before = {one for writer in writers for one in list(writer.saved)}
    began_at = time.monotonic()
    try:
        megabytes = back_up(environment, place)
        during = sum(len(writer.saved) for writer in writers) - len(before)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert [writer.failed for writer in writers] == [[]] * WRITERS
    return Found(writers, before, during, time.monotonic() - began_at, megabytes)


@pytest.mark.long
@pytest.mark.both_databases
def test_families_who_write_while_a_backup_is_made_have_everything_back(
    app: Flask, config: Config, environment: dict[str, str], new_environment: Any, tmp_path: Path, *, database_kind: str
) -> None:
    place, keys_place = tmp_path / "content", tmp_path / "keys"
    found = backed_up_under_load(app, environment, families.make(app, FAMILIES, PHOTOS), place)
    assert found.during > 0
    assert found.megabytes < MOST_MB
    keys.make(config, keys_place)
    live, photos = digests(config.database_url), dict(_hashed(config.data))
    there = replace(Config.from_env(new_environment(migrated=False)), master_key=config.master_key)
    began_at = time.monotonic()
    restored = restore(there, place, None, keys_place)
    took = time.monotonic() - began_at
    back = digests(there.database_url)
    assert torn(there.database_url) == []
    assert found.before <= set(back["step"])
    _same(live, back, {plan for writer in found.writers for plan in (writer.plan, *writer.began)})
    names = dict(_hashed(there.data))
    assert names.items() <= photos.items()
    assert len(names) == restored.photos >= 2 * PHOTOS
    assert restored.keyless == 0
    keep(
        "we get it back",
        database=database_kind,
        families=restored.counts["plan"],
        photos=restored.photos // 2,
        rows=sum(restored.counts.values()),
        writes_meanwhile=found.during,
        backup_seconds=round(found.seconds),
        backup_megabytes_of_memory=round(found.megabytes),
        restore_seconds=round(took),
        identical=True,
    )


def _same(live: Digests, back: Digests, touched: set[UUID]) -> None:
    """Every family that nobody wrote in is back as it is; of the others no row is there that never was."""
    assert set(live) == set(back)
    for table, rows in live.items():
        assert set(back[table]) <= set(rows), table
        quiet = {id: row for id, row in rows.items() if row[1] not in touched}  # noqa: A001
        assert {id: row for id, row in back[table].items() if row[1] not in touched} == quiet, table  # noqa: A001


def _hashed(data: Path) -> Any:
    return ((name, hashlib.sha256(sealed).digest()) for name, sealed in families.files_of(data))

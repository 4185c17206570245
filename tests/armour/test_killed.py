"""Saved is saved, whoever is killed: what was acknowledged is there once and whole, and each write was synced first.

The product's own server writes for several families at once and is taken whole, again and again, in the middle; on
PostgreSQL that server is taken too. Whoever got no answer sends the same form again. Afterwards every acknowledged word
stands in its plan exactly once, every row and line opens, and the database finds nothing wrong with itself.
"""

from __future__ import annotations

import http.client
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import make_url, text

from app.db import db, upgrade
from tests.support.databases import Environment, _environment, _runtime_folder
from tests.support.full import keep, size
from tests.support.server import (
    SEE_OTHER,
    WRITES,
    Family,
    PostgreSQL,
    Zygote,
    broken_histories,
    families,
    kill_whole,
    product,
    words_in,
)

if TYPE_CHECKING:
    from flask import Flask

WRITERS = 4
# Every so many kills the operator's own command starts the server, and on PostgreSQL that server is taken as well.
BY_HAND, DATABASE_TOO = 50, 5


@pytest.fixture(scope="module")
def own_postgresql() -> Iterator[PostgreSQL]:
    """A server with its own settings, which may be killed. Not in pytest's folder: see `postgres_url`."""
    with _runtime_folder(), tempfile.TemporaryDirectory(prefix="onsplan-own-") as folder:
        server = PostgreSQL(Path(folder) / "data")
        yield server
        server.close()


numbers = count(1)


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path, database_kind: str) -> Environment:
    """Settings of a migrated product on SQLite, or on the server that may be killed."""
    if database_kind == "sqlite":
        shutil.copytree(request.getfixturevalue("migrated_sqlite"), tmp_path / "data")
        return _environment(tmp_path / "data")
    url, made = request.getfixturevalue("own_postgresql").url, {}
    for setting, store in (("ONSPLAN_DATABASE_URL", "content"), ("ONSPLAN_KEYS_URL", "keys")):
        name = f"killed_{next(numbers)}_{store}"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        made[setting] = make_url(url).set(database=name).render_as_string(hide_password=False)
    environment = _environment(tmp_path / "data", **made)
    from app.config import Config

    upgrade(Config.from_env(environment))
    return environment


@pytest.fixture
def database_server(request: pytest.FixtureRequest, database_kind: str) -> PostgreSQL | None:
    if database_kind == "sqlite":
        return None
    server: PostgreSQL = request.getfixturevalue("own_postgresql")
    return server


ON_BOTH = pytest.mark.parametrize(
    "database_kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


# ---- killed ----------------------------------------------------------------------------------------------------------


@dataclass
class Writing:
    """Families that write all the while, each form until it is acknowledged."""

    port: int
    families: list[Family]
    over: threading.Event = field(default_factory=threading.Event)
    given_up: threading.Event = field(default_factory=threading.Event)
    lost: int = 0
    acknowledged: int = 0
    refused: int = 0
    odd: list[str] = field(default_factory=list)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        writers = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        try:
            yield
        except BaseException:
            self.given_up.set()
            raise
        finally:
            self.over.set()
            for writer in writers:
                writer.join(60)
            slow = any(writer.is_alive() for writer in writers)
            self.given_up.set()
        assert not slow

    def some_more(self, chance: random.Random) -> None:
        """Waits until a few more are acknowledged, and then a moment, so that others are on their way."""
        enough = self.acknowledged + chance.randint(1, 8)
        _until(lambda: self.acknowledged >= enough)
        time.sleep(chance.uniform(0, 0.03))

    def _write(self, writer: int) -> None:
        own = self.families[writer::WRITERS]
        for number in count():
            if self.over.is_set():
                return
            self._until_acknowledged(own[number % len(own)], f"woord {writer} {number}", *WRITES[number % len(WRITES)])

    def _until_acknowledged(self, family: Family, word: str, path: str, name: str) -> None:
        form = family.form(**{name: word})
        while not self.given_up.is_set():
            try:
                status, page = family.post(self.port, path, form)
            except ConnectionRefusedError:
                time.sleep(0.02)
                continue
            except (OSError, http.client.HTTPException):
                self.lost += 1
                time.sleep(0.02)
                continue
            if status == SEE_OTHER:
                family.acknowledged.append(word)
                self.acknowledged += 1
                return
            if status not in {503, 507} or word not in page:
                self.odd.append(f"{status} for {word}")
                return
            self.refused += 1
            time.sleep(0.02)


@dataclass
class Back:
    """How long it took until a server answered: a copy of a process that has all imported, and the whole command."""

    copies: list[float] = field(default_factory=list)
    by_hand: list[float] = field(default_factory=list)


@pytest.mark.long
@ON_BOTH
def test_nothing_acknowledged_is_lost_doubled_or_broken(
    settings: Environment, database_kind: str, database_server: PostgreSQL | None
) -> None:
    kills, chance = size(10, 500), random.Random(5)
    with product(settings) as app:
        writing = Writing(0, families(app, max(2 * WRITERS, kills // 5)))
    zygote = Zygote(settings)
    writing.port = zygote.port
    back = Back()
    try:
        with writing.going_on():
            for number in range(1, kills + 1):
                _one_kill(zygote, writing, number, chance, back, database_server)
            last, _seconds = zygote.start()
            writing.over.set()
            time.sleep(0.1)
        zygote.kill(last)
    finally:
        writing.over.set()
        zygote.close()
    assert not writing.odd, writing.odd[:10]
    with product(settings) as app:
        found = _looked_at(app, writing.families, database_kind)
    keep(
        "saved is saved: kills",
        database=database_kind,
        kills=kills,
        without_answer=writing.lost,
        refused=writing.refused,
        back_seconds={"median": _two(statistics.median(back.copies)), "most": _two(max(back.copies))},
        back_seconds_by_hand=[_two(seconds) for seconds in back.by_hand],
        **found,
    )
    assert found["acknowledged"] >= kills
    wrong = {name: found[name] for name in ("lost", "doubled", "unasked", "broken_histories", "broken_databases")}
    assert not any(wrong.values()), wrong


def _one_kill(
    zygote: Zygote,
    writing: Writing,
    number: int,
    chance: random.Random,
    back: Back,
    database_server: PostgreSQL | None,
) -> None:
    if number % BY_HAND == min(BY_HAND, 7):
        process, seconds = zygote.start_by_hand()
        back.by_hand.append(seconds)
        writing.some_more(chance)
        kill_whole(process)
        return
    server, seconds = zygote.start()
    back.copies.append(seconds)
    writing.some_more(chance)
    if database_server is not None and number % DATABASE_TOO == 0:
        database_server.kill()
        writing.some_more(chance)
    zygote.kill(server)


def _two(seconds: float) -> float:
    return round(seconds, 2)


def _looked_at(app: Flask, all_families: list[Family], kind: str) -> dict[str, int]:
    """How many words were acknowledged, and what is wrong with them or with the database."""
    found = dict.fromkeys(
        ("acknowledged", "lost", "doubled", "unasked", "lines_opened", "broken_histories", "broken_databases"), 0
    )
    with app.app_context():
        for family in all_families:
            there = words_in(family)
            found["acknowledged"] += len(family.acknowledged)
            found["lost"] += sum(word not in there for word in family.acknowledged)
            found["doubled"] += sum(there.get(word, 0) > 1 for word in family.acknowledged)
            found["unasked"] += len(set(there) - {*family.acknowledged, "Sara"})
            found["broken_histories"] += len(broken_histories(family))
            found["lines_opened"] += sum(there.values())
        for engine in db.engines.values():
            with engine.connect() as connection:
                if kind == "sqlite":
                    answer = connection.execute(text("PRAGMA integrity_check")).scalars().all()
                    found["broken_databases"] += answer != ["ok"]
                    found["broken_databases"] += bool(connection.execute(text("PRAGMA foreign_key_check")).all())
    return found


# ---- synced ----------------------------------------------------------------------------------------------------------


class Syncs:
    """Counts what the kernel was asked to put on its disk, by looking over the shoulder of processes (strace)."""

    def __init__(self, file: Path) -> None:
        self._file = file
        file.touch()

    @property
    def so_far(self) -> int:
        return len(SYNC.findall(self._file.read_text()))

    @property
    def before(self) -> tuple[str, ...]:
        """What is put before a command, to see that one and all it starts."""
        return (
            "strace",
            "-f",
            "-qq",
            "--signal=none",
            "--seccomp-bpf",
            "-e",
            "trace=fsync,fdatasync",
            "-o",
            str(self._file),
        )

    @contextmanager
    def of(self, process: int) -> Iterator[None]:
        """Meanwhile a process that runs, and all it starts from here on."""
        command = ["strace", "-f", "-qq", "--signal=none", "-e", "trace=fsync,fdatasync", "-o", str(self._file)]
        looking = subprocess.Popen([*command, "-p", str(process)], stderr=subprocess.PIPE, text=True)
        _until(lambda: looking.poll() is not None or _is_traced(process))
        assert looking.poll() is None, f"strace may not look: {looking.stderr.read() if looking.stderr else ''}"
        yield
        looking.terminate()
        looking.communicate(timeout=20)


SYNC = re.compile(r"\bf(?:data)?sync\(")


def _is_traced(process: int) -> bool:
    return "TracerPid:\t0\n" not in Path(f"/proc/{process}/status").read_text()


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)


@pytest.mark.long
@ON_BOTH
def test_each_acknowledged_write_was_synced_before_its_answer(
    settings: Environment, tmp_path: Path, database_kind: str, database_server: PostgreSQL | None
) -> None:
    """Also the key of a new plan, which lies in the other store: synced before the plan is acknowledged."""
    writes, fewest = size(9, 200), []
    with product(settings) as app:
        [family] = families(app, 1)
    syncs = Syncs(tmp_path / "syncs")
    with ExitStack() as open_things:
        if database_server is not None:
            open_things.enter_context(syncs.of(database_server.postmaster))
        zygote = Zygote(settings, *(syncs.before if database_server is None else ()))
        open_things.callback(zygote.close)
        server, _seconds = zygote.start()
        open_things.callback(zygote.kill, server)
        for number in range(writes):
            path, name = WRITES[number % len(WRITES)]
            before = syncs.so_far
            status, _page = family.post(zygote.port, path, family.form(**{name: f"woord {number}"}))
            assert status == SEE_OTHER
            fewest.append(syncs.so_far - before)
        before = syncs.so_far
        status, _page = family.post(zygote.port, "", family.form(names="Jef"), at="/begin")
        assert status == SEE_OTHER
        of_start = syncs.so_far - before
    keep(
        "saved is saved: syncs",
        database=database_kind,
        writes=writes,
        fewest_a_write=min(fewest),
        of_a_new_plan=of_start,
    )
    assert min(fewest) >= 1
    assert of_start >= 2

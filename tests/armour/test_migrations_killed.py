"""An update never eats a plan: every migration there is, with rows in every table, killed in the middle of its work.

The kill comes before a statement, or before the commit, from inside the migrating process. Afterwards the database is
at the old migration with every row it had; started again, the migration goes through, and every row is still there.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, MetaData, create_engine, event, make_url, pool, select

from app.db import alembic_config
from app.main import ROOMS
from tests.armour.test_migrations import CHANGED, RENAMED, STORES, revisions, version
from tests.support import copies
from tests.support.databases import _on_server
from tests.support.full import FILE, keep
from tests.support.rows import fill

COMMIT = -1
numbers = count(1)
Rows = dict[str, list[dict[str, Any]]]


class Place:
    """A database that is copied and thrown away: a file, or one of a server."""

    def __init__(self, folder: Path, server: str | None) -> None:
        self._folder, self._server, self._made = folder, server, []

    def new(self, like: str | None = None) -> str:
        """The address of a new database, empty or a copy."""
        name = f"midway_{next(numbers)}"
        if self._server is None:
            path = self._folder / name
            path.touch()
            if like is not None:
                shutil.copy(str(make_url(like).database), path)
            return f"sqlite:///{path}"
        source = "template1" if like is None else make_url(like).database
        _on_server(self._server, f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        self._made.append(name)
        made = make_url(self._server).set(database=name, drivername="postgresql+psycopg")
        return made.render_as_string(hide_password=False)

    def clear(self) -> None:
        for name in self._made:
            assert self._server is not None
            _on_server(self._server, f'DROP DATABASE "{name}" WITH (FORCE)')
        self._made.clear()


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path, database_kind: str) -> Iterator[Place]:
    for room in ROOMS:
        import_module(f"app.{room}.register")
    made = Place(tmp_path, None if database_kind == "sqlite" else request.getfixturevalue("postgres_url"))
    yield made
    made.clear()


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = create_engine(url, poolclass=pool.NullPool)
    try:
        yield engine
    finally:
        engine.dispose()


def rows_in(engine: Engine, without: str, only: Rows | None = None) -> Rows:
    """Every row but where the migration stands; of the tables and columns of `only`, when given."""
    tables, found = MetaData(), {}
    tables.reflect(engine)
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            if table.name == without or (only is not None and table.name not in only):
                continue
            before = only[table.name] if only is not None else []
            kept = [column for column in table.c if not before or column.name in before[0]]
            found[table.name] = sorted((dict(row) for row in connection.execute(select(*kept)).mappings()), key=str)
    return found


def statements_of(url: str, store: str, revision: str) -> int:
    """Does a migration, and counts its statements."""
    said: list[str] = []

    def note(*given: Any) -> None:
        said.append(given[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        command.upgrade(alembic_config(store, url), revision)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(said)


def killed_at(url: str, store: str, revision: str, statement: int) -> bool:
    """Starts a migration in another process, which is killed before this statement; whether it was."""

    def upgrade() -> None:
        _die_at(statement)
        command.upgrade(alembic_config(store, url), revision)

    return os.WIFSIGNALED(copies.done(upgrade))


def _die_at(statement: int) -> None:
    done = count(1)

    def die(*_given: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def die_then(*_given: Any) -> None:
        if next(done) == statement:
            die()

    if statement == COMMIT:
        event.listen(Engine, "commit", die)
    else:
        event.listen(Engine, "before_cursor_execute", die_then)


def points(statements: int) -> list[int]:
    """Where to kill: few in every run, every statement in a full one."""
    return [*range(1, statements + 1), COMMIT] if FILE else [statements // 2 + 1, COMMIT]


@pytest.mark.long
@pytest.mark.both_databases
@pytest.mark.parametrize("store", STORES)
def test_every_migration_killed_midway_leaves_the_old_and_then_goes_through(
    place: Place, database_kind: str, store: str
) -> None:
    table, old, kills = STORES[store][1], place.new(), 0
    chain = revisions(store)
    for revision in chain:
        done = place.new(old)
        few = database_kind == "postgresql" and not FILE and int(revision) % 4 and revision != chain[-1]
        statements = statements_of(done, store, revision)
        with opened(old) as engine:
            before, at = rows_in(engine, table), version(engine, store)
        for statement in [] if few else points(statements):
            _killed_and_again(place.new(old), store, revision, statement, before, at)
            kills += 1
        with opened(done) as engine:
            fill(engine, without=table)
        old = done
    keep("an update never eats a plan: migrations killed", database=database_kind, store=store, kills=kills)
    assert kills


def _killed_and_again(url: str, store: str, revision: str, statement: int, before: Rows, at: str | None) -> None:
    where, table = f"{store} {revision}, before statement {statement}", STORES[store][1]
    assert killed_at(url, store, revision, statement), f"{where}: it was not killed"
    with opened(url) as engine:
        assert version(engine, store) == at, where
        assert rows_in(engine, table) == before, where
    command.upgrade(alembic_config(store, url), revision)
    with opened(url) as engine:
        assert version(engine, store) == revision, where
        if (store, revision) not in CHANGED:
            renamed = RENAMED.get((store, revision), {})
            kept = {name: rows for name, rows in before.items() if name not in renamed}
            assert rows_in(engine, table, kept) == kept, where
            now_there = rows_in(engine, table)
            assert {old: len(now_there[new]) for old, new in renamed.items()} == {
                old: len(before[old]) for old in renamed
            }, where

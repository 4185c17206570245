"""A product with the whole cast in it that commits for real, and is as it was again after each proof.

sent = rewound.send("sara", path)
assert rewound.state() == before
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, MetaData, event, insert, select, text

from tests.cast import MakeOriginal, Piece
from tests.support import databases, world
from tests.support.world import TYPED, World

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection
    from werkzeug.test import TestResponse

# What tells who is where and what was tried: it is no content, and a request that fails may leave it behind.
LEDGERS = frozenset({"session", "seat", "look", "said_look", "layer_box", "attempt"})
Rows = dict[str, frozenset[Any]]
Fails = Callable[[], BaseException]


class Rewound:
    """One product, and what stood in it at first."""

    def __init__(self, made: World) -> None:
        self.world, self.commits = made, 0
        self._fails_at, self._fails = 0, ValueError
        self._engines = _engines(made)
        self._tables = {name: _reflected(engine) for name, engine in self._engines.items()}
        self._first = {name: self._take(name) for name in self._engines}
        self._shelf = made.app.extensions["onsplan.config"].data / "files"
        self._files = {file: file.read_bytes() for file in self._shelf.rglob("*") if file.is_file()}
        for engine in self._engines.values():
            event.listen(engine, "commit", self._commit)

    def send(self, who: str, path: str, form: dict[str, Any], **headers: str) -> TestResponse:
        """One form, as this somebody's browser sends it."""
        client = self.world.app.test_client(use_cookies=False)
        return client.post(path, data=form, headers={"Cookie": self.world.cookies.get(who, ""), **headers})

    def form(self, **more: Any) -> dict[str, Any]:
        """A form with a key of its own."""
        filled = {"csrf_token": self.world.token(), "form_key": uuid4().hex, **TYPED, **more}
        return {name: text for name, text in filled.items() if text is not None}

    def page(self, who: str, path: str) -> str:
        """A page, as this somebody's browser gets it."""
        client = self.world.app.test_client(use_cookies=False)
        return client.get(path, headers={"Cookie": self.world.cookies.get(who, "")}).text

    def state(self) -> Rows:
        """Every row of both stores but the ledgers."""
        found: Rows = {}
        for name, engine in self._engines.items():
            with engine.connect() as connection:
                for table in self._tables[name].sorted_tables:
                    if table.name not in LEDGERS:
                        found[table.name] = frozenset(tuple(row) for row in connection.execute(select(table)))
        self.commits = 0
        return found

    @contextmanager
    def failing(self, number: int, fails: Fails) -> Iterator[None]:
        """Meanwhile the commit of this number fails, of whichever store."""
        self.commits, self._fails_at, self._fails = 0, number, fails
        try:
            yield
        finally:
            self._fails_at = 0

    def rewind(self) -> None:
        """All as it was at first."""
        for name, engine in self._engines.items():
            if engine.dialect.name == "sqlite":
                with closing(sqlite3.connect(str(engine.url.database))) as live:
                    self._first[name].backup(live)
            else:
                self._put_back(name, engine)
        for file, data in self._files.items():
            if not file.exists():
                file.write_bytes(data)
        self.commits = 0

    def _commit(self, connection: Connection) -> None:
        self.commits += 1
        if self.commits == self._fails_at:
            # As a database does that finds no room: the transaction is over, and nothing of it stands.
            connection.connection.rollback()
            raise self._fails()

    def _take(self, name: str) -> Any:
        engine = self._engines[name]
        if engine.dialect.name == "sqlite":
            kept = sqlite3.connect(":memory:", check_same_thread=False)
            with closing(sqlite3.connect(str(engine.url.database))) as live:
                live.backup(kept)
            return kept
        with engine.connect() as connection:
            tables = self._tables[name].sorted_tables
            return {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in tables}

    def _put_back(self, name: str, engine: Engine) -> None:
        tables = self._tables[name].sorted_tables
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text("TRUNCATE " + ", ".join(f'"{table.name}"' for table in tables)))
            for table in tables:
                if self._first[name][table.name]:
                    connection.execute(insert(table), self._first[name][table.name])


def _committing(made: World) -> World:
    """The same world, in which is kept what is sent, and where Sara has another browser that she can stop."""
    from sqlalchemy import desc

    from app.accounts.models import SeatRow
    from app.db import db

    event.remove(_engines(made)["default"], "commit", world._refuse)
    made.cast.client_of("sara")
    with made.app.app_context():
        newest = select(SeatRow.id).where(SeatRow.holder_id == made.cast.sara.seat).order_by(desc(SeatRow.created_at))
        seat = db.session.scalars(newest).first()
        assert seat is not None
        made.cast.pieces = {"device sara": Piece("device", seat, "", frozenset({"sara"})), **made.cast.pieces}
        made.cast.pieces["device sara"] = Piece("device", seat, "", frozenset({"sara"}))
    return made


def _engines(made: World) -> dict[str, Engine]:
    from app.db import db

    with made.app.app_context():
        return dict(db.engines)


def _reflected(engine: Engine) -> MetaData:
    tables = MetaData()
    tables.reflect(engine)
    return tables


@pytest.fixture(scope="session")
def rewounds(
    request: pytest.FixtureRequest, cast_originals: MakeOriginal, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Rewound]]:
    """The cast on each kind of database, made once, with real commits."""
    made: dict[str, Rewound] = {}

    def rewound(kind: str) -> Rewound:
        if kind not in made:
            original = cast_originals(kind)
            data: Path = tmp_path_factory.mktemp("rewound") / "data"
            shutil.copytree(original.data, data)
            if kind == "sqlite":
                environment = databases._environment(data)
            else:
                url, name = request.getfixturevalue("postgres_url"), f"rewound_{next(databases._names)}"
                environment = databases._postgres_environment(url, data, name, original.name)
            made[kind] = Rewound(
                _committing(world._made(environment, original.cast, request.getfixturevalue("compiled")))
            )
        return made[kind]

    yield rewound
    for each in made.values():
        world._close(each.world.app)

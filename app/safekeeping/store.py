"""Reads whole databases, as they are: every row of every table, as one moment saw them. Knows no noun."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    CHAR,
    Boolean,
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    create_engine,
    inspect,
    make_url,
    pool,
    select,
)
from sqlalchemy.types import TypeEngine

from app.db import RESTORING, VERSIONS, Instant
from app.safekeeping.nouns import Trouble

FETCHED = 100

# How a column is written in a dump, whatever database it lies in: SQLite has no ids and instants of its own.
_SORTS: tuple[tuple[type[TypeEngine[Any]] | tuple[type[TypeEngine[Any]], ...], str], ...] = (
    ((Uuid, CHAR), "id"),
    (LargeBinary, "bytes"),
    (Boolean, "yes"),
    (Integer, "number"),
    (DateTime, "instant"),
    ((String, Text), "words"),
)
_TYPES: dict[str, TypeEngine[Any]] = {
    "id": Uuid(),
    "bytes": LargeBinary(),
    "yes": Boolean(),
    "number": Integer(),
    "instant": Instant(),
    "words": Text(),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its columns by name, each with its sort."""

    name: str
    columns: tuple[tuple[str, str], ...]

    def table(self) -> Table:
        """The table, to read and to fill."""
        return Table(self.name, MetaData(), *(Column(name, _TYPES[sort]) for name, sort in self.columns))


def engine_of(url: str) -> Engine:
    """Connections of its own to a database; errors never carry values."""
    return create_engine(url, poolclass=pool.NullPool, hide_parameters=True)


@contextmanager
def snapshot(url: str) -> Iterator[Connection]:
    """A database as it is at one moment, while others go on writing.

    Raises:
        Trouble: there is no such database yet.
    """
    path = Path(make_url(url).database or "")
    if url.startswith("sqlite") and not path.exists():
        raise Trouble("There is nothing to back up yet: start the product once, or check ONSPLAN_DATA.")
    with engine_of(url).connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            _stand_still(connection)
        yield connection


def _stand_still(connection: Connection) -> None:
    """PostgreSQL: one snapshot for all that is read, and no migration changes a table before it was."""
    names = [connection.dialect.identifier_preparer.quote(name) for name in inspect(connection).get_table_names()]
    connection.rollback()
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    if names:
        connection.exec_driver_sql(f"LOCK TABLE {', '.join(names)} IN ACCESS SHARE MODE")


def revision_of(connection: Connection, store: str) -> str:
    """The migration a database is at.

    Raises:
        Trouble: none was ever done.
    """
    if not inspect(connection).has_table(VERSIONS[store]):
        raise Trouble("There is nothing to back up yet: start the product once, or check ONSPLAN_DATA.")
    table = Table(VERSIONS[store], MetaData(), Column("version_num", String(32)))
    return str(connection.execute(select(table.c.version_num)).scalar_one())


def shapes(connection: Connection) -> list[Shape]:
    """Every table that holds something of ours, by name."""
    look = inspect(connection)
    names = sorted(set(look.get_table_names()) - {*VERSIONS.values(), RESTORING})
    return [Shape(name, tuple((col["name"], _sort(name, col)) for col in look.get_columns(name))) for name in names]


def rows(connection: Connection, shape: Shape) -> Iterator[tuple[Any, ...]]:
    """Every row of a table, a few at a time."""
    found = connection.execution_options(stream_results=True, yield_per=FETCHED).execute(select(shape.table()))
    for row in found:
        yield tuple(row)


def has_rows(connection: Connection, shape: Shape) -> bool:
    """Whether a table holds anything."""
    return connection.execute(select(shape.table()).limit(1)).first() is not None


def is_half_restored(connection: Connection) -> bool:
    """Whether a restore began here and did not end."""
    return inspect(connection).has_table(RESTORING)


def _sort(table: str, column: Any) -> str:
    for types, sort in _SORTS:
        if isinstance(column["type"], types):
            return sort
    raise TypeError(f"{table}.{column['name']}: backups do not know this sort of column")

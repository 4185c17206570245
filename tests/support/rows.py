"""Fills every table of a database with rows that its own constraints allow, knowing nothing but the database itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import CHAR, Connection, Engine, LargeBinary, MetaData, Table, Uuid, insert, inspect
from sqlalchemy import types as sql

# state IN ('a', 'b') - (state)::text = ANY ((ARRAY['a'::varchar ...])::text[]) - (state)::text = 'a'::text
CHECKED = re.compile(r"^\(*\"?(\w+)\"?\)*(?:::[\w ]+?)? (?:IN|=) ")
QUOTED = re.compile(r"'([^']*)'")


def fill(engine: Engine, *, without: str, rows: int = 2) -> None:
    """Adds rows to every table but one; foreign keys refer to rows it made."""
    tables = MetaData()
    tables.reflect(engine)
    made: dict[tuple[str, str], list[Any]] = {}
    with engine.begin() as connection:
        for table in tables.sorted_tables:
            if table.name != without:
                for number in range(rows):
                    _add(connection, table, made, number)


def _add(connection: Connection, table: Table, made: dict[tuple[str, str], list[Any]], number: int) -> None:
    words = _allowed(connection, table)
    values: dict[str, Any] = {}
    for column in table.columns:
        refers = [key.column for key in column.foreign_keys]
        if refers and refers[0].table is not table:
            values[column.name] = made[refers[0].table.name, refers[0].name][number]
        elif not refers:
            allowed = words.get(column.name, [""])
            values[column.name] = _value(column.type, column.nullable, allowed[number % len(allowed)], column.name)
    connection.execute(insert(table).values(**values))
    for column in table.primary_key:
        made.setdefault((table.name, column.name), []).append(values[column.name])


def _allowed(connection: Connection, table: Table) -> dict[str, list[str]]:
    """The words each column may hold, read from its CHECK constraints."""
    found = {}
    for check in inspect(connection).get_check_constraints(table.name):
        match = CHECKED.match(check["sqltext"])
        if match and QUOTED.search(check["sqltext"]):
            found[match[1]] = QUOTED.findall(check["sqltext"])
    return found


def _value(sort: sql.TypeEngine[Any], nullable: bool | None, word: str, name: str) -> Any:
    if isinstance(sort, Uuid | CHAR):
        return None if nullable else (uuid4() if isinstance(sort, Uuid) else uuid4().hex)
    if isinstance(sort, LargeBinary):
        return uuid4().bytes * 2
    if isinstance(sort, sql.Integer):
        return 1
    if isinstance(sort, sql.DateTime):
        return None if nullable else datetime.now(UTC)
    return "a test" if name == "reason" else word or uuid4().hex[:20]

"""A page asks for the rows of its own family by an index, so that a hundred thousand other families cost it nothing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, event

from app.db import db
from tests.cast import Cast

pytestmark = pytest.mark.both_databases

# What reads all of a table, as the two databases say it.
WHOLE = re.compile(r"\bSCAN \w+|Seq Scan on \w+")

Asked = tuple[Engine, str, Any]


@contextmanager
def asked() -> Iterator[list[Asked]]:
    """Every reading statement, with its values, as it went to the database."""
    found: list[Asked] = []

    def note(connection: Connection, _cursor: object, statement: str, values: Any, *_more: object) -> None:
        if statement.lstrip().startswith("SELECT"):
            found.append((connection.engine, statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


def plan_of(engine: Engine, statement: str, values: Any) -> str:
    """How the database will answer; Postgres reads a small table whole unless it is asked to do without."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        else:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            rows = connection.exec_driver_sql(f"EXPLAIN {statement}", values).all()
    return "\n".join(str(row[-1]) for row in rows)


def pages(cast: Cast) -> list[tuple[str, str]]:
    plan = f"/p/{cast.plan}"
    own = [
        "/",
        "/mensen",
        "/afspraken",
        "/wie-ziet-wat",
        "/meer",
        "/veranderd",
        "/weggehaald",
        f"/doelen/{cast.id('goal of us')}",
    ]
    return [("nobody", "/"), *(("sara", plan + page) for page in own), ("oma", f"{plan}/voor/{cast.oma.seat}")]


def test_no_page_reads_a_whole_table(cast: Cast, app: Flask) -> None:
    faults, seen = [], 0
    for who, address in pages(cast):
        client = cast.client_of(who)
        with asked() as statements:
            assert client.get(address).status_code == 200, address
        seen += len(statements)
        with app.app_context():
            assert all(engine in db.engines.values() for engine, *_ in statements)
            for engine, statement, values in statements:
                plan = plan_of(engine, statement, values)
                faults += [f"{address}: {match[0]} in {statement[:200]}" for match in WHOLE.finditer(plan)]
    assert seen > 20
    assert not faults, "\n".join(faults)


def test_a_page_that_would_read_a_whole_table_is_seen(cast: Cast, app: Flask) -> None:
    with app.app_context():
        assert WHOLE.search(plan_of(db.get_engine(), "SELECT sealed FROM goal WHERE state = 'now'", ()))
        assert cast.plan

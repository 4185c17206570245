"""Fills an empty database from a dump, whole or not at all. Beside the door: it writes what the door wrote before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Column, Connection, Integer, MetaData, Table, insert, inspect
from sqlalchemy.exc import IntegrityError

from app.db import RESTORING, VERSIONS, alembic_config, upgrade_store
from app.safekeeping import store
from app.safekeeping.dump import Dump
from app.safekeeping.nouns import Trouble
from app.safekeeping.store import engine_of

FILLED = {
    "content": "The content database is not empty, and a restore never destroys: docs/operate.md says how to go on.",
    "keys": "The key store is not empty, and a restore never destroys: leave out --keys to restore with these keys.",
}
BROKEN = "Rows of this backup refer to rows that are not in it, so nothing was restored."
_marker = Table(RESTORING, MetaData(), Column("since", Integer))


def refuse_unknown(kept: str, url: str, revision: str) -> None:
    """Find out before anything is touched whether this product knows the form of a dump.

    Raises:
        Trouble: it does not.
    """
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as in `app.db.upgrade`

    known = {each.revision for each in ScriptDirectory.from_config(alembic_config(kept, url)).walk_revisions()}
    if revision not in known:
        raise Trouble("A newer version of Ons Plan made this backup: update this one first.")


def refuse_filled(kept: str, url: str, but: tuple[str, ...] = ()) -> None:
    """Refuse to touch a database that somebody's words may lie in; one half restored is begun again.

    Args:
        kept: `content` or `keys`.
        url: where.
        but: tables that may hold rows.

    Raises:
        Trouble: it is not empty.
    """
    with engine_of(url).connect() as connection:
        if store.is_half_restored(connection):
            return
        shapes = store.shapes(connection)
        strange = shapes and not inspect(connection).has_table(VERSIONS[kept])
        filled = any(store.has_rows(connection, shape) for shape in shapes if shape.name not in but)
    if strange or filled:
        raise Trouble(FILLED[kept])


def fill(kept: str, url: str, dump: Dump) -> None:
    """Make a database anew at the dump's migration, fill it, and bring it to the newest.

    In the content store a table says from the first row on that the restore is not done; `done` takes it away.
    """
    with engine_of(url).begin() as connection:
        old = MetaData()
        old.reflect(connection)
        old.drop_all(connection)
    upgrade_store(kept, url, dump.about.revision)
    with _without_references(url) as connection:
        if kept == "content":
            _marker.create(connection)
        for shape, bunches in dump.tables():
            adding = insert(shape.table())
            names = [name for name, _sort in shape.columns]
            for bunch in bunches:
                connection.execute(adding, [dict(zip(names, row, strict=True)) for row in bunch])
    upgrade_store(kept, url)


def done(url: str) -> None:
    """The restore is whole: the product may start."""
    with engine_of(url).begin() as connection:
        _marker.drop(connection)


@contextmanager
def _without_references(url: str) -> Iterator[Connection]:
    """One transaction in which rows may come before what they refer to; at its end every reference must find it."""
    with engine_of(url).connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise Trouble(BROKEN)
        else:
            references = connection.exec_driver_sql(_REFERENCES).all()
            for table, name, _means in references:
                connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            yield connection
            for table, name, means in references:
                try:
                    connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {means}")
                except IntegrityError as error:
                    raise Trouble(BROKEN) from error
        connection.commit()


_REFERENCES = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""

"""Runs the migrations of one of the two stores: content (`versions`) or wrapped keys (`keys`).

All of an upgrade is one transaction, on SQLite too: whatever interrupts it, the database is at the old migration or at
the new one. Two that start at once wait for each other.
"""

from typing import Any

from alembic import context
from sqlalchemy import Connection, Engine, create_engine, event, pool

# Any number will do, as long as it is the same for every process that migrates.
LOCK = 16_101_610


def whole(engine: Engine) -> None:
    """SQLite: tables are made and dropped inside the transaction, and it holds the file from the first read."""

    @event.listens_for(engine, "connect")
    def _by_hand(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        # Altering a table makes it anew and drops the old one; with keys on, that would delete what refers to it.
        connection.execute("PRAGMA foreign_keys=OFF")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def alone(connection: Connection) -> None:
    """PostgreSQL: wait for another process that migrates this database."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


def unbroken(connection: Connection) -> None:
    """SQLite: what refers to something still finds it."""
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if lost:
        raise RuntimeError(f"{len(lost)} rows would refer to nothing: the migration is taken back")


store = context.config.attributes["store"]
engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
on_sqlite = engine.dialect.name == "sqlite"
if on_sqlite:
    whole(engine)
with engine.begin() as connection:
    if not on_sqlite:
        alone(connection)
    context.configure(
        connection=connection,
        render_as_batch=True,
        version_table="migration" if store == "content" else "keys_migration",
        target_metadata=context.config.attributes.get("metadata"),
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if on_sqlite:
        unbroken(connection)

"""The content database: base classes, engine set-up and migrations. No table of a noun lives here."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import wraps
from inspect import iscoroutinefunction
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from flask import Flask, g, has_request_context
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Engine,
    ForeignKey,
    LargeBinary,
    MetaData,
    NullPool,
    String,
    create_engine,
    event,
    inspect,
)
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

from app.config import Config

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
MIGRATIONS = Path(__file__).parent.parent / "migrations"
# The table in which each store keeps the migration it is at.
VERSIONS = {"content": "migration", "keys": "keys_migration"}
# A table that is there while a restore goes on, and after one that was interrupted.
RESTORING = "restoring"

# Milliseconds that SQLite waits for another writer, and for readers when its log is emptied: who asked for that waits.
WAIT, LOG_WAIT = 8000, 2000

db = SQLAlchemy()


_back: ContextVar[timedelta] = ContextVar("back", default=timedelta())


def now() -> datetime:
    """This instant, in UTC. Every instant that is stored comes from here."""
    return datetime.now(UTC) - _back.get()


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """What happens meanwhile happens so many days ago. Only for the demo: its family has a past to look back at."""
    token = _back.set(timedelta(days=days))
    try:
        yield
    finally:
        _back.reset(token)


class Instant(TypeDecorator[datetime]):
    """An instant in UTC, on databases that keep the zone and on those that do not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def as_id(value: Any) -> UUID:
    """The id a database gave without being asked to make anything of it."""
    return value if isinstance(value, UUID) else UUID(value)


def as_instant(value: Any) -> datetime:
    """The same for an instant."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Every content table: a random UUID as key (v4: v7 would show when), constraints with steady names."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Instant}

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class Only(StrEnum):
    """The state of an item that has no states of its own."""

    ACTIVE = "active"


class ItemRow(Base):
    """What every item of a plan has in the clear; all a family writes is in `sealed`.

    A child class adds its states as a CHECK and, when it hangs on another item, a foreign key.
    """

    __abstract__ = True

    state: Mapped[str] = mapped_column(String(16))
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class PlanItemRow(ItemRow):
    """An item that belongs to a plan; `plan_id` stands on every row, so that data can be split by plan."""

    __abstract__ = True

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)


def states(allowed: type[StrEnum]) -> tuple[CheckConstraint, CheckConstraint]:
    """CHECKs for an item table: its state is one of the enum's values, its version counts from 1."""
    values = ", ".join(f"'{state.value}'" for state in allowed)
    return (CheckConstraint(f"state IN ({values})", "state"), CheckConstraint("version >= 1", "version"))


def install(app: Flask, config: Config) -> None:
    """Join the databases to the app: `default` holds content, `keys` the wrapped keys."""
    urls = {"default": config.database_url, "keys": config.keys_url}
    app.config["SQLALCHEMY_ENGINES"] = {name: _engine(url) for name, url in urls.items()}
    db.init_app(app)
    # Nothing here is asynchronous; the extension's asynchronous teardown would start an event loop at every request.
    ends = (end for end in app.teardown_appcontext_funcs if not iscoroutinefunction(end))
    app.teardown_appcontext_funcs = [_even_when_gone(end) for end in ends]  # type: ignore[arg-type]


def _even_when_gone(end: Callable[[BaseException | None], None]) -> Callable[[BaseException | None], None]:
    """A connection that broke cannot be given back in order: what was not committed is gone with it, and the answer
    that says so goes out all the same.
    """

    @wraps(end)
    def ended(error: BaseException | None) -> None:
        with suppress(DBAPIError):
            end(error)

    return ended


@event.listens_for(Session, "after_commit")
def _stored(_session: Session) -> None:
    """From here on a request cannot say that nothing of it was saved (`web/errors.py`)."""
    if has_request_context():
        g.stored = True


def _engine(url: str) -> dict[str, Any]:
    """A database server that was started anew is connected to again; errors never carry the values of a statement."""
    return {"url": url, "hide_parameters": True, "pool_pre_ping": not url.startswith("sqlite")}


@event.listens_for(Engine, "connect")
def _careful_sqlite(connection: Any, _record: Any) -> None:
    """Saved is saved: SQLite writes ahead, syncs every commit, holds foreign keys, overwrites what it deletes."""
    if isinstance(connection, sqlite3.Connection):
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={WAIT}",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")


def empty_log(engine: Engine) -> bool:
    """Move what SQLite wrote ahead into its file and empty that log, which still holds what was overwritten.

    Returns:
        Whether it is empty; not when somebody was reading all the while, and then the hourly tidying tries again.
    """
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={LOG_WAIT}")
        busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        connection.exec_driver_sql(f"PRAGMA busy_timeout={WAIT}")
    return not busy


class HalfRestored(Exception):
    """A restore was interrupted: what was stopped since the backup may still be open here."""


@event.listens_for(Engine, "connect")
def _careful_postgresql(connection: Any, _record: Any) -> None:
    """The same on PostgreSQL: a commit is on disk when it is answered, whatever the server or the role says."""
    if not isinstance(connection, sqlite3.Connection):
        connection.autocommit = True
        connection.execute(
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
        )
        connection.autocommit = False


class CannotUse(Exception):
    """Says in one sentence why a database cannot be served as it is."""


def refuse_half(config: Config) -> None:
    """Touch nothing of a restore that is not done.

    Raises:
        HalfRestored: it began here and did not end.
        CannotUse: nothing answers there.
    """
    try:
        half = inspect(create_engine(config.database_url, poolclass=NullPool)).has_table(RESTORING)
    except SQLAlchemyError as error:
        raise CannotUse("The content database does not answer; nothing was changed.") from error
    if half:
        raise HalfRestored


def upgrade(config: Config, revision: str = "head") -> None:
    """Bring both databases to `revision`; does nothing when they are there already.

    Raises:
        HalfRestored: a restore began here and did not end.
        CannotUse: one of them could not be brought there; it is as it was before.
    """
    refuse_half(config)
    for store, url in (("content", config.database_url), ("keys", config.keys_url)):
        upgrade_store(store, url, revision)


def upgrade_store(store: str, url: str, revision: str = "head") -> None:
    """Bring one of the two stores to `revision`.

    Raises:
        CannotUse: it could not be brought there; it is as it was before.
    """
    from alembic import command  # noqa: PLC0415 - seven megabytes that a worker of the server does not need
    from alembic.util import CommandError  # noqa: PLC0415

    try:
        command.upgrade(alembic_config(store, url), revision)
    except CommandError as error:
        sentence = f"The {store} database is of a newer version of Ons Plan: update the product, then start again."
        raise CannotUse(sentence) from error
    except SQLAlchemyError as error:
        sort = type(getattr(error, "orig", None) or error).__name__
        sentence = f"The {store} database could not be brought to this version ({sort}); it is as it was before."
        raise CannotUse(sentence) from error


def alembic_config(store: str, url: str) -> AlembicConfig:
    """Alembic's settings for one of the two stores: `content` or `keys`."""
    from alembic.config import Config as AlembicConfig  # noqa: PLC0415 - as in `upgrade`

    settings = AlembicConfig()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.set_main_option("version_locations", str(MIGRATIONS / ("versions" if store == "content" else "keys")))
    settings.set_main_option("path_separator", "os")
    settings.attributes["store"] = store
    settings.attributes["url"] = url
    return settings

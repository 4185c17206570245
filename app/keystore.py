"""The key store: wrapped keys, and the endings that a restore must repeat. A database of its own.

It never shares a database or a backup with content (see `docs/operate.md`): content without its key is noise, and
deleting a key deletes what old backups hold.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from flask import current_app, g
from sqlalchemy import Connection, LargeBinary, MetaData, String, Uuid, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app import memory
from app.config import Config
from app.db import NAMING, Instant, db, empty_log, now
from app.vault import NotOpened, RootKey, fingerprint, new_secret, unwrap, wrap

FIRST, LOOKUP, BACKUP = 1, "lookup", "backup"
# Ids in one statement; milliseconds that a request waits to write the table of keys anew.
AT_ONCE, SCRUB_WAIT = 500, 2000
LEFT_BEHIND = "SELECT sum(n_dead_tup) FROM pg_stat_user_tables WHERE relname = 'wrapped_key'"


class KeysBase(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Instant}


class WrappedKey(KeysBase):
    """The key of one root, wrapped by the master key."""

    __tablename__ = "wrapped_key"
    root_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]


class NamedKey(KeysBase):
    """A key of the server itself, such as the one that look-ups are hashed with."""

    __tablename__ = "named_key"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class Ending(KeysBase):
    """A stop or a deletion: an older backup of the content may not bring it back."""

    __tablename__ = "ending"
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]


class Ended(StrEnum):
    SHARE = "share"
    CARD = "card"
    SEAT = "seat"
    MEMBER = "member"
    INVITE = "invite"
    PLAN = "plan"
    ACCOUNT = "account"
    PASSKEY = "passkey"
    RECOVERY = "recovery"
    START_CARD = "start_card"
    TRUSTED = "trusted"
    LINK = "link"


_keys = WrappedKey.__table__.c
# Asked at every request; built once.
_NEWEST_KEY = (
    select(_keys.number, _keys.wrapped)
    .where(_keys.root_id == bindparam("root", type_=Uuid()))
    .order_by(_keys.number.desc())
    .limit(1)
)
_ALL_KEYS = (
    select(_keys.root_id, _keys.number, _keys.wrapped)
    .where(_keys.root_id.in_(bindparam("roots", expanding=True)))
    .order_by(_keys.number)
)


class NoKey(Exception):
    """The root has no key here: it was deleted, or the key store is another one."""


def _config() -> Config:
    config: Config = current_app.extensions["onsplan.config"]
    return config


def make_key(root: UUID) -> RootKey:
    """Make and keep the first key of a new root."""
    key = RootKey(root, FIRST, new_secret())
    wrapped = wrap(_config().master_key, f"{root}/{FIRST}", key.secret)
    with db.get_engine("keys").begin() as keys:
        keys.execute(insert(WrappedKey).values(root_id=root, number=FIRST, wrapped=wrapped, made_at=now()))
    _held()[root] = key
    return key


def key_of(root: UUID) -> RootKey:
    """The key of a root; read once per request.

    Raises:
        NoKey: there is none.
    """
    held = _held()
    if root not in held:
        with db.get_engine("keys").connect() as keys:
            row = keys.execute(_NEWEST_KEY, {"root": root}).first()
        if row is None:
            memory.forget(root)
            raise NoKey(str(root))
        held[root] = RootKey(root, row.number, unwrap(_config().master_key, f"{root}/{row.number}", row.wrapped))
    return held[root]


def read_keys(roots: Collection[UUID]) -> None:
    """Read the keys of several roots at once, so that `key_of` asks no more for them in this request."""
    missing = [root for root in dict.fromkeys(roots) if root not in _held()]
    if not missing:
        return
    with db.get_engine("keys").connect() as keys:
        rows = keys.execute(_ALL_KEYS, {"roots": missing}).all()
    for row in rows:
        name = f"{row.root_id}/{row.number}"
        _held()[row.root_id] = RootKey(row.root_id, row.number, unwrap(_config().master_key, name, row.wrapped))


def _held() -> dict[UUID, RootKey]:
    held: dict[UUID, RootKey] = g.setdefault("root_keys", {})
    return held


def record_ending(subject: UUID, kind: Ended) -> None:
    """Note that something ended, so that a restored backup cannot bring it back. Noting twice is once."""
    with suppress(IntegrityError), db.get_engine("keys").begin() as keys:
        keys.execute(insert(Ending).values(subject_id=subject, kind=kind.value, at=now()))


def destroy_key(root: UUID) -> None:
    """Delete a root's keys, and what else is kept of it: what they sealed is noise now, in every old backup too."""
    with db.get_engine("keys").begin() as keys:
        for table in (one for one in KeysBase.metadata.tables.values() if "root_id" in one.columns):
            keys.execute(delete(table).where(table.columns.root_id == root))
    # The log in which SQLite writes ahead still holds it.
    empty_log(db.get_engine("keys"))
    _held().pop(root, None)
    memory.forget(root)


def forget_endings(subjects: Sequence[UUID]) -> None:
    """Endings of things that are gone with the whole they were in: the ending of that whole says it all."""
    with db.get_engine("keys").begin() as keys:
        for first in range(0, len(subjects), AT_ONCE):
            some = subjects[first : first + AT_ONCE]
            keys.execute(delete(Ending).where(Ending.subject_id.in_(some), Ending.kind != Ended.ACCOUNT))


def scrub(*, later: bool = False) -> bool:
    """Take what was deleted out of the files of the key store too: a deleted row lies there until it is overwritten.

    Args:
        later: once more, for when it was not done at once; PostgreSQL knows whether there is anything to do.

    Returns:
        Whether it was done; else the hourly tidying tries again. PostgreSQL's own log is left: `docs/operate.md`.
    """
    engine = db.get_engine("keys")
    if engine.dialect.name != "postgresql":
        return empty_log(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as keys:
        if later and not keys.exec_driver_sql(LEFT_BEHIND).scalar():
            return True
        keys.exec_driver_sql(f"SET lock_timeout = {SCRUB_WAIT}")
        try:
            # Only this writes the table anew; without it what was deleted stays in its pages.
            keys.exec_driver_sql("VACUUM (FULL) wrapped_key")
        except OperationalError:
            return False
        finally:
            keys.exec_driver_sql("RESET lock_timeout")
    return True


def forget_gone() -> None:
    """Forget what this worker opened with keys that another worker destroyed: nobody may ask it for them again."""
    roots = memory.roots()
    if not roots:
        return
    with db.get_engine("keys").connect() as keys:
        there = set(keys.scalars(select(WrappedKey.root_id).where(WrappedKey.root_id.in_(roots))))
    for root in roots - there:
        memory.forget(root)


def look_up_hash(purpose: str, value: str) -> bytes:
    """The keyed hash by which a secret (a link, a card number, a session) is found without being stored."""
    lookup_key: bytes | None = current_app.extensions.get("onsplan.lookup")
    if lookup_key is None:
        lookup_key = _named(LOOKUP)
        current_app.extensions["onsplan.lookup"] = lookup_key
    return fingerprint(lookup_key, purpose, value)


def backup_key(*, make: bool) -> bytes:
    """The key that backups of content are sealed with. It outlives every master key.

    Args:
        make: whether there is one from now on.

    Raises:
        NoKey: there is none.
        NotOpened: another master key wraps it.
    """
    with db.get_engine("keys").connect() as keys:
        there = keys.execute(select(NamedKey.name).where(NamedKey.name == BACKUP)).first()
    if there is None and not make:
        raise NoKey(BACKUP)
    return _named(BACKUP)


def endings() -> list[tuple[Ended, UUID]]:
    """All stops and deletions that are noted, oldest first."""
    query = select(Ending.kind, Ending.subject_id).order_by(Ending.at, Ending.subject_id)
    with db.get_engine("keys").connect() as keys:
        return [(Ended(row.kind), row.subject_id) for row in keys.execute(query)]


def has_key(root: UUID) -> bool:
    """Whether what belongs to a root can be opened here."""
    with db.get_engine("keys").connect() as keys:
        return keys.execute(_NEWEST_KEY, {"root": root}).first() is not None


def _named(name: str) -> bytes:
    """A key of the server, made on first use; of two workers that make it at once, one wins for both."""
    master, engine = _config().master_key, db.get_engine("keys")
    query = select(NamedKey.wrapped).where(NamedKey.name == name)
    with engine.connect() as keys:
        wrapped = keys.execute(query).scalar()
    if wrapped is None:
        with suppress(IntegrityError), engine.begin() as keys:
            keys.execute(insert(NamedKey).values(name=name, wrapped=wrap(master, name, new_secret())))
        with engine.connect() as keys:
            wrapped = keys.execute(query).scalar_one()
    return unwrap(master, name, wrapped)


def rewrap(old: bytes, new: bytes) -> int:
    """Wrap every key again with a new master key, in one transaction; how many there were."""
    with db.get_engine("keys").begin() as keys:
        count = _rewrap_roots(keys, old, new) + _rewrap_named(keys, old, new)
    empty_log(db.get_engine("keys"))
    return count


def opens(master: bytes) -> bool:
    """Whether the keys here are wrapped with this master key; so it is when there are none yet. All are, or none."""
    with db.get_engine("keys").connect() as keys:
        named = [(row.name, row.wrapped) for row in keys.execute(select(NamedKey.name, NamedKey.wrapped))]
        roots = keys.execute(select(WrappedKey.root_id, WrappedKey.number, WrappedKey.wrapped).limit(1)).all()
    try:
        for name, wrapped in [*named, *((f"{row.root_id}/{row.number}", row.wrapped) for row in roots)]:
            unwrap(master, name, wrapped)
    except NotOpened:
        return False
    return True


def _rewrap_roots(keys: Connection, old: bytes, new: bytes) -> int:
    rows = keys.execute(select(WrappedKey.root_id, WrappedKey.number, WrappedKey.wrapped)).all()
    for row in rows:
        name = f"{row.root_id}/{row.number}"
        keys.execute(
            update(WrappedKey)
            .where(WrappedKey.root_id == row.root_id, WrappedKey.number == row.number)
            .values(wrapped=wrap(new, name, unwrap(old, name, row.wrapped)))
        )
    return len(rows)


def _rewrap_named(keys: Connection, old: bytes, new: bytes) -> int:
    rows = keys.execute(select(NamedKey.name, NamedKey.wrapped)).all()
    for row in rows:
        wrapped = wrap(new, row.name, unwrap(old, row.name, row.wrapped))
        keys.execute(update(NamedKey).where(NamedKey.name == row.name).values(wrapped=wrapped))
    return len(rows)

"""Who sees an item, whether it lies in the bin and which media are on it, as the family last wanted it.

Kept in the key store whenever that changes, sealed under the key of its root, so that an older backup of the content
opens to nobody what was closed since, and shows nothing that was taken away (decision 0028).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import LargeBinary, delete, event, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import db, now
from app.items import Body, Kind, media_in
from app.keystore import AT_ONCE, KeysBase, NoKey, key_of
from app.rooms import KINDS, media
from app.vault import seal, unseal

BESIDE: dict[str, Callable[[UUID, msgspec.Raw], None]] = {}


class StandingRow(KeysBase):
    """How one item stands, as it was noted last; deleting the key of its root takes it along."""

    __tablename__ = "standing"
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    root_id: Mapped[UUID] = mapped_column(index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


TABLE = StandingRow.__tablename__


class Standing(msgspec.Struct, frozen=True, omit_defaults=True):
    """How one item stands.

    Attributes:
        kind: its kind, or what a room calls a thing beside the items.
        gates: the fields of its payload that say who sees it, as `Kind.encode` writes them.
        away: whether it lies in the bin, or was erased from there.
        media: the photos, voice notes and films on it.
        due_at: when what it opens ends; for a kind that `lasts`.
    """

    kind: str
    gates: msgspec.Raw
    away: bool = False
    media: tuple[UUID, ...] = ()
    due_at: datetime | None = None


def bring_standing(name: str, put_back: Callable[[UUID, msgspec.Raw], None]) -> None:
    """Register how something beside the items stands again after a restore: `put_back(id, gates)`, as it was noted,
    also for what the backup does not know. It commits nothing.
    """
    BESIDE[name] = put_back


def standing_of(kind: Kind[Any], body: Body, due_at: datetime | None, *, away: bool) -> Standing:
    """How an item with this payload stands."""
    gates = kind.body(**{name: getattr(body, name) for name in kind.gates})
    there = sorted(medium.id for medium in media_in(body).values())
    return Standing(kind.name, msgspec.Raw(kind.encode(gates)), away, tuple(there), due_at if kind.lasts else None)


def note(root: UUID, found: Iterable[tuple[UUID, Standing]]) -> None:
    """Keep how items of a root stand from now on, once the change that is going on is committed, and only then."""
    for item, standing in found:
        sealed = seal(key_of(root), TABLE, item, msgspec.json.encode(standing))
        row = {"item_id": item, "root_id": root, "sealed": sealed}
        db.session.info.setdefault("standings", {})[item] = row


@event.listens_for(Session, "before_commit")
def _keep(session: Session) -> None:
    """Nothing refuses any more, and who wrote the same rows in this moment was overtaken."""
    rows = list(session.info.pop("standings", {}).values())
    if not rows:
        return
    with db.get_engine("keys").begin() as keys:
        for first in range(0, len(rows), AT_ONCE):
            some = rows[first : first + AT_ONCE]
            keys.execute(delete(StandingRow).where(StandingRow.item_id.in_([row["item_id"] for row in some])))
            keys.execute(insert(StandingRow), some)


@event.listens_for(Session, "after_rollback")
def _let_be(session: Session) -> None:
    session.info.pop("standings", None)


def put_back() -> int:
    """After a restore: everything the backup holds stands as it was noted last; how much was noted. What stands so
    already stays as it is, to the last byte.

    What was taken away lies in the bin for 30 days anew, so that a restore destroys nothing.
    """
    with db.get_engine("keys").connect() as keys:
        noted = keys.execute(select(StandingRow.root_id, StandingRow.item_id, StandingRow.sealed)).all()
    for row in noted:
        try:
            opened = unseal(key_of(row.root_id), TABLE, row.item_id, row.sealed)
        except NoKey:
            # Noted in the very moment its plan was deleted: nothing of that is left.
            continue
        standing = msgspec.json.decode(opened, type=Standing)
        if standing.kind in BESIDE:
            BESIDE[standing.kind](row.item_id, standing.gates)
        else:
            _put_back(KINDS[standing.kind], row.root_id, row.item_id, standing)
    db.session.commit()
    return len(noted)


def _put_back(kind: Kind[Any], root: UUID, item: UUID, standing: Standing) -> None:
    table = kind.table
    query = select(table.sealed, table.removed_at, table.due_at).where(table.id == item)
    row = db.session.execute(query).first()
    if row is None:
        return
    body = kind.decode(unseal(key_of(root), kind.name, item, row.sealed))
    if standing_of(kind, body, row.due_at, away=row.removed_at is not None) == standing:
        return
    last = kind.decode(standing.gates)
    gone = {name: medium.id for name, medium in media_in(body).items() if medium.id not in standing.media}
    if gone:
        media().moved(root, item, gone.values(), ())
    fields = {name: getattr(last, name) for name in kind.gates}
    body = msgspec.structs.replace(body, **fields, **dict.fromkeys(gone))
    values = {"due_at": standing.due_at} if kind.lasts else {}
    values["removed_at"] = (row.removed_at or now()) if standing.away else None
    sealed = seal(key_of(root), kind.name, item, kind.encode(body))
    db.session.execute(update(table).where(table.id == item).values(sealed=sealed, **values))

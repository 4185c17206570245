"""The shelf of sheets: one of each sort per member, sealed under the plan's key.

It stands beside the door of writing: a sheet is a copy, made anew from what its member sees whenever that changed, so
it needs no history, no undo and no version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.change import NotPermitted
from app.db import db, now
from app.export.models import SheetRow
from app.export.nouns import Choice, Kept, SheetState, Sort
from app.keystore import key_of, look_up_hash
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.vault import seal, unseal

TABLE = "sheet"


@dataclass(frozen=True)
class Sheet:
    """One sheet, opened."""

    id: UUID
    plan: UUID
    member: UUID
    sort: Sort
    state: SheetState
    asked_at: datetime
    kept: Kept


def id_of(member: UUID, sort: Sort) -> UUID:
    """Which sheet is whose; nobody can work it out who lacks the server's key."""
    return UUID(bytes=look_up_hash("sheet", f"{member}/{sort}")[:16], version=4)


def of_actor(actor: Actor, id: UUID) -> Sheet | None:  # noqa: A002
    """A sheet of this actor's own; None for any other."""
    found = _found(id)
    return found if found is not None and (found.plan, found.member) == (actor.plan, actor.seat) else None


def waiting(id: UUID) -> Sheet | None:  # noqa: A002
    """A sheet that still must be made."""
    found = _found(id)
    return found if found is not None and found.state is SheetState.WAITING else None


def all_waiting() -> Iterable[UUID]:
    """Every sheet that still must be made, longest waited for first."""
    rows = select(SheetRow.id).where(SheetRow.state == SheetState.WAITING).order_by(SheetRow.asked_at)
    return db.session.scalars(rows).all()


def of_plan(plan: UUID) -> Iterable[UUID]:
    """Every sheet of one plan."""
    return db.session.scalars(select(SheetRow.id).where(SheetRow.plan_id == plan)).all()


def _found(id: UUID) -> Sheet | None:  # noqa: A002
    row = db.session.scalars(select(SheetRow).where(SheetRow.id == id)).first()
    if row is None:
        return None
    kept = msgspec.msgpack.decode(unseal(key_of(row.plan_id), TABLE, row.id, row.sealed), type=Kept)
    return Sheet(row.id, row.plan_id, row.member_id, Sort(row.sort), SheetState(row.state), row.asked_at, kept)


def ask(actor: Actor, sort: Sort, choice: Choice) -> UUID:
    """Note that a member wants a sheet; what lay there of that sort is gone."""
    plan, member = actor.plan, actor.seat
    if plan is None or member is None:
        raise NotPermitted
    id = id_of(member, sort)  # noqa: A001
    values = {"state": SheetState.WAITING, "asked_at": now(), "sealed": _sealed(plan, id, Kept(choice))}
    if not _update(id, values):
        try:
            db.session.execute(insert(SheetRow).values(id=id, plan_id=plan, member_id=member, sort=sort, **values))
            db.session.commit()
        except IntegrityError:
            # A tap too many was a moment earlier.
            db.session.rollback()
    return id


def put(sheet: Sheet, state: SheetState, kept: Kept) -> bool:
    """Put what was made on the shelf; False when its member asked for another one meanwhile, and that one waits."""
    values = {"state": state, "sealed": _sealed(sheet.plan, sheet.id, kept)}
    return _update(sheet.id, values, SheetRow.asked_at == sheet.asked_at, SheetRow.state == SheetState.WAITING)


def throw_away(id: UUID) -> None:  # noqa: A002
    """Forget a sheet whose member is gone."""
    db.session.execute(delete(SheetRow).where(SheetRow.id == id))
    db.session.commit()


def forget(actor: Actor, before: datetime) -> None:
    """Forget sheets that were asked for before this instant.

    Raises:
        NotPermitted: the actor is not the system with a reason.
    """
    if not permits(actor, Action.ERASE):
        raise NotPermitted
    db.session.execute(delete(SheetRow).where(SheetRow.asked_at < before))
    db.session.commit()


def _update(id: UUID, values: Mapping[str, object], *only: object) -> bool:  # noqa: A002
    done = db.session.execute(update(SheetRow).where(SheetRow.id == id, *only).values(**values))  # type: ignore[arg-type]
    db.session.commit()
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _sealed(plan: UUID, id: UUID, kept: Kept) -> bytes:  # noqa: A002
    return seal(key_of(plan), TABLE, id, msgspec.msgpack.encode(kept))

"""After 30 days in the bin an item and its history are erased: a job's work, beside the door, leaving no entry."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select

from app.db import Base, db, empty_log
from app.edits import NotPermitted
from app.history.models import FormKey, HistoryEntry, HistoryLine
from app.items import Kind, Thing
from app.keystore import Ended, destroy_key, forget_endings, record_ending, scrub
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.rooms import ERASING, KINDS, media, outlives


def erase_bin(actor: Actor, before: datetime) -> int:
    """Erase what was put in the bin before this instant, with its history; how many items that were.

    Raises:
        NotPermitted: the actor is not the system with a reason.
    """
    if not permits(actor, Action.ERASE):
        raise NotPermitted
    erased = 0
    for kind in reversed(KINDS.values()):
        table = kind.table
        gone = db.session.scalars(select(table.id).where(table.removed_at < before)).all()
        for item in gone:
            erased += _erase(kind, item)
    db.session.execute(delete(FormKey).where(FormKey.at < before))
    db.session.commit()
    return erased


def erase_plan(actor: Actor, plan: UUID) -> None:
    """Erase a plan, whole: its key first, so that all the rest is noise whatever stops this; done again it goes on.

    Of all that was in it only this ending is left, which is enough to end it once more after a restore.

    Raises:
        NotPermitted: the actor is not the system with a reason.
    """
    if not permits(actor, Action.ERASE):
        raise NotPermitted
    record_ending(plan, Ended.PLAN)
    destroy_key(plan)
    afterwards = [forget(plan) for forget in ERASING]
    tables = [table for table in reversed(Base.metadata.sorted_tables) if "plan_id" in table.columns]
    for table in tables:
        forget_endings(db.session.scalars(select(table.columns.id).where(table.columns.plan_id == plan)).all())
    for table in tables:
        db.session.execute(delete(table).where(table.columns.plan_id == plan))
    row = KINDS["plan"].table
    db.session.execute(delete(row).where(row.id == plan))
    db.session.commit()
    for end in afterwards:
        if end is not None:
            end()
    scrub()
    empty_log(db.engine)


def erase_items(actor: Actor, items: Iterable[Thing[Any]]) -> None:
    """Erase these items with their history, inside a change that is going on.

    Raises:
        NotPermitted: the actor is not the system with a reason.
    """
    if not permits(actor, Action.ERASE):
        raise NotPermitted
    for thing in items:
        _erase(thing.kind, thing.id)


def erase_media(actor: Actor, items: Iterable[Thing[Any]]) -> None:
    """Erase the photos, voice notes and films of these items, which themselves stay, inside a change that is going on.

    Raises:
        NotPermitted: the actor is not the system with a reason.
    """
    if not permits(actor, Action.ERASE):
        raise NotPermitted
    for thing in items:
        media().erased(thing.id)


def erase_lines(actor: Actor, lines: Collection[UUID]) -> None:
    """Erase these lines of the history, inside a change that is going on.

    Raises:
        NotPermitted: the actor is not the system with a reason.
    """
    if not permits(actor, Action.ERASE):
        raise NotPermitted
    _erase_lines(HistoryLine.id.in_(lines))


def _erase(kind: Kind[Any], item: UUID) -> int:
    erased = 1
    for hanging, column in _hanging_on(kind):
        table = hanging.table.__table__.c
        for child, plan in db.session.execute(select(table.id, table.plan_id).where(column == item)).all():
            erased += 0 if outlives(hanging, plan, child) else _erase(hanging, child)
    _erase_lines(HistoryLine.item_id == item)
    media().erased(item)
    db.session.execute(delete(kind.table).where(kind.table.id == item))
    return erased


def _erase_lines(which: ColumnElement[bool]) -> None:
    """Erase lines of the history, and the changes that nothing is left of."""
    touched = list(db.session.scalars(select(HistoryLine.entry_id).where(which)))
    db.session.execute(delete(HistoryLine).where(which))
    left = set(db.session.scalars(select(HistoryLine.entry_id).where(HistoryLine.entry_id.in_(touched))))
    db.session.execute(delete(HistoryEntry).where(HistoryEntry.id.in_(set(touched) - left)))


def _hanging_on(kind: Kind[Any]) -> list[tuple[Kind[Any], Any]]:
    """What cannot be without an item of this kind (a step of a goal, a share with a person), and by which column."""
    table = kind.table.__table__
    return [
        (other, column)
        for other in KINDS.values()
        for column in other.table.__table__.columns
        if column.name != "plan_id" and any(key.column.table is table for key in column.foreign_keys)
    ]

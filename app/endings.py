"""What a restore repeats: stops and deletions that were noted since the backup, so that it lets nobody in again.

Rooms say how, each for its own sorts of ending. None of it leaves a line in a history: the one that
told of it is gone with what came after the backup.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import update

from app.db import db
from app.items import Kind
from app.keystore import Ended, endings

ENDINGS: dict[Ended, Callable[[UUID], object]] = {}
RESTORED: dict[str, Callable[[], None]] = {}
# Nothing else can be read of what these end.
_FIRST = (Ended.PLAN, Ended.ACCOUNT)


def bring_ending(sort: Ended, end: Callable[[UUID], object]) -> None:
    """Register how something of a sort ends again: `end(id)`, also for what is gone or ended before."""
    ENDINGS[sort] = end


def bring_restored(room: str, put_right: Callable[[], None]) -> None:
    """Register what a room puts right once a backup was restored, before anything ends again."""
    RESTORED[room] = put_right


def noted() -> list[tuple[Ended, UUID]]:
    """All endings there are, in the order in which they are repeated."""
    found = endings()
    return sorted(found, key=lambda ending: ending[0] not in _FIRST)


def repeat(sort: Ended, subject: UUID) -> None:
    """End something once more: what is gone, or ended before, stays so.

    Raises:
        KeyError: no room knows this sort.
    """
    ENDINGS[sort](subject)
    db.session.commit()


def awaken() -> None:
    """Let rooms put right what time alone would do wrong to rows that slept for a while."""
    for put_right in RESTORED.values():
        put_right()
    db.session.commit()


def put_state(kind: Kind[Any], item: UUID, state: StrEnum, instead_of: Collection[StrEnum]) -> None:
    """Give an item the state in which it ended; whoever repeats commits."""
    table = kind.table
    ending = update(table).where(table.id == item, table.state.in_([one.value for one in instead_of]))
    db.session.execute(ending.values(state=state.value))


def put_off(kind: Kind[Any], state: StrEnum, until: datetime) -> None:
    """Let what is due in this state be due no sooner than then; whoever repeats commits."""
    table = kind.table
    later = update(table).where(table.state == state.value, table.due_at < until)
    db.session.execute(later.values(due_at=until))

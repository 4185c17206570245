"""The rows of photos, which stand beside the door: no word of a family is in them, and the door itself moves them.

A row says that a photo is there and where its files lie, so files are laid away before their row and taken away after
it: whatever stops in between leaves files without a row, which the hourly tidying takes away a day later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, delete, event, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.db import db, now
from app.edits import NotPermitted
from app.media.models import PhotoRow
from app.media.shelf import NoAnswer, Shelf, shelf
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.rooms import KINDS

# A photo that gave way to another can come back as long as what lies in the bin can.
KEPT_FOR = timedelta(days=30)
# A file may lie there without its row for as long as a form may take to be saved, and very much longer.
ON_ITS_WAY = timedelta(days=1)
AT_ONCE = 500

_photo = PhotoRow.__table__.c
_FILES = (_photo.small, _photo.large)


def add(photo: UUID, plan: UUID, small: str, large: str) -> None:
    """Note where the files of a photo lie, inside a change that is going on; the door says what it is on."""
    at = now()
    values = {"id": photo, "plan_id": plan, "small": small, "large": large, "created_at": at, "removed_at": at}
    db.session.execute(insert(PhotoRow).values(**values))


def leave(photo: UUID, plan: UUID, small: str, large: str) -> None:
    """Note the files of a photo that is on nothing yet, by itself; left so it is erased 30 days later."""
    add(photo, plan, small, large)
    db.session.commit()


def how_many(plan: UUID) -> tuple[int, int]:
    """How many photos a plan has, and how many with those that were let go of; no transaction is open afterwards."""
    query = select(func.count(), func.count(_photo.removed_at)).where(_photo.plan_id == plan)
    with db.engine.connect() as connection:
        whole, let_go = connection.execute(query).one()
    return whole - let_go, whole


def moved(plan: UUID, item: UUID, gone: Collection[UUID], come: Collection[UUID]) -> None:
    """An item has other photos. What came must be of this plan, and on this item or on nothing yet, ever.

    Raises:
        NotPermitted: it is not.
    """
    mine = update(PhotoRow).where(_photo.plan_id == plan)
    if gone:
        db.session.execute(mine.where(_photo.id.in_(gone), _photo.item_id == item).values(removed_at=now()))
    if come:
        free = or_(_photo.item_id.is_(None), _photo.item_id == item)
        found = db.session.execute(mine.where(_photo.id.in_(come), free).values(item_id=item, removed_at=None))
        if found.rowcount != len(come):  # type: ignore[attr-defined]
            raise NotPermitted


def is_there(plan: UUID, item: UUID, photo: UUID) -> bool:
    """Whether a photo that this item had can come back."""
    query = select(_photo.id).where(_photo.plan_id == plan, _photo.item_id == item, _photo.id == photo)
    return db.session.execute(query).first() is not None


def erased(root: UUID) -> None:
    """An item or a whole plan is erased: so are the rows of its photos, and their files once that is committed."""
    _erase(or_(_photo.item_id == root, _photo.plan_id == root))


def tidy(actor: Actor, at: datetime) -> None:
    """Erase photos that were let go of 30 days ago, and files that never came to a row.

    Raises:
        NotPermitted: the actor is not the system with a reason.
    """
    if not permits(actor, Action.ERASE):
        raise NotPermitted
    _erase(_photo.removed_at < at - KEPT_FOR)
    db.session.commit()
    try:
        _sweep(shelf(), at - ON_ITS_WAY)
    except NoAnswer as silence:
        current_app.logger.warning("Tidying files failed: %s", type(silence).__name__)


def _erase(which: ColumnElement[bool]) -> None:
    for row in db.session.execute(delete(PhotoRow).where(which).returning(*_FILES)):
        db.session.info.setdefault("files", []).extend(row)


@event.listens_for(Session, "after_commit")
def _take_away(session: Session) -> None:
    """The rows are gone for good: now their files go. What stops this leaves them to the tidying."""
    names: list[str] = session.info.pop("files", [])
    if names:
        try:
            shelf().remove(names)
        except OSError as error:
            current_app.logger.warning("Files without a row stay for a day: %s", type(error).__name__)


@event.listens_for(Session, "after_rollback")
def _let_stay(session: Session) -> None:
    session.info.pop("files", None)


def _sweep(files: Shelf, before: datetime) -> None:
    """Take files away that have no row. A database without any plan may be the wrong one, so there nothing goes."""
    if db.session.execute(select(KINDS["plan"].table.id).limit(1)).first() is None:
        return
    files.clear(before)
    for names in _some(files.names(before)):
        files.remove(set(names) - _known(names))


def _known(names: Sequence[str]) -> set[str]:
    rows = db.session.execute(select(*_FILES).where(or_(_photo.small.in_(names), _photo.large.in_(names))))
    known = {name for row in rows for name in row}
    db.session.rollback()
    return known


def _some(names: Iterable[str]) -> Iterator[Sequence[Any]]:
    rest = iter(names)
    while some := list(islice(rest, AT_ONCE)):
        yield some

"""The rows of photos, voice notes and films, which stand beside the door: no word of a family is in them, and the door
itself moves them.

A row says that one is there and where its files lie, so files are laid away before their row and taken away after
it: whatever stops in between leaves files without a row, which the hourly tidying takes away a day later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, delete, event, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.db import db, now
from app.edits import NotPermitted
from app.media.models import MediumRow
from app.media.nouns import Sort
from app.media.shelf import NoAnswer, Shelf, shelf
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.rooms import KINDS

# One that gave way to another can come back as long as what lies in the bin can.
KEPT_FOR = timedelta(days=30)
# A file may lie there without its row for as long as a form may take to be saved, and very much longer.
ON_ITS_WAY = timedelta(days=1)
AT_ONCE = 500

_medium = MediumRow.__table__.c
_FILES = (_medium.small, _medium.large)


class Weight(NamedTuple):
    """What a plan has.

    Attributes:
        shown: how many photos, voice notes and films.
        kept: how many with those that were let go of.
        size: the bytes of all those.
    """

    shown: int
    kept: int
    size: int


class Files(NamedTuple):
    """The files of one medium: their names, and how many bytes they have together."""

    sort: Sort
    small: str | None
    large: str
    size: int

    @property
    def names(self) -> list[str]:
        """Those that there are."""
        return [name for name in (self.small, self.large) if name is not None]


def add(medium: UUID, plan: UUID, files: Files) -> None:
    """Note where its files lie, inside a change that is going on; the door says what it is on."""
    at = now()
    values = {"id": medium, "plan_id": plan, "created_at": at, "removed_at": at, **files._asdict()}
    db.session.execute(insert(MediumRow).values(**values))


def leave(medium: UUID, plan: UUID, files: Files) -> None:
    """Note the files of one that is on nothing yet, by itself; left so it is erased 30 days later."""
    add(medium, plan, files)
    db.session.commit()


def weight_of(plan: UUID) -> Weight:
    """How much a plan has; no transaction is open afterwards."""
    counts = (func.count(), func.count(_medium.removed_at), func.coalesce(func.sum(_medium.size), 0))
    with db.engine.connect() as connection:
        kept, let_go, size = connection.execute(select(*counts).where(_medium.plan_id == plan)).one()
    return Weight(kept - let_go, kept, int(size))


def moved(plan: UUID, item: UUID, gone: Collection[UUID], come: Collection[UUID]) -> None:
    """An item has other ones. What came must be of this plan, and on this item or on nothing yet, ever.

    Raises:
        NotPermitted: it is not.
    """
    mine = update(MediumRow).where(_medium.plan_id == plan)
    if gone:
        db.session.execute(mine.where(_medium.id.in_(gone), _medium.item_id == item).values(removed_at=now()))
    if come:
        free = or_(_medium.item_id.is_(None), _medium.item_id == item)
        found = db.session.execute(mine.where(_medium.id.in_(come), free).values(item_id=item, removed_at=None))
        if found.rowcount != len(come):  # type: ignore[attr-defined]
            raise NotPermitted


def is_there(plan: UUID, item: UUID, medium: UUID) -> bool:
    """Whether one that this item had can come back."""
    query = select(_medium.id).where(_medium.plan_id == plan, _medium.item_id == item, _medium.id == medium)
    return db.session.execute(query).first() is not None


def erased(root: UUID) -> None:
    """An item or a whole plan is erased: so are the rows of what was on it, and their files once that is committed."""
    _erase(or_(_medium.item_id == root, _medium.plan_id == root))


def tidy(actor: Actor, at: datetime) -> None:
    """Erase what was let go of 30 days ago, and files that never came to a row.

    Raises:
        NotPermitted: the actor is not the system with a reason.
    """
    if not permits(actor, Action.ERASE):
        raise NotPermitted
    _erase(_medium.removed_at < at - KEPT_FOR)
    db.session.commit()
    try:
        _sweep(shelf(), at - ON_ITS_WAY)
    except NoAnswer as silence:
        current_app.logger.warning("Tidying files failed: %s", type(silence).__name__)


def _erase(which: ColumnElement[bool]) -> None:
    for row in db.session.execute(delete(MediumRow).where(which).returning(*_FILES)):
        db.session.info.setdefault("files", []).extend(name for name in row if name is not None)


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
    rows = db.session.execute(select(*_FILES).where(or_(_medium.small.in_(names), _medium.large.in_(names))))
    known = {name for row in rows for name in row}
    db.session.rollback()
    return known


def _some(names: Iterable[str]) -> Iterator[Sequence[Any]]:
    rest = iter(names)
    while some := list(islice(rest, AT_ONCE)):
        yield some

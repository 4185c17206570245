"""The ledger of marks, beside the one door: technical, and no word of the family is in it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from flask import g
from sqlalchemy import ColumnElement, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from app.db import Instant, db
from app.news import rules
from app.news.models import NewsMark
from app.policy.actor import Actor


def since(actor: Actor, at: datetime) -> ColumnElement[datetime]:
    """From when on something is news to somebody at an instant, for the database to look up in the same query.

    Who looks at a page as somebody else gets it is not told what that one saw.
    """
    holder = None if "peek" in g else actor.seat
    mark = select(NewsMark.at).where(NewsMark.holder_id == holder).scalar_subquery()
    return func.coalesce(mark, literal(at - rules.FIRST, type_=Instant()))


def mark(actor: Actor, at: datetime) -> None:
    """Somebody saw all that was new at an instant. An older form, sent again, takes nothing back."""
    if actor.plan is None or actor.seat is None:
        return
    if not _moved(actor.seat, at):
        try:
            db.session.execute(insert(NewsMark).values(id=uuid4(), plan_id=actor.plan, holder_id=actor.seat, at=at))
        except IntegrityError:
            db.session.rollback()
            _moved(actor.seat, at)
    db.session.commit()


def _moved(holder: UUID, at: datetime) -> bool:
    there = db.session.execute(select(NewsMark.at).where(NewsMark.holder_id == holder)).scalar()
    if there is not None and there < at:
        db.session.execute(update(NewsMark).where(NewsMark.holder_id == holder, NewsMark.at < at).values(at=at))
    return there is not None

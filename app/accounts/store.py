"""Reads sessions and cards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import BrowserSession, SeatRow
from app.db import db, now
from app.keystore import look_up_hash
from app.web.session import Seat, Visitor


def visitor(token: str) -> Visitor | None:
    """The living session of a token, with its seats; None when there is none, or it ended. One query."""
    rows = db.session.execute(
        select(BrowserSession.id.label("session_id"), SeatRow.id, SeatRow.plan_id, SeatRow.kind, SeatRow.holder_id)
        .outerjoin(SeatRow, (SeatRow.session_id == BrowserSession.id) & SeatRow.ended_at.is_(None))
        .where(
            BrowserSession.token_hash == look_up_hash("session", token),
            BrowserSession.ended_at.is_(None),
            BrowserSession.expires_at > now(),
        )
        .order_by(SeatRow.created_at)
    ).all()
    if not rows:
        return None
    return Visitor(token, rows[0].session_id, tuple(_seat(row) for row in rows if row.id is not None))


def _seat(row: Any) -> Seat:
    return Seat(row.id, row.plan_id, row.kind, row.holder_id)


def seat_ids_of(session_id: UUID) -> list[UUID]:
    """The living seats of a session."""
    return list(
        db.session.scalars(select(SeatRow.id).where(SeatRow.session_id == session_id, SeatRow.ended_at.is_(None)))
    )

"""The sessions ledger: take a seat (the session rotates), leave, end. Writes beside the door; see house, choice 4."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import insert, update

from app.accounts.models import BrowserSession, SeatRow
from app.accounts.nouns import Device
from app.db import db, now
from app.keystore import key_of, look_up_hash
from app.vault import seal
from app.web.session import LASTS, Seat, Visitor

TOKEN_BYTES = 32


def take_seat(before: Visitor | None, plan: UUID, kind: str, holder: UUID, device: str) -> Visitor:
    """Give this browser a seat. Its session gets a new token, and keeps the seats it had; the old token dies.

    Args:
        before: the session of this browser until now.
        plan: the plan the seat is in.
        kind: `member` or `link`.
        holder: the member or share row it comes from.
        device: what the person may recognise this browser by ("gsm met Android").
    """
    token, session_id, seat_id, instant = secrets.token_urlsafe(TOKEN_BYTES), uuid4(), uuid4(), now()
    db.session.execute(
        insert(BrowserSession).values(
            id=session_id,
            token_hash=look_up_hash("session", token),
            created_at=instant,
            seen_at=instant,
            expires_at=instant + LASTS,
        )
    )
    kept = () if before is None else before.seats
    same = [seat.id for seat in kept if (seat.plan, seat.kind, seat.holder) == (plan, kind, holder)]
    if before is not None:
        _end(before.session_id, instant, move_seats_to=session_id)
        db.session.execute(update(SeatRow).where(SeatRow.id.in_(same)).values(ended_at=instant))
    db.session.execute(
        insert(SeatRow).values(
            id=seat_id,
            session_id=session_id,
            plan_id=plan,
            kind=kind,
            holder_id=holder,
            created_at=instant,
            sealed=seal(key_of(plan), SeatRow.__tablename__, seat_id, msgspec.json.encode(Device(name=device))),
        )
    )
    db.session.commit()
    seats = (*(seat for seat in kept if seat.id not in same), Seat(seat_id, plan, kind, holder))
    return Visitor(token, session_id, seats)


def end_session(here: Visitor) -> None:
    """End a session and every seat it holds; its token opens nothing any more."""
    _end(here.session_id, now())
    db.session.commit()


def end_seat(seat: UUID) -> None:
    """End one seat; the page open there gets the 404 at its next request."""
    db.session.execute(update(SeatRow).where(SeatRow.id == seat, SeatRow.ended_at.is_(None)).values(ended_at=now()))
    db.session.commit()


def end_seats_of(holder: UUID) -> None:
    """End all seats that came from one member or share, in whatever browser."""
    db.session.execute(
        update(SeatRow).where(SeatRow.holder_id == holder, SeatRow.ended_at.is_(None)).values(ended_at=now())
    )
    db.session.commit()


def _end(session_id: UUID, instant: datetime, move_seats_to: UUID | None = None) -> None:
    db.session.execute(update(BrowserSession).where(BrowserSession.id == session_id).values(ended_at=instant))
    seats = update(SeatRow).where(SeatRow.session_id == session_id, SeatRow.ended_at.is_(None))
    change = {"ended_at": instant} if move_seats_to is None else {"session_id": move_seats_to}
    db.session.execute(seats.values(**change))

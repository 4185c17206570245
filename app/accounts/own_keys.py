"""The keys that a child made itself: its accounts, cards and what they opened; not a card that a parent made for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, update

from app.accounts.models import CARD, Card, PlaceRow, SeatRow
from app.accounts.nouns import CardState, Device
from app.db import db, now
from app.endings import put_state
from app.keystore import Ended, key_of, record_ending
from app.vault import unseal


def end(member: UUID, but: UUID | None = None) -> None:
    """None of them opens a child's page any more, also after a restore; whoever calls commits.

    Args:
        member: the child's row.
        but: a browser's session that stays open.
    """
    instant = now()
    places = update(PlaceRow).where(PlaceRow.holder_id == member, PlaceRow.ended_at.is_(None))
    db.session.execute(places.values(ended_at=instant))
    for seat in _seats(member, but):
        record_ending(seat, Ended.SEAT)
        db.session.execute(update(SeatRow).where(SeatRow.id == seat).values(ended_at=instant))
    for card in _cards(member):
        record_ending(card, Ended.CARD)
        put_state(CARD, card, CardState.STOPPED, [CardState.ACTIVE])


def _seats(member: UUID, but: UUID | None) -> list[UUID]:
    found = select(SeatRow.id, SeatRow.plan_id, SeatRow.session_id, SeatRow.sealed).where(
        SeatRow.holder_id == member, SeatRow.ended_at.is_(None)
    )
    rows = [row for row in db.session.execute(found) if row.session_id != but]
    return [
        row.id for row in rows if not msgspec.json.decode(_unsealed(row, SeatRow.__tablename__), type=Device).lent_key
    ]


def _cards(member: UUID) -> list[UUID]:
    found = select(Card.id, Card.plan_id, Card.sealed).where(Card.member_id == member, Card.state == CardState.ACTIVE)
    return [row.id for row in db.session.execute(found) if CARD.decode(_unsealed(row, CARD.name)).child is None]


def _unsealed(row: Any, table: str) -> bytes:
    return unseal(key_of(row.plan_id), table, row.id, row.sealed)

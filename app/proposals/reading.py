"""When a guest read the family's answers: a ledger beside the door, for it is no content and belongs to no history."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, update

from app.db import db, now
from app.policy.actor import Actor
from app.proposals import store
from app.proposals.models import LineRow, ProposalRow
from app.proposals.nouns import LineState
from app.proposals.store import LineView

ANSWERED = (LineState.ACCEPTED, LineState.DECLINED)


def unread_of(lines: Iterable[LineView]) -> set[UUID]:
    """Which of these lines have an answer that was not read yet."""
    ids = [line.thing.id for line in lines if line.standing in ANSWERED]
    return set(db.session.scalars(select(LineRow.id).where(LineRow.id.in_(ids), LineRow.read_at.is_(None))))


def mark_read(lines: Iterable[UUID]) -> None:
    """Keep that the answers to these lines were read now."""
    ids = list(lines)
    if ids:
        db.session.execute(update(LineRow).where(LineRow.id.in_(ids)).values(read_at=now()))
        db.session.commit()


def unread(guests: Iterable[Actor]) -> dict[UUID, int]:
    """By seat, how many answers wait to be read; a seat without any is not in it.

    One look at the clear columns tells which seats may have one; only those plans are opened, for an answer about
    something that was hidden since then is not there.
    """
    by_seat = {guest.seat: guest for guest in guests if guest.seat is not None}
    seats = db.session.scalars(
        select(ProposalRow.share_id)
        .distinct()
        .join(LineRow, LineRow.proposal_id == ProposalRow.id)
        .where(ProposalRow.share_id.in_(by_seat), LineRow.state.in_(ANSWERED), LineRow.read_at.is_(None))
    )
    found = {seat: len(unread_of(store.board(by_seat[seat]).lines)) for seat in seats.all()}
    return {seat: many for seat, many in found.items() if many}

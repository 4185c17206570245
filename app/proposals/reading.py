"""When a guest read the family's answers: a ledger beside the door, for it is no content and belongs to no history.

It is the guest's own: a parent who looks at the pages as the guest gets them is not told, and reads nothing for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from flask import g
from sqlalchemy import select, update

from app.db import db, now
from app.policy.actor import Actor
from app.proposals.models import LineRow, ProposalRow
from app.proposals.nouns import LineState
from app.proposals.store import LineView

ANSWERED = (LineState.ACCEPTED, LineState.DECLINED)


def unread_of(lines: Iterable[LineView]) -> set[UUID]:
    """Which of these lines have an answer that was not read yet."""
    ids = [] if "peek" in g else [line.thing.id for line in lines if line.standing in ANSWERED]
    return set(db.session.scalars(select(LineRow.id).where(LineRow.id.in_(ids), LineRow.read_at.is_(None))))


def mark_read(lines: Iterable[UUID]) -> None:
    """Keep that the answers to these lines were read now."""
    ids = list(lines)
    if ids:
        db.session.execute(update(LineRow).where(LineRow.id.in_(ids)).values(read_at=now()))
        db.session.commit()


def waits(guests: Collection[Actor]) -> set[UUID]:
    """Through which seats of these guests an answer waits to be read: told by the clear columns alone."""
    seats = [] if "peek" in g else [guest.seat for guest in guests if guest.seat is not None]
    found = (
        select(ProposalRow.share_id)
        .join(LineRow, LineRow.proposal_id == ProposalRow.id)
        .where(ProposalRow.share_id.in_(seats), LineRow.state.in_(ANSWERED), LineRow.read_at.is_(None))
        .distinct()
    )
    return set(db.session.scalars(found)) if seats else set()

"""Forgets what getting in no longer needs: ended sessions with their seats, old guesses, accounts that sit nowhere."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select

from app.accounts import rules
from app.accounts.models import AccountRow, Attempt, BrowserSession, PlaceRow, RecoveryRow, SeatRow
from app.accounts.owners import end_account
from app.change import NotPermitted
from app.db import db, now
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits


def forget_ended(actor: Actor, before: datetime) -> None:
    """Forget sessions and seats that ended, or ran out, before this instant, and accounts that sit nowhere since.

    Raises:
        NotPermitted: the actor is not the system with a reason.
    """
    if not permits(actor, Action.ERASE):
        raise NotPermitted
    db.session.execute(delete(SeatRow).where(SeatRow.ended_at < before))
    over = or_(BrowserSession.ended_at < before, BrowserSession.expires_at < before)
    db.session.execute(delete(BrowserSession).where(over))
    db.session.execute(delete(Attempt).where(Attempt.at < now() - rules.WINDOW))
    db.session.execute(delete(RecoveryRow).where(RecoveryRow.expires_at < now()))
    unanswered = RecoveryRow.account_id.is_(None), RecoveryRow.asked_at < now() - rules.MAIL_TRIES
    db.session.execute(delete(RecoveryRow).where(*unanswered))
    db.session.execute(delete(AccountRow).where(AccountRow.ended_at < before))
    db.session.commit()
    for account in _nowhere_since(before):
        end_account(account)


def _nowhere_since(before: datetime) -> list[UUID]:
    """The accounts that have sat in no plan since this instant: what they tell of somebody serves nobody."""
    later = select(PlaceRow.account_id).where(or_(PlaceRow.ended_at.is_(None), PlaceRow.ended_at >= before))
    found = select(AccountRow.id).where(
        AccountRow.ended_at.is_(None), AccountRow.created_at < before, AccountRow.id.not_in(later)
    )
    return list(db.session.scalars(found))

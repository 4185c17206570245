"""Forgets what getting in no longer needs: ended and expired sessions with their seats, old guesses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_

from app.accounts import rules
from app.accounts.models import Attempt, BrowserSession, SeatRow
from app.change import NotPermitted
from app.db import db, now
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits


def forget_ended(actor: Actor, before: datetime) -> None:
    """Forget sessions and seats that ended, or ran out, before this instant.

    Raises:
        NotPermitted: the actor is not the system with a reason.
    """
    if not permits(actor, Action.ERASE):
        raise NotPermitted
    db.session.execute(delete(SeatRow).where(SeatRow.ended_at < before))
    over = or_(BrowserSession.ended_at < before, BrowserSession.expires_at < before)
    db.session.execute(delete(BrowserSession).where(over))
    db.session.execute(delete(Attempt).where(Attempt.at < now() - rules.WINDOW))
    db.session.commit()

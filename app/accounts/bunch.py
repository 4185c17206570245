"""All keys of one account, read at once: a page tells of passkeys, a password and questions for a new key together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from app.accounts import recovery, store
from app.accounts.models import AccountRow, PasskeyRow, PlaceRow, RecoveryRow
from app.accounts.nouns import PasskeyBody
from app.accounts.recovery import RecoveryView
from app.db import db
from app.policy.actor import Actor


@dataclass(frozen=True, slots=True)
class LockView:
    """One passkey, as its owner knows it."""

    id: UUID
    account: UUID
    body: PasskeyBody
    since: datetime


@dataclass(frozen=True)
class Bunch:
    """All keys of one account, read at once; opened when somebody asks.

    Attributes:
        account: whose they are; None for somebody without an account.
        has_password: whether a password is one of them.
        asked: the questions for a new key that could still make one.
    """

    account: UUID | None = None
    has_password: bool = False
    asked: tuple[RecoveryView, ...] = ()
    rows: tuple[Any, ...] = ()

    @property
    def opens(self) -> bool:
        """Whether any of them lets their owner in on another device."""
        return self.has_password or bool(self.rows)

    @cached_property
    def locks(self) -> list[LockView]:
        """The passkeys, oldest first."""
        if self.account is None:
            return []
        opened = ((row, store.opened_passkey(self.account, row.id, row.sealed)) for row in self.rows)
        return [LockView(row.id, self.account, body, row.created_at) for row, body in opened]


def bunch(account: UUID) -> Bunch:
    """The keys of an account."""
    return _bunch(AccountRow.id == account)


def bunch_at(holder: UUID) -> Bunch:
    """The keys of who sits in a member's place; an empty bunch for who has no account."""
    found = select(PlaceRow.account_id).where(PlaceRow.holder_id == holder, PlaceRow.ended_at.is_(None))
    oldest = found.order_by(PlaceRow.created_at).limit(1).scalar_subquery()
    return _bunch(AccountRow.id == oldest)


def has_way_back(actor: Actor) -> bool:
    """Whether this person can come in again without this browser: a card they keep safe, a passkey or a password."""
    return store.has_way_back(actor) or (actor.seat is not None and bunch_at(actor.seat).opens)


def _bunch(whose: Any) -> Bunch:
    lost = RecoveryRow.account_id == AccountRow.id, *recovery.lives()
    query = (
        select(
            *(AccountRow.id.label("account"), AccountRow.password_hash.is_not(None).label("has_password")),
            *(PasskeyRow.id, PasskeyRow.sealed, PasskeyRow.created_at),
            *(RecoveryRow.id.label("lost"), RecoveryRow.asked_at, RecoveryRow.ready_at),
        )
        .outerjoin(PasskeyRow, and_(PasskeyRow.account_id == AccountRow.id, PasskeyRow.ended_at.is_(None)))
        .outerjoin(RecoveryRow, and_(*lost))
        .where(whose, AccountRow.ended_at.is_(None))
        .order_by(PasskeyRow.created_at, PasskeyRow.id, RecoveryRow.asked_at)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return Bunch()
    account = rows[0].account
    asked = {row.lost: RecoveryView(row.lost, account, row.asked_at, row.ready_at) for row in rows if row.lost}
    made = {row.id: row for row in rows if row.id}
    return Bunch(account, bool(rows[0].has_password), tuple(asked.values()), tuple(made.values()))


def passkeys(account: UUID) -> list[LockView]:
    """The passkeys that open an account, oldest first."""
    return bunch(account).locks

"""All keys of one account, read at once: a page tells of passkeys, a password and questions for a new key together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from app.accounts import recovery, rules, store
from app.accounts.models import CARD, AccountRow, PasskeyRow, PlaceRow, RecoveryRow
from app.accounts.nouns import AccountBody, CardBody, CardState, PasskeyBody
from app.accounts.recovery import RecoveryView
from app.db import db, now
from app.items import Thing
from app.policy.actor import Actor
from app.scope import load


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
        sealed: what the account tells.
        rows, had: the passkeys, and those with the ones that were stopped less than a day ago.
    """

    account: UUID | None = None
    has_password: bool = False
    asked: tuple[RecoveryView, ...] = ()
    rows: tuple[Any, ...] = ()
    sealed: bytes = b""
    had: tuple[Any, ...] = ()

    @property
    def opens(self) -> bool:
        """Whether any of them lets their owner in on another device."""
        return self.has_password or bool(self.rows)

    @cached_property
    def news(self) -> dict[str, UUID | None]:
        """What changed and was not told on another device yet (`AccountBody.news`)."""
        return {} if self.body is None else self.body.news

    @cached_property
    def body(self) -> AccountBody | None:
        """What the account tells."""
        return None if self.account is None else store.opened_account(self.account, self.sealed)

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
    lately = PasskeyRow.ended_at.is_(None) | (PasskeyRow.ended_at > now() - rules.KEY_COUNTS_FOR)
    lost = RecoveryRow.account_id == AccountRow.id, *recovery.lives()
    query = (
        select(
            *(AccountRow.id.label("account"), AccountRow.password_hash.is_not(None).label("has_password")),
            AccountRow.sealed.label("body"),
            *(PasskeyRow.id, PasskeyRow.sealed, PasskeyRow.created_at, PasskeyRow.ended_at),
            *(RecoveryRow.id.label("lost"), RecoveryRow.asked_at, RecoveryRow.ready_at),
        )
        .outerjoin(PasskeyRow, and_(PasskeyRow.account_id == AccountRow.id, lately))
        .outerjoin(RecoveryRow, and_(*lost))
        .where(whose, AccountRow.ended_at.is_(None))
        .order_by(PasskeyRow.created_at, PasskeyRow.id, RecoveryRow.asked_at)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return Bunch()
    account = rows[0].account
    asked = {row.lost: RecoveryView(row.lost, account, row.asked_at, row.ready_at) for row in rows if row.lost}
    had = {row.id: row for row in rows if row.id}
    made = tuple(row for row in had.values() if row.ended_at is None)
    return Bunch(account, bool(rows[0].has_password), tuple(asked.values()), made, rows[0].body, tuple(had.values()))


def passkeys(account: UUID) -> list[LockView]:
    """The passkeys that open an account, oldest first."""
    return bunch(account).locks


def had_cards(actor: Actor) -> list[Thing[CardBody]]:
    """The actor's own cards that were kept safe, stopped ones too."""
    return [card for card in load(actor, CARD).all(CARD) if card.body.kept and card.body.is_of(actor.seat)]


def stopped_at(card: Thing[CardBody]) -> datetime | None:
    """When a card was stopped."""
    return card.changed_at if card.state == CardState.STOPPED else None

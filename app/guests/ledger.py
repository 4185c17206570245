"""Stays and start cards: beside the one door (see house, choice 4), for they belong to an account and to no plan."""

from __future__ import annotations

import base64
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts.models import AccountRow
from app.db import db, now
from app.guests import rules
from app.guests.models import StartCardRow, StayRow
from app.guests.nouns import StayBody
from app.keystore import Ended, NoKey, key_of, look_up_hash, record_ending
from app.vault import seal, unseal


def begin_stay(account: UUID, plan: UUID, share: UUID, body: StayBody) -> bool:
    """Take an invitation. False when another account took it; twice by the same one is once."""
    row, instant = uuid4(), now()
    holder = {"account_id": account, "plan_id": plan, "holder_id": share}
    try:
        db.session.execute(
            insert(StayRow).values(id=row, created_at=instant, sealed=_sealed(plan, row, body), **holder)
        )
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return taken_by(share) == account
    return True


def taken_by(share: UUID) -> UUID | None:
    """The account that took an invitation; None when nobody did."""
    return db.session.execute(select(StayRow.account_id).where(StayRow.holder_id == share)).scalar()


def thank(share: UUID, words: str) -> None:
    """Give the guest of a share a few words along; nobody came in with it: nothing to give them to."""
    found = select(StayRow.id, StayRow.plan_id, StayRow.sealed).where(StayRow.holder_id == share)
    row = db.session.execute(found).first()
    stay = None if row is None else opened(row.plan_id, row.id, row.sealed)
    if row is None or stay is None:
        return
    body = msgspec.structs.replace(stay, thanks=words)
    sealed = _sealed(row.plan_id, row.id, body)
    db.session.execute(update(StayRow).where(StayRow.id == row.id).values(sealed=sealed))
    db.session.commit()


def make_card(account: UUID) -> UUID:
    """A new start card of an account."""
    card = uuid4()
    hashed = _token_hash(token_of_card(card))
    db.session.execute(insert(StartCardRow).values(id=card, account_id=account, token_hash=hashed, created_at=now()))
    db.session.commit()
    return card


def stop_card(card: UUID) -> None:
    """A start card leads to nobody any more. Twice is once."""
    stopping = update(StartCardRow).where(StartCardRow.id == card, StartCardRow.stopped_at.is_(None))
    db.session.execute(stopping.values(stopped_at=now()))
    record_ending(card, Ended.START_CARD)
    db.session.commit()


def token_of_card(card: UUID) -> str:
    """What stands on a card: it follows from its id and the look-up key, so that it can be printed again."""
    made = look_up_hash("start card token", str(card))
    return base64.b32encode(made).decode("ascii").lower()[: rules.SIGNS]


def card_of(token: str) -> tuple[UUID, UUID] | None:
    """The card a token stands on, and whose it is; None when it was stopped, or never there."""
    found = select(StartCardRow.id, StartCardRow.account_id).where(
        StartCardRow.token_hash == _token_hash(token), StartCardRow.stopped_at.is_(None)
    )
    row = db.session.execute(
        found.join(AccountRow, (AccountRow.id == StartCardRow.account_id) & AccountRow.ended_at.is_(None))
    ).first()
    return None if row is None else (row.id, row.account_id)


def _token_hash(token: str) -> bytes:
    return look_up_hash("start card", token)


def opened(plan: UUID, row: UUID, sealed: bytes) -> StayBody | None:
    """What a stay holds: words of the family, so they open with the key of its plan. None while that is erased."""
    try:
        key = key_of(plan)
    except NoKey:
        return None
    return msgspec.json.decode(unseal(key, StayRow.__tablename__, row, sealed), type=StayBody)


def _sealed(plan: UUID, row: UUID, body: StayBody) -> bytes:
    return seal(key_of(plan), StayRow.__tablename__, row, msgspec.json.encode(body))

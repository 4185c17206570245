"""A lost key, replaced by e-mail: slowly, told on every other device, and stopped there in one tap.

Who asks types an address, and the server does the same for every address: it keeps the question. A job looks later
whose it is and sends the mail. The secret of its link follows from the question by a key only this product has, so the
queue carries an id and no secret. Source: design page `access`, "Getting in, and getting in again".
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import delete, insert, select, update

from app.accounts import owners, rules, store
from app.accounts.commands import count_guess
from app.accounts.models import AccountRow, RecoveryRow
from app.accounts.rules import Reason, Subject
from app.change import Refused
from app.db import db, now
from app.keystore import Ended, look_up_hash, record_ending
from app.web.device import Caller

MOST_OF_ONE_ADDRESS = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to send: to whom, with which secret in its link, and from when that makes a new key."""

    recovery: UUID
    address: str
    token: str
    ready_at: datetime


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """A question for a new key that its owner may stop."""

    id: UUID
    account: UUID
    asked_at: datetime
    ready_at: datetime


def keep_address(account: UUID, address: str, news: Mapping[str, UUID | None] | None = None) -> None:
    """The e-mail address for a lost key; empty for none. What was mailed to another one before opens nothing any more.

    Args:
        account: whose it is.
        address: theirs from now on.
        news: what the other devices are told, when it is another one (`AccountBody.news`).

    Raises:
        Refused: NO_ADDRESS when it is no address.
    """
    check_address(address)
    body = store.account_body(account)
    if body.recovery == address.strip():
        return
    changed = rules.login_of(body.recovery) != rules.login_of(address)
    told = owners.told_anew(body, owners.ADDRESS, news) if changed else body.news
    for asked in asked_of(account) if changed else []:
        _over(asked.id)
    owners.put_account(account, msgspec.structs.replace(body, recovery=address.strip(), news=told))


def check_address(address: str) -> None:
    """Whether this can be an address, or none.

    Raises:
        Refused: NO_ADDRESS when it is something else.
    """
    if address and not rules.is_address(address):
        raise Refused(Reason.NO_ADDRESS)


def ask(address: str, caller: Caller) -> UUID:
    """Somebody lost their key. Whatever the address, the same is done; a job looks whose it is.

    Raises:
        Refused: NO_ADDRESS when it is none, Wait after too many questions.
    """
    if not rules.is_address(address):
        raise Refused(Reason.NO_ADDRESS)
    hashed, instant, recovery = owners.address_hash(address), now(), uuid4()
    network = rules.network_of(caller.address)
    count_guess({Subject.NUMBER: f"lost/{hashed.hex()}", Subject.BROWSER: f"lost/{network}/{caller.mark}"})
    _keep(recovery, None, hashed, instant)
    db.session.commit()
    return recovery


def waiting() -> Iterable[UUID]:
    """The questions that nobody answered yet."""
    found = select(RecoveryRow.id).where(
        RecoveryRow.sent_at.is_(None), RecoveryRow.stopped_at.is_(None), RecoveryRow.asked_at > now() - rules.MAIL_TRIES
    )
    return db.session.scalars(found.order_by(RecoveryRow.asked_at)).all()


def letters(recovery: UUID) -> list[Letter]:
    """The mails for one question: none when the address is nobody's, or they had one not long ago."""
    row = db.session.execute(
        select(RecoveryRow.account_id, RecoveryRow.address_hash, RecoveryRow.asked_at).where(
            RecoveryRow.id == recovery, RecoveryRow.sent_at.is_(None), RecoveryRow.stopped_at.is_(None)
        )
    ).first()
    if row is None:
        return []
    if row.account_id is not None:
        return [_letter(recovery, row.account_id, row.asked_at)]
    found = [account for account in _of_address(row.address_hash) if not _had_one(account, row.asked_at)]
    made = {uuid4(): account for account in found}
    db.session.execute(delete(RecoveryRow).where(RecoveryRow.id == recovery))
    for each, account in made.items():
        _keep(each, account, row.address_hash, row.asked_at)
    db.session.commit()
    return [_letter(each, account, row.asked_at) for each, account in made.items()]


def sent(letter: Letter) -> None:
    """The mail is on its way."""
    db.session.execute(update(RecoveryRow).where(RecoveryRow.id == letter.recovery).values(sent_at=now()))
    db.session.commit()


def asked_of(account: UUID) -> list[RecoveryView]:
    """The questions that could still become a new key, for the person's other devices."""
    found = select(RecoveryRow.id, RecoveryRow.asked_at, RecoveryRow.ready_at).where(
        RecoveryRow.account_id == account, *lives()
    )
    rows = db.session.execute(found.order_by(RecoveryRow.asked_at)).all()
    return [RecoveryView(row.id, account, row.asked_at, row.ready_at) for row in rows]


def stop(recovery: RecoveryView) -> None:
    """Its link makes no key any more, also after a restore. Twice is once."""
    end(recovery.id)


def end(recovery: UUID) -> None:
    """The same, by its row."""
    _over(recovery)
    db.session.commit()


def _over(recovery: UUID) -> None:
    """The same; whoever calls commits."""
    over = RecoveryRow.id == recovery, RecoveryRow.stopped_at.is_(None)
    db.session.execute(update(RecoveryRow).where(*over).values(stopped_at=now()))
    record_ending(recovery, Ended.RECOVERY)


def found_by(token: str) -> RecoveryView | None:
    """What a link leads to, also before its time; None when it is wrong, used, stopped or over, all the same."""
    found = select(RecoveryRow.id, RecoveryRow.account_id, RecoveryRow.asked_at, RecoveryRow.ready_at).where(
        RecoveryRow.token_hash == _token_hash(token), RecoveryRow.account_id.is_not(None), *lives()
    )
    row = db.session.execute(found).first()
    if row is None or row.account_id is None:
        return None
    return RecoveryView(row.id, row.account_id, row.asked_at, row.ready_at)


def why_not_yet(recovery: RecoveryView | None) -> Reason | None:
    """Whether a link may make a new key now."""
    if recovery is None:
        return Reason.NO_LONGER
    return Reason.TOO_EARLY if now() < recovery.ready_at else None


def use(recovery: RecoveryView) -> None:
    """The link makes its one key; the other questions of that person are over too.

    Raises:
        Refused: too early, or in the same moment it was stopped or used.
    """
    instant = now()
    ready = RecoveryRow.id == recovery.id, RecoveryRow.ready_at <= instant, *lives()
    used = db.session.execute(update(RecoveryRow).where(*ready).values(used_at=instant))
    if used.rowcount != 1:  # type: ignore[attr-defined]
        db.session.rollback()
        raise Refused(why_not_yet(recovery) or Reason.NO_LONGER)
    others = RecoveryRow.account_id == recovery.account, *lives()
    db.session.execute(update(RecoveryRow).where(*others).values(stopped_at=instant))
    db.session.commit()


def lives() -> tuple[Any, ...]:
    """What is true of a question that could still make a key."""
    return (RecoveryRow.stopped_at.is_(None), RecoveryRow.used_at.is_(None), RecoveryRow.expires_at > now())


def _keep(recovery: UUID, account: UUID | None, hashed: bytes, asked_at: datetime) -> None:
    ready_at = asked_at + rules.RECOVERY_WAITS
    db.session.execute(
        insert(RecoveryRow).values(
            id=recovery,
            account_id=account,
            address_hash=hashed,
            token_hash=_token_hash(_token(recovery)),
            asked_at=asked_at,
            ready_at=ready_at,
            expires_at=ready_at + rules.RECOVERY_OPENS,
        )
    )


def _of_address(hashed: bytes) -> list[UUID]:
    found = select(AccountRow.id).where(AccountRow.recovery_hash == hashed, AccountRow.ended_at.is_(None))
    return list(db.session.scalars(found.order_by(AccountRow.created_at).limit(MOST_OF_ONE_ADDRESS)))


def _had_one(account: UUID, instant: datetime) -> bool:
    found = select(RecoveryRow.id).where(
        RecoveryRow.account_id == account, RecoveryRow.asked_at > instant - rules.MAIL_AGAIN, *lives()
    )
    return db.session.execute(found.limit(1)).first() is not None


def _letter(recovery: UUID, account: UUID, asked_at: datetime) -> Letter:
    address = store.account_body(account).recovery
    return Letter(recovery, address, _token(recovery), asked_at + rules.RECOVERY_WAITS)


def _token(recovery: UUID) -> str:
    """256 bits that need the look-up key."""
    return base64.urlsafe_b64encode(look_up_hash("new recovery", str(recovery))).decode("ascii").rstrip("=")


def _token_hash(token: str) -> bytes:
    return look_up_hash("recovery", token)

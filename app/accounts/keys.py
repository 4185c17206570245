"""Passwords and passkeys of an account: made, held against what was kept, stopped. A ledger beside the door."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts import chance, locks, owners, rules, store
from app.accounts.bunch import Bunch, LockView, bunch, bunch_at, passkeys
from app.accounts.commands import count_guess, forget_guess
from app.accounts.locks import Challenge
from app.accounts.models import AccountRow, Attempt, PasskeyRow
from app.accounts.nouns import PasskeyBody
from app.accounts.owners import PASSWORD, told_anew
from app.accounts.rules import Reason, Subject
from app.change import Refused
from app.db import db, now
from app.keystore import Ended, NoKey, key_of, look_up_hash, record_ending
from app.vault import seal
from app.web.device import Caller

__all__ = [
    "Bunch", "LockView", "OpenedAccount", "bunch", "bunch_at", "check_password", "drop_password", "know_passkey",
    "make_passkey", "open_passkey", "open_password", "passkeys", "set_password", "stop_passkey",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenedAccount:
    """What a right password opens; `proof` lets this browser show later that it did."""

    account: UUID
    proof: str


def check_password(login: str, password: str) -> None:
    """Whether somebody may sign in with these at all.

    Raises:
        Refused: there is no name, the password is too short or too well known.
    """
    reason = rules.why_not_password(login, rules.password_of(password), chance.known_passwords())
    if reason is not None:
        raise Refused(reason)


def set_password(
    account: UUID,
    login: str,
    password: str,
    caller: Caller,
    first: Callable[[], None] = lambda: None,
    news: Mapping[str, UUID | None] | None = None,
) -> OpenedAccount:
    """Another name to sign in with, and another password; the one before opens nothing any more.

    Somebody else may have the same name. The same name and password would open their account, so that is refused, as
    a known password is, and counted as the guess that it may be.

    Args:
        account: whose it is.
        login: the name they sign in with from now on.
        password: theirs.
        caller: where it comes from, for counting guesses.
        first: what must be done first, and may refuse (a link that works once).
        news: what the other devices are told (`AccountBody.news`).

    Raises:
        Refused: there is no name, the password is too short or too well known, or Wait after too many tries.
    """
    check_password(login, password)
    password = rules.password_of(password)
    guess, proof = _counted(login, caller)
    candidates = [row for row in _candidates(login, password) if row.id != account]
    if _fitting(candidates, password) is not None or len(candidates) >= rules.CANDIDATES:
        raise Refused(Reason.KNOWN_PASSWORD)
    forget_guess(guess)
    first()
    before = store.account_body(account)
    body = msgspec.structs.replace(before, login=login, news=told_anew(before, PASSWORD, news))
    kept = {"login_hash": _found_by(login, password), "password_hash": chance.password_hash(password)}
    owners.put_account(account, body, **kept)
    return OpenedAccount(account, proof)


def drop_password(account: UUID) -> None:
    """The password opens nothing any more. Twice is once."""
    before = store.account_body(account)
    body = msgspec.structs.replace(before, login="", news=told_anew(before, PASSWORD))
    owners.put_account(account, body, login_hash=None, password_hash=None)


def open_password(login: str, password: str, caller: Caller) -> OpenedAccount:
    """Hold a typed name and password against the accounts. The work is the same whatever is known here.

    Raises:
        Refused: NOT_THIS_PASSWORD for whatever is wrong, or Wait when there were too many guesses.
    """
    guess, proof = _counted(login, caller)
    password = rules.password_of(password)[: rules.LONGEST]
    found = _fitting(_candidates(login, password), password)
    if found is None:
        raise Refused(Reason.NOT_THIS_PASSWORD)
    forget_guess(guess)
    return OpenedAccount(found, proof)


def _counted(login: str, caller: Caller) -> tuple[list[UUID], str]:
    """Count a guess at a name as one at a card; a browser that opened this name before has a budget of its own."""
    name = look_up_hash("login guessed", rules.login_of(login)).hex()
    proof = look_up_hash("opened", f"{caller.mark}/login/{name}").hex()[:32]
    network = rules.network_of(caller.address)
    names = {
        Subject.NUMBER: name,
        Subject.BROWSER: f"{network}/{caller.mark}",
        Subject.ADDRESS: network,
        Subject.DEVICE: f"{caller.mark}/{name}",
        Subject.ALL: "",
    }
    guess = count_guess({by: names[by] for by in rules.counted_by(known_device=proof in caller.proofs)})
    return guess, proof


def _found_by(login: str, password: str) -> bytes:
    return chance.login_hash(rules.login_of(login), password)


def _candidates(login: str, password: str) -> Sequence[Any]:
    """The accounts a name may be of, oldest first."""
    found = select(AccountRow.id, AccountRow.password_hash).where(
        AccountRow.login_hash == _found_by(login, password), AccountRow.ended_at.is_(None)
    )
    return db.session.execute(found.order_by(AccountRow.created_at, AccountRow.id).limit(rules.CANDIDATES)).all()


def _fitting(candidates: Sequence[Any], password: str) -> UUID | None:
    """Whose password it is: so many are tried, whether or not there are accounts."""
    kept = [(row.id, row.password_hash) for row in candidates]
    kept += [(None, chance.NO_WORDS)] * (rules.CANDIDATES - len(kept))
    fits = [account for account, hashed in kept if chance.password_fits(hashed or chance.NO_WORDS, password)]
    return fits[0] if fits else None


# ---- passkeys --------------------------------------------------------------------------------------------------------


def make_passkey(
    account: UUID,
    answer: str,
    challenge: Challenge | None,
    body: PasskeyBody,
    first: Callable[[], None] = lambda: None,
) -> UUID:
    """Keep a new passkey.

    Args:
        account: whose it is.
        answer: what the browser made of the challenge, as JSON.
        challenge: the one it was given for this account.
        body: what its owner may recognise it by, and who is told.
        first: what must be done first, and may refuse (a link that works once).

    Raises:
        Refused: LOCK_NOT_MADE for whatever is wrong with the answer.
    """
    if challenge is None or challenge.whose != account:
        raise Refused(Reason.LOCK_NOT_MADE)
    _spend(challenge, Reason.LOCK_NOT_MADE)
    made = locks.made(answer, challenge)
    if made is None:
        raise Refused(Reason.LOCK_NOT_MADE)
    first()
    body = msgspec.structs.replace(body, credential=made.credential, public_key=made.public_key)
    passkey = uuid4()
    try:
        db.session.execute(
            insert(PasskeyRow).values(
                id=passkey,
                account_id=account,
                credential_hash=_credential_hash(made.credential),
                sign_count=made.sign_count,
                created_at=now(),
                sealed=_sealed(account, passkey, body),
            )
        )
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(Reason.LOCK_NOT_MADE) from error
    return passkey


def open_passkey(answer: str, challenge: Challenge | None) -> UUID:
    """The account of a passkey that answered a challenge.

    Raises:
        Refused: NOT_THIS_LOCK for whatever is wrong: unknown, stopped, another's, replayed, or a copy.
    """
    if challenge is None or challenge.whose is not None:
        raise Refused(Reason.NOT_THIS_LOCK)
    _spend(challenge, Reason.NOT_THIS_LOCK)
    credential = locks.credential_of(answer)
    row = None if credential is None else _passkey_of(credential)
    if row is None:
        raise Refused(Reason.NOT_THIS_LOCK)
    try:
        body = store.opened_passkey(row.account_id, row.id, row.sealed)
    except NoKey as error:
        raise Refused(Reason.NOT_THIS_LOCK) from error
    counted = locks.opened(answer, challenge, body.public_key, row.sign_count, row.account_id)
    # Of two answers at once with the same count, one is a copy.
    counting = update(PasskeyRow).where(PasskeyRow.id == row.id, PasskeyRow.sign_count == row.sign_count)
    if counted is None or db.session.execute(counting.values(sign_count=counted)).rowcount != 1:  # type: ignore[attr-defined]
        db.session.rollback()
        raise Refused(Reason.NOT_THIS_LOCK)
    db.session.commit()
    account: UUID = row.account_id
    return account


def stop_passkey(lock: LockView) -> None:
    """It opens nothing any more, also after a restore. Twice is once."""
    end_passkey(lock.id)


def end_passkey(passkey: UUID) -> None:
    """The same, by its row."""
    ending = update(PasskeyRow).where(PasskeyRow.id == passkey, PasskeyRow.ended_at.is_(None))
    db.session.execute(ending.values(ended_at=now()))
    record_ending(passkey, Ended.PASSKEY)
    db.session.commit()


def know_passkey(lock: LockView) -> None:
    """Its owner was told of it and says that it is theirs."""
    body = msgspec.structs.replace(lock.body, known=True)
    put = update(PasskeyRow).where(PasskeyRow.id == lock.id)
    db.session.execute(put.values(sealed=_sealed(lock.account, lock.id, body)))
    db.session.commit()


def _passkey_of(credential: bytes) -> Any:
    found = (
        select(PasskeyRow)
        .join(AccountRow, AccountRow.id == PasskeyRow.account_id)
        .where(
            PasskeyRow.credential_hash == _credential_hash(credential),
            PasskeyRow.ended_at.is_(None),
            AccountRow.ended_at.is_(None),
        )
    )
    return db.session.scalars(found).first()


def _spend(challenge: Challenge, reason: Reason) -> None:
    """A challenge is answered once, by whatever browser: a used one lies among the attempts until it is over."""
    if now().timestamp() > challenge.until:
        raise Refused(reason)
    used = look_up_hash("challenge used", challenge.random.hex())
    try:
        db.session.execute(insert(Attempt).values(id=UUID(bytes=used[:16], version=4), subject=used, at=now()))
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(reason) from error


def _credential_hash(credential: bytes) -> bytes:
    return look_up_hash("passkey", credential.hex())


def _sealed(account: UUID, passkey: UUID, body: PasskeyBody) -> bytes:
    return seal(key_of(account), PasskeyRow.__tablename__, passkey, msgspec.json.encode(body))

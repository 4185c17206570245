"""Accounts and the places they hold: a ledger beside the door, for an account is no part of any plan.

What an account tells of a person is sealed with a key of its own. Ending it destroys that key, so that old backups hold
nothing of it either.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from app import standing
from app.accounts import rules, sessions, store, words
from app.accounts.models import AccountRow, BrowserSession, Card, PasskeyRow, PlaceRow, RecoveryRow, SeatRow
from app.accounts.nouns import AccountBody, CardState, Device
from app.accounts.sessions import Chair
from app.db import db, now
from app.keystore import Ended, destroy_key, key_of, look_up_hash, make_key, record_ending
from app.standing import Standing
from app.vault import seal
from app.web.session import Visitor

# What an account tells of on other devices when it changes.
PASSWORD, ADDRESS = "password", "address"  # nosec B105 - names
# How accounts are called among what a restore leaves as it was last.
STANDING = "account"


class AccountStanding(msgspec.Struct, frozen=True):
    """The hashes of what an account signs in with, and of its address for a lost key. No word of anybody is in it: who
    has the key store and the master key, and no content, reads no name and no address.
    """

    login_hash: bytes | None
    password_hash: str | None
    name_hash: bytes
    recovery_hash: bytes | None


def account_of(visitor: Visitor | None) -> UUID | None:
    """The account this browser signed in with; None for one that came in otherwise."""
    return None if visitor is None else visitor.account


def make_account(body: AccountBody) -> UUID:
    """A new account, with a key of its own. Its name to sign in with opens it once it has a password."""
    account = uuid4()
    make_key(account)
    db.session.execute(insert(AccountRow).values(id=account, created_at=now(), **_kept(account, body)))
    db.session.commit()
    return account


def account_id_of(holder: UUID) -> UUID:
    """The account of a member, also before it is made: a passkey is made for it first."""
    return store.account_at(holder) or _made_for(holder)


def _made_for(holder: UUID) -> UUID:
    return UUID(bytes=look_up_hash("account of", str(holder))[:16], version=4)


def account_for(holder: UUID, plan: UUID, here: Visitor | None) -> UUID:
    """The account of a member, made when they have none: their first key needs one. Twice is once."""
    account = account_id_of(holder)
    if store.account_at(holder) is None:
        try:
            make_key(account)
            values = _kept(account, AccountBody())
            db.session.execute(insert(AccountRow).values(id=account, created_at=now(), **values))
            db.session.commit()
        except IntegrityError:
            # The same form, sent twice in one moment.
            db.session.rollback()
        give_place(account, plan, "member", holder)
    if here is not None and here.account is None:
        join_session(here, account)
    return account


def told_anew(body: AccountBody, sort: str, news: Mapping[str, UUID | None] | None = None) -> dict[str, UUID | None]:
    """What the other devices are still to be told, when the password or the address changed once more."""
    return {key: seat for key, seat in body.news.items() if key != sort} | dict(news or {})


def know_news(account: UUID, sort: str) -> None:
    """Its owner was told that the password or the address changed, and says that it was them."""
    body = store.account_body(account)
    put_account(account, msgspec.structs.replace(body, news=told_anew(body, sort)))


def change_account(account: UUID, body: AccountBody) -> None:
    """Keep what somebody tells of themselves; what they sign in with is changed with their password."""
    body = msgspec.structs.replace(body, login=store.account_body(account).login)
    put_account(account, body)


def sign_in(before: Visitor | None, account: UUID, device: str) -> Visitor:
    """Let this browser in wherever an account has a place; its session gets a new token.

    Whoever else was signed in here leaves: their seats do not come along.
    """
    had = None if before is None else before.account
    leaves = {place.holder for place in store.places(had)} if had is not None and had != account else set()
    chairs = [Chair(place.plan, place.kind, place.holder) for place in store.places(account)]
    return sessions.sit_down(before, chairs, device, account, leaves)


def join_session(here: Visitor, account: UUID) -> None:
    """This browser is the account's from now on: its owner made it here."""
    whose = update(BrowserSession).where(BrowserSession.id == here.session_id, BrowserSession.account_id.is_(None))
    db.session.execute(whose.values(account_id=account))
    db.session.commit()
    here.account = here.account or account


def give_place(account: UUID, plan: UUID, kind: str, holder: UUID) -> None:
    """Let an account sit in a plan, in every browser it is signed in with. Twice is once; what ended stays ended.

    Args:
        account: who.
        plan: where.
        kind: `member` or `guest`.
        holder: the member or share row.
    """
    instant = now()
    try:
        place = {"account_id": account, "plan_id": plan, "kind": kind, "holder_id": holder}
        db.session.execute(insert(PlaceRow).values(id=uuid4(), created_at=instant, **place))
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
    if not any(place.holder == holder for place in store.places(account)):
        return
    for session_id, device in store.sessions_without(account, holder):
        sessions.put_seat(session_id, Chair(plan, kind, holder), Device(name=device or words.device("")), instant)
    db.session.commit()


def end_places_of(holder: UUID) -> None:
    """A member or share is over: no account sits there any more, and no browser. Inside the change that ends it."""
    db.session.execute(
        update(PlaceRow).where(PlaceRow.holder_id == holder, PlaceRow.ended_at.is_(None)).values(ended_at=now())
    )
    sessions.end_seats_from([holder])


def cards_that_open(member: UUID) -> list[UUID]:
    """Every card that opens a member's place, whoever made it: for what ends them all."""
    found = select(Card.id).where(Card.member_id == member, Card.state == CardState.ACTIVE)
    return list(db.session.scalars(found))


def end_account(account: UUID) -> None:
    """Nobody signs in with it any more, also after a restore; what it held of a person is noise from now on."""
    instant = now()
    sessions.end_seats_in(account)
    for table, column in (
        (AccountRow, AccountRow.id),
        (PlaceRow, PlaceRow.account_id),
        (PasskeyRow, PasskeyRow.account_id),
        (BrowserSession, BrowserSession.account_id),
    ):
        db.session.execute(update(table).where(column == account, table.ended_at.is_(None)).values(ended_at=instant))
    over = RecoveryRow.account_id == account, RecoveryRow.stopped_at.is_(None)
    db.session.execute(update(RecoveryRow).where(*over).values(stopped_at=instant))
    record_ending(account, Ended.ACCOUNT)
    db.session.commit()
    destroy_key(account)


def erase_with(plan: UUID) -> None:
    """A plan is erased: so is the account of who had their own keys only there, and the browser that sat only there.

    An account that somebody made to be a guest is no part of any plan. Whoever calls commits.
    """
    elsewhere = select(PlaceRow.account_id).where(PlaceRow.plan_id != plan)
    places = select(PlaceRow.account_id, PlaceRow.holder_id).where(
        PlaceRow.plan_id == plan, PlaceRow.kind == "member", PlaceRow.account_id.not_in(elsewhere)
    )
    gone = {account for account, holder in db.session.execute(places).all() if account == _made_for(holder)}
    for account in gone:
        record_ending(account, Ended.ACCOUNT)
        destroy_key(account)
    here, there = select(SeatRow.session_id).where(SeatRow.plan_id == plan), SeatRow.plan_id != plan
    sat_only_here = BrowserSession.id.in_(here), BrowserSession.id.not_in(select(SeatRow.session_id).where(there))
    nobody = or_(BrowserSession.account_id.is_(None), BrowserSession.account_id.in_(gone))
    db.session.execute(delete(BrowserSession).where(*sat_only_here, nobody))
    db.session.execute(delete(AccountRow).where(AccountRow.id.in_(gone)))


def put_account(account: UUID, body: AccountBody, **columns: Any) -> None:
    """Write what an account tells, and columns of it; noted too, so that no restore brings back an old password."""
    _put(account, body, columns)
    stands = _standing(account)
    if stands is not None:
        standing.note(account, [(account, Standing(STANDING, msgspec.Raw(msgspec.json.encode(stands))))])
    db.session.commit()


def stand_again(account: UUID, noted: msgspec.Raw) -> None:
    """After a restore: what opened the account last opens it, and nothing of before. A name or an address that is not
    the last is forgotten; of an address that came since only the hash is known, so its owner gives it anew.
    """
    last, now_there = msgspec.json.decode(noted, type=AccountStanding), _standing(account)
    if now_there is None or now_there == last:
        return
    body = store.account_body(account)
    login = body.login if now_there.name_hash == last.name_hash else ""
    address = body.recovery if now_there.recovery_hash == last.recovery_hash else ""
    body = msgspec.structs.replace(body, login=login, recovery=address)
    _put(account, body, {"login_hash": last.login_hash, "password_hash": last.password_hash})


def _standing(account: UUID) -> AccountStanding | None:
    """How an account stands; None when there is none, or it ended."""
    columns = AccountRow.sealed, AccountRow.login_hash, AccountRow.password_hash, AccountRow.recovery_hash
    query = select(*columns).where(AccountRow.id == account, AccountRow.ended_at.is_(None))
    row = db.session.execute(query).first()
    if row is None:
        return None
    name = look_up_hash("name to sign in with", store.opened_account(account, row.sealed).login)
    return AccountStanding(row.login_hash, row.password_hash, name, row.recovery_hash)


def _put(account: UUID, body: AccountBody, columns: Mapping[str, Any]) -> None:
    put = update(AccountRow).where(AccountRow.id == account, AccountRow.ended_at.is_(None))
    db.session.execute(put.values(**_kept(account, body), **columns))


def address_hash(typed: str) -> bytes:
    """By what an e-mail address for a lost key is found."""
    return look_up_hash("recovery address", rules.login_of(typed))


def _kept(account: UUID, body: AccountBody) -> dict[str, Any]:
    """The row of what somebody told: sealed, and a hash to find the address for a lost key by."""
    return {
        "recovery_hash": address_hash(body.recovery) if body.recovery else None,
        "sealed": seal(key_of(account), AccountRow.__tablename__, account, msgspec.json.encode(body)),
    }

"""Reads sessions, devices, accounts, cards and attempts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, Uuid, bindparam, func, select

from app.accounts.models import CARD, AccountRow, Attempt, BrowserSession, Card, PasskeyRow, PlaceRow, SeatRow
from app.accounts.nouns import AccountBody, CardBody, CardState, Device, PasskeyBody
from app.db import Instant, db, now
from app.items import Thing
from app.keystore import NoKey, key_of, look_up_hash
from app.policy.actor import Actor
from app.scope import load
from app.vault import unseal
from app.web.session import Seat, Visitor


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A browser that opens the plan as this actor now; `id` is its seat."""

    id: UUID
    name: str
    since: datetime
    known: bool
    lent_key: bool = False


_session, _seats = BrowserSession.__table__.c, SeatRow.__table__.c
# Both are asked at every request of a family; built once.
_VISITOR = (
    select(
        *(_session.id.label("session_id"), _session.seen_at, _session.account_id),
        *(_seats.id, _seats.plan_id, _seats.kind, _seats.holder_id, _seats.sealed),
    )
    .outerjoin_from(
        BrowserSession.__table__,
        SeatRow.__table__,
        (_seats.session_id == _session.id) & _seats.ended_at.is_(None),
    )
    .where(
        _session.token_hash == bindparam("token"),
        _session.ended_at.is_(None),
        _session.expires_at > bindparam("now", type_=Instant()),
    )
    .order_by(_seats.created_at)
)
_LIVING = (
    select(_seats.id, _seats.plan_id, _seats.created_at, _seats.sealed)
    .join_from(SeatRow.__table__, BrowserSession.__table__, _session.id == _seats.session_id)
    .where(
        _seats.plan_id == bindparam("plan", type_=Uuid()),
        _seats.holder_id == bindparam("holder", type_=Uuid()),
        _seats.ended_at.is_(None),
        _session.ended_at.is_(None),
        _session.expires_at > bindparam("now", type_=Instant()),
    )
    .order_by(_seats.created_at, _seats.id)
)


def visitor(token: str) -> Visitor | None:
    """The living session of a token, with its seats; None when there is none, or it ended. One query."""
    rows = db.session.execute(_VISITOR, {"token": look_up_hash("session", token), "now": now()}).all()
    if not rows:
        return None
    seats = tuple(_seat(row) for row in rows if row.id is not None)
    return Visitor(token, rows[0].session_id, seats, seen_at=rows[0].seen_at, account=rows[0].account_id)


def _seat(row: Any) -> Seat:
    return Seat(row.id, row.plan_id, row.kind, row.holder_id, row.sealed)


def devices(actor: Actor) -> list[DeviceView]:
    """The browsers that open the plan as this actor now, oldest first; nobody sees another person's."""
    if actor.plan is None or actor.seat is None:
        return []
    return [_opened(row) for row in _living(actor.plan, actor.seat)]


def device(actor: Actor, device: UUID) -> DeviceView | None:
    """One of this actor's own browsers."""
    return next((found for found in devices(actor) if found.id == device), None)


def new_among(devices: Iterable[DeviceView], here: UUID | None) -> list[DeviceView]:
    """The browsers that came in as somebody who was not told of them yet; `here`, the one that asks, is not told."""
    return [found for found in devices if not found.known and found.id != here]


def has_seat_elsewhere(plan: UUID, holder: UUID, kept: Collection[UUID]) -> bool:
    """Whether somebody opens the plan in another browser than through these seats."""
    return any(row.id not in kept for row in _living(plan, holder))


def was_left(plan: UUID, holder: UUID) -> bool:
    """Whether somebody left or stopped a browser of this holder, not longer ago than ended seats are kept.

    What let a browser in without a key (the form that began a plan, an invitation) does not let it in again then. The
    keys of those forms are forgotten before such a seat is.
    """
    ended = select(SeatRow.id).where(
        SeatRow.plan_id == plan, SeatRow.holder_id == holder, SeatRow.ended_at.is_not(None)
    )
    return db.session.execute(ended.limit(1)).first() is not None


def _living(plan: UUID, holder: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    return db.session.execute(_LIVING, {"plan": plan, "holder": holder, "now": now()}).all()


def _opened(row: Any) -> DeviceView:
    sealed = unseal(key_of(row.plan_id), SeatRow.__tablename__, row.id, row.sealed)
    found = msgspec.json.decode(sealed, type=Device)
    return DeviceView(row.id, found.name, row.created_at, found.known, found.lent_key)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an account sits: the member or share row (`holder`) of a plan."""

    plan: UUID
    kind: str
    holder: UUID
    since: datetime


@dataclass(frozen=True, slots=True)
class AccountView:
    """What somebody told about themselves, and whether they have a password."""

    id: UUID
    name: str
    organisation: str
    login: str
    recovery: str
    has_password: bool


def places(account: UUID) -> list[Place]:
    """Where an account sits now, oldest first. Whether a seat there still lives is the room's to say."""
    found = select(PlaceRow.plan_id, PlaceRow.kind, PlaceRow.holder_id, PlaceRow.created_at).where(
        PlaceRow.account_id == account, PlaceRow.ended_at.is_(None)
    )
    rows = db.session.execute(found.order_by(PlaceRow.created_at, PlaceRow.id)).all()
    return [Place(row.plan_id, row.kind, row.holder_id, row.created_at) for row in rows]


def account(account: UUID) -> AccountView:
    """What an account tells of its owner.

    Raises:
        NoKey: it ended.
    """
    row = _account(account)
    body = opened_account(account, row.sealed)
    return AccountView(account, body.name, body.organisation, body.login, body.recovery, bool(row.password_hash))


def account_body(account: UUID) -> AccountBody:
    """The same, to change some of it."""
    return opened_account(account, _account(account).sealed)


def _account(account: UUID) -> Any:
    found = select(AccountRow.sealed, AccountRow.password_hash)
    row = db.session.execute(found.where(AccountRow.id == account, AccountRow.ended_at.is_(None))).first()
    if row is None:
        raise NoKey(str(account))
    return row


def opened_account(account: UUID, sealed: bytes) -> AccountBody:
    """What an account's row holds.

    Raises:
        NoKey: it ended.
    """
    return msgspec.json.decode(unseal(key_of(account), AccountRow.__tablename__, account, sealed), type=AccountBody)


def opened_passkey(account: UUID, passkey: UUID, sealed: bytes) -> PasskeyBody:
    """What a passkey's row holds.

    Raises:
        NoKey: its account ended.
    """
    return msgspec.json.decode(unseal(key_of(account), PasskeyRow.__tablename__, passkey, sealed), type=PasskeyBody)


def account_at(holder: UUID) -> UUID | None:
    """The account that sits in a member's or guest's place; None when its person has none."""
    found = select(PlaceRow.account_id).where(PlaceRow.holder_id == holder, PlaceRow.ended_at.is_(None))
    return db.session.execute(found.order_by(PlaceRow.created_at).limit(1)).scalar()


def sessions_without(account: UUID, holder: UUID) -> list[tuple[UUID, str]]:
    """The browsers an account is signed in with that have no seat of a holder yet, and what they are called."""
    query = (
        select(
            *(_session.id.label("session_id"), _session.created_at),
            *(_seats.id, _seats.plan_id, _seats.holder_id, _seats.sealed),
        )
        .outerjoin_from(
            BrowserSession.__table__,
            SeatRow.__table__,
            (_seats.session_id == _session.id) & _seats.ended_at.is_(None),
        )
        .where(_session.account_id == account, _session.ended_at.is_(None), _session.expires_at > now())
        .order_by(_session.created_at, _session.id, _seats.created_at)
    )
    rows = db.session.execute(query).all()
    have = {row.session_id for row in rows if row.holder_id == holder}
    names: dict[UUID, str] = {row.session_id: "" for row in rows if row.session_id not in have}
    for row in rows:
        if row.id is not None and names.get(row.session_id) == "":
            names[row.session_id] = _device_name(row)
    return list(names.items())


def _device_name(row: Any) -> str:
    try:
        return _opened(row).name
    except NoKey:
        return ""


def cards(actor: Actor) -> list[Thing[CardBody]]:
    """The actor's own cards that open the plan, oldest first."""
    found = load(actor, CARD).all(CARD)
    return [card for card in found if card.state == CardState.ACTIVE and card.body.is_of(actor.seat)]


def card(actor: Actor, card: UUID) -> Thing[CardBody] | None:
    """One of the actor's own cards."""
    return next((one for one in load(actor, CARD).all(CARD) if one.id == card and one.body.is_of(actor.seat)), None)


def has_way_back(actor: Actor) -> bool:
    """Whether this person can come in again without this browser: a card that they have kept safe."""
    return any(card.body.kept for card in cards(actor))


@dataclass(frozen=True, slots=True)
class Lock:
    """What a typed number leads to, before the words are checked."""

    card: UUID
    plan: UUID
    member: UUID
    words_hash: str
    works: bool


def lock_of(number: str) -> Lock | None:
    """The card with this number, also when it was stopped; None when there is none."""
    row = db.session.execute(
        select(Card.id, Card.plan_id, Card.member_id, Card.words_hash, Card.state, Card.removed_at).where(
            Card.number_hash == look_up_hash("card", number)
        )
    ).first()
    if row is None:
        return None
    works = row.state == CardState.ACTIVE and row.removed_at is None
    return Lock(row.id, row.plan_id, row.member_id, row.words_hash, works)


def tries(subjects: Collection[bytes], since: datetime, but: Collection[UUID]) -> list[tuple[bytes, datetime]]:
    """Wrong guesses by these subjects, this guess's own rows (`but`) left out."""
    rows = db.session.execute(
        select(Attempt.subject, Attempt.at).where(
            Attempt.subject.in_(subjects), Attempt.at > since, Attempt.id.not_in(but)
        )
    )
    return [(row.subject, row.at) for row in rows]


def tries_in_all(everybody: bytes, since: datetime) -> int:
    """How many wrong guesses there were of everybody."""
    counted = select(func.count()).select_from(Attempt).where(Attempt.subject == everybody, Attempt.at > since)
    return db.session.scalar(counted) or 0


def sat_in(session_id: UUID, plan: UUID, kind: str) -> bool:
    """Whether this session held a seat of this kind in a plan that ended there."""
    ended = select(SeatRow.id).where(
        SeatRow.session_id == session_id,
        SeatRow.plan_id == plan,
        SeatRow.kind == kind,
        SeatRow.ended_at.is_not(None),
    )
    return db.session.execute(ended.limit(1)).first() is not None

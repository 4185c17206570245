"""The ledger of sessions and seats: who sits where in which browser. It writes beside the door (house, choice 4)."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError

from app.accounts import store
from app.accounts.models import BrowserSession, SeatRow
from app.accounts.nouns import Device
from app.db import db, now
from app.keystore import Ended, key_of, look_up_hash, record_ending
from app.policy.actor import Actor
from app.trouble import found_in, note
from app.vault import seal, unseal
from app.web.session import LASTS, Seat, Visitor, keep_cookie

TOKEN_BYTES = 32
SEEN_AGAIN = timedelta(days=1)
# What a browser is called, or that and how it came in.
Named = str | Device


@dataclass(frozen=True, slots=True)
class Chair:
    """Where somebody may sit: a plan, and the member or share row it is of."""

    plan: UUID
    kind: str
    holder: UUID


def take_seat(
    before: Visitor | None, plan: UUID, kind: str, holder: UUID, device: Named, account: UUID | None = None
) -> Visitor:
    """Give this browser a seat. Its session gets a new token, and keeps the seats it had; the old token dies.

    Who comes in with an own key takes the place of who opened that plan here before: two parents may share a phone,
    and what one keeps alone is written and read as nobody else.

    Args:
        before: the session of this browser until now; its account stays, unless somebody else takes the owner's place.
        plan: the plan the seat is in.
        kind: `member`, `guest` or `link`.
        holder: the member or share row it comes from.
        device: what the person may recognise this browser by ("gsm met Android"); a `Device` when its key was lent.
        account: the account they sign in with, when it is not that of the session.
    """
    had = None if before is None else before.account
    leaves: set[UUID] = set()
    if account is None and had is not None and kind == "member" and before is not None:
        owned = {place.holder for place in store.places(had)}
        displaced = {seat.holder for seat in before.seats if (seat.plan, seat.kind) == (plan, kind)}
        if holder not in owned and displaced & owned:
            leaves, had = owned, None
    elif account is not None and had not in {None, account}:
        leaves = {place.holder for place in store.places(had)}
    return sit_down(before, [Chair(plan, kind, holder)], device, account or had, leaves)


def sit_down(
    before: Visitor | None, chairs: Sequence[Chair], device: Named, account: UUID | None, leaves: Collection[UUID] = ()
) -> Visitor:
    """Give this browser seats, in a new session with a new token.

    Args:
        before: the session of this browser until now; what it held comes along.
        chairs: where somebody sits now.
        device: what they may recognise this browser by.
        account: what they signed in with, if anything.
        leaves: the holders of seats that do not come along: somebody else's.
    """
    token, session_id, instant = secrets.token_urlsafe(TOKEN_BYTES), uuid4(), now()
    kept = () if before is None else before.seats
    same = {seat.id for seat in kept if Chair(seat.plan, seat.kind, seat.holder) in chairs}
    members = {chair.plan for chair in chairs if chair.kind == "member"}
    others = {seat.id for seat in kept if seat.kind == "member" and seat.plan in members} - same
    others |= {seat.id for seat in kept if seat.holder in leaves} - same
    # A browser that had this seat is no news; nor is the first one, as there is no other to tell.
    had = {(seat.plan, seat.holder) for seat in kept if seat.id in same}
    known = [
        (chair.plan, chair.holder) in had or not store.has_seat_elsewhere(chair.plan, chair.holder, same)
        for chair in chairs
    ]
    db.session.execute(
        insert(BrowserSession).values(
            id=session_id,
            token_hash=look_up_hash("session", token),
            created_at=instant,
            seen_at=instant,
            expires_at=instant + LASTS,
            account_id=account,
        )
    )
    if before is not None:
        _end(before.session_id, instant, move_seats_to=session_id)
        over = update(SeatRow).where(SeatRow.id.in_(same | others))
        db.session.execute(over.values(ended_at=instant))
    new = [
        put_seat(session_id, chair, _named(device, is_known), instant)
        for chair, is_known in zip(chairs, known, strict=True)
    ]
    for seat in others:
        record_ending(seat, Ended.SEAT)
    db.session.commit()
    seats = (*(seat for seat in kept if seat.id not in same | others), *new)
    return Visitor(token, session_id, seats, seen_at=instant, account=account)


def turn_session(before: Visitor) -> Visitor:
    """The same browser with the same seats under a new token; the one from before opens nothing any more."""
    return sit_down(before, (), "", before.account)


def put_seat(session_id: UUID, chair: Chair, device: Device, instant: datetime) -> Seat:
    """Put one seat in a session; whoever calls commits."""
    seat_id = uuid4()
    db.session.execute(
        insert(SeatRow).values(
            id=seat_id,
            session_id=session_id,
            plan_id=chair.plan,
            kind=chair.kind,
            holder_id=chair.holder,
            created_at=instant,
            sealed=_sealed(chair.plan, seat_id, device),
        )
    )
    return Seat(seat_id, chair.plan, chair.kind, chair.holder)


def still_here(token: str) -> Visitor | None:
    """The living session of a token. Once a day its end moves on, and the browser keeps its cookie as long."""
    found = store.visitor(token)
    if found is not None and found.seen_at is not None and now() - found.seen_at > SEEN_AGAIN:
        longer = update(BrowserSession).where(BrowserSession.id == found.session_id)
        try:
            db.session.execute(longer.values(seen_at=now(), expires_at=now() + LASTS))
            db.session.commit()
        except DBAPIError as error:
            # Nothing can be written now, as on a full disk: what stands in the plan can still be read.
            db.session.rollback()
            trouble = found_in(error)
            if trouble is None:
                raise
            note(trouble.trouble)
        else:
            keep_cookie()
    return found


def came_by_lent_key(seat: Seat) -> bool:
    """Whether a browser has this seat through a card that somebody else made for its owner."""
    sealed = seat.sealed or db.session.scalar(select(SeatRow.sealed).where(SeatRow.id == seat.id))
    if not sealed:
        return False
    opened = unseal(key_of(seat.plan), SeatRow.__tablename__, seat.id, sealed)
    return msgspec.json.decode(opened, type=Device).lent_key


def know_device(actor: Actor, device: store.DeviceView) -> None:
    """The person was told of a new device and says that it is theirs."""
    if actor.plan is None:
        return
    sealed = _sealed(actor.plan, device.id, Device(device.name, lent_key=device.lent_key))
    db.session.execute(update(SeatRow).where(SeatRow.id == device.id).values(sealed=sealed))
    db.session.commit()


def end_session(here: Visitor) -> None:
    """End a session and every seat it holds; its token opens nothing any more."""
    _end(here.session_id, now())
    for seat in here.seats:
        record_ending(seat.id, Ended.SEAT)
    db.session.commit()


def end_seat(seat: UUID) -> None:
    """End one seat; the page open there gets the 404 at its next request, also after a restore."""
    db.session.execute(update(SeatRow).where(SeatRow.id == seat, SeatRow.ended_at.is_(None)).values(ended_at=now()))
    record_ending(seat, Ended.SEAT)
    db.session.commit()


def end_seats_of(holder: UUID) -> None:
    """End all seats that came from one member or share, in whatever browser."""
    end_seats_from([holder])
    db.session.commit()


def end_seats_from(holders: Iterable[UUID]) -> None:
    """The same for several; whoever calls commits."""
    ending = update(SeatRow).where(SeatRow.holder_id.in_(list(holders)), SeatRow.ended_at.is_(None))
    db.session.execute(ending.values(ended_at=now()))


def end_seats_in(account: UUID) -> None:
    """End the seats in every browser that is signed in with an account; whoever calls commits."""
    theirs = select(BrowserSession.id).where(BrowserSession.account_id == account)
    ending = update(SeatRow).where(SeatRow.session_id.in_(theirs), SeatRow.ended_at.is_(None))
    db.session.execute(ending.values(ended_at=now()))


def _end(session_id: UUID, instant: datetime, move_seats_to: UUID | None = None) -> None:
    db.session.execute(update(BrowserSession).where(BrowserSession.id == session_id).values(ended_at=instant))
    seats = update(SeatRow).where(SeatRow.session_id == session_id, SeatRow.ended_at.is_(None))
    change = {"ended_at": instant} if move_seats_to is None else {"session_id": move_seats_to}
    db.session.execute(seats.values(**change))


def _named(device: Named, known: bool) -> Device:
    return Device(device, known) if isinstance(device, str) else msgspec.structs.replace(device, known=known)


def _sealed(plan: UUID, seat: UUID, device: Device) -> bytes:
    return seal(key_of(plan), SeatRow.__tablename__, seat, msgspec.json.encode(device))

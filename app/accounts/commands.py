"""Sessions and attempts: ledgers that write beside the door (see house, choice 4). Key cards go through it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import delete, insert, update

from app.accounts import chance, rules, store
from app.accounts.models import CARD, Attempt, BrowserSession, SeatRow
from app.accounts.nouns import CardBody, CardSecret, CardState, Device
from app.accounts.rules import Reason, Subject, Wait
from app.change import Add, Done, Put, Refused, change, new_id
from app.db import db, now
from app.items import Thing
from app.keystore import Ended, key_of, look_up_hash, record_ending
from app.policy.actions import Action
from app.policy.actor import Actor
from app.rooms import SEATS
from app.vault import seal
from app.web.device import Caller
from app.web.session import LASTS, Seat, Visitor, keep_cookie

TOKEN_BYTES = 32
SEEN_AGAIN = timedelta(days=1)


def take_seat(before: Visitor | None, plan: UUID, kind: str, holder: UUID, device: str) -> Visitor:
    """Give this browser a seat. Its session gets a new token, and keeps the seats it had; the old token dies.

    Who comes in with an own key takes the place of who opened that plan here before: two parents may share a phone,
    and what one keeps alone is written and read as nobody else.

    Args:
        before: the session of this browser until now.
        plan: the plan the seat is in.
        kind: `member` or `link`.
        holder: the member or share row it comes from.
        device: what the person may recognise this browser by ("gsm met Android").
    """
    token, session_id, seat_id, instant = secrets.token_urlsafe(TOKEN_BYTES), uuid4(), uuid4(), now()
    kept = () if before is None else before.seats
    same = [seat.id for seat in kept if (seat.plan, seat.kind, seat.holder) == (plan, kind, holder)]
    others = [] if kind != "member" else [seat.id for seat in kept if (seat.plan, seat.kind) == (plan, kind)]
    over = {*same, *others}
    # A browser that had this seat is no news; nor is the first one, as there is no other to tell.
    known = bool(same) or not store.has_seat_elsewhere(plan, holder, same)
    db.session.execute(
        insert(BrowserSession).values(
            id=session_id,
            token_hash=look_up_hash("session", token),
            created_at=instant,
            seen_at=instant,
            expires_at=instant + LASTS,
        )
    )
    if before is not None:
        _end(before.session_id, instant, move_seats_to=session_id)
        db.session.execute(update(SeatRow).where(SeatRow.id.in_(over)).values(ended_at=instant))
    db.session.execute(
        insert(SeatRow).values(
            id=seat_id,
            session_id=session_id,
            plan_id=plan,
            kind=kind,
            holder_id=holder,
            created_at=instant,
            sealed=_sealed(plan, seat_id, Device(name=device, known=known)),
        )
    )
    db.session.commit()
    for seat in over.difference(same):
        record_ending(seat, Ended.SEAT)
    seats = (*(seat for seat in kept if seat.id not in over), Seat(seat_id, plan, kind, holder))
    return Visitor(token, session_id, seats, seen_at=instant)


def still_here(token: str) -> Visitor | None:
    """The living session of a token. Once a day its end moves on, and the browser keeps its cookie as long."""
    found = store.visitor(token)
    if found is not None and found.seen_at is not None and now() - found.seen_at > SEEN_AGAIN:
        db.session.execute(
            update(BrowserSession)
            .where(BrowserSession.id == found.session_id)
            .values(seen_at=now(), expires_at=now() + LASTS)
        )
        db.session.commit()
        keep_cookie()
    return found


def know_device(actor: Actor, device: store.DeviceView) -> None:
    """The person was told of a new device and says that it is theirs."""
    if actor.plan is None:
        return
    sealed = _sealed(actor.plan, device.id, Device(name=device.name))
    db.session.execute(update(SeatRow).where(SeatRow.id == device.id).values(sealed=sealed))
    db.session.commit()


def end_session(here: Visitor) -> None:
    """End a session and every seat it holds; its token opens nothing any more."""
    _end(here.session_id, now())
    db.session.commit()
    for seat in here.seats:
        record_ending(seat.id, Ended.SEAT)


def end_seat(seat: UUID) -> None:
    """End one seat; the page open there gets the 404 at its next request, also after a restore."""
    db.session.execute(update(SeatRow).where(SeatRow.id == seat, SeatRow.ended_at.is_(None)).values(ended_at=now()))
    db.session.commit()
    record_ending(seat, Ended.SEAT)


def end_seats_of(holder: UUID) -> None:
    """End all seats that came from one member or share, in whatever browser."""
    db.session.execute(
        update(SeatRow).where(SeatRow.holder_id == holder, SeatRow.ended_at.is_(None)).values(ended_at=now())
    )
    db.session.commit()


def _end(session_id: UUID, instant: datetime, move_seats_to: UUID | None = None) -> None:
    db.session.execute(update(BrowserSession).where(BrowserSession.id == session_id).values(ended_at=instant))
    seats = update(SeatRow).where(SeatRow.session_id == session_id, SeatRow.ended_at.is_(None))
    change = {"ended_at": instant} if move_seats_to is None else {"session_id": move_seats_to}
    db.session.execute(seats.values(**change))


def _sealed(plan: UUID, seat: UUID, device: Device) -> bytes:
    return seal(key_of(plan), SeatRow.__tablename__, seat, msgspec.json.encode(device))


def make_card(actor: Actor, form_key: str | None) -> CardSecret:
    """Make a sleutelkaart for the actor. Its number and words are in the answer and nowhere else.

    They follow from the form's key, so that a form sent twice makes one card and shows the same one.
    """
    form_key = form_key or secrets.token_hex(16)
    secret = _free_secret(actor, form_key)
    new = Add(
        CARD,
        CardBody(member=actor.seat),
        CardState.ACTIVE,
        id=secret.card,
        columns={
            "member_id": actor.seat,
            "number_hash": look_up_hash("card", secret.number),
            "words_hash": chance.hash_of(secret.words),
        },
    )
    change(actor, Action.CARD_MAKE, new, form_key=form_key)
    return secret


def keep_card(actor: Actor, card: Thing[CardBody]) -> Done:
    """The member says that the card is kept safe. Twice is once."""
    return change(actor, Action.CARD_KEEP, Put(card, msgspec.structs.replace(card.body, kept=True)))


def stop_card(actor: Actor, card: Thing[CardBody]) -> Done:
    """The card opens nothing any more, also after a restore. Twice is once."""
    done = change(actor, Action.CARD_STOP, Put(card, state=CardState.STOPPED))
    record_ending(card.id, Ended.CARD)
    return done


@dataclass(frozen=True, slots=True)
class Opened:
    """What a right key opens; `proof` lets this browser show later that it did."""

    plan: UUID
    member: UUID
    proof: str


def open_card(typed_number: str, typed_words: str, caller: Caller) -> Opened:
    """Hold a typed number and words against the cards.

    Raises:
        Refused: NOT_RIGHT for whatever is wrong, or Wait when there were too many guesses.
    """
    number = rules.number_of(typed_number)
    if number is None:
        raise Refused(Reason.NOT_RIGHT)
    proof = look_up_hash("opened", f"{caller.mark}/{number}").hex()[:32]
    network = rules.network_of(caller.address)
    names = {
        Subject.NUMBER: number,
        Subject.BROWSER: f"{network}/{caller.mark}",
        Subject.ADDRESS: network,
        Subject.DEVICE: f"{caller.mark}/{number}",
        Subject.ALL: "",
    }
    guess = count_guess({by: names[by] for by in rules.counted_by(known_device=proof in caller.proofs)})
    lock = store.lock_of(number)
    # The work is the same whether or not the number exists.
    fits = chance.fits(chance.NO_WORDS if lock is None else lock.words_hash, rules.words_of(typed_words))
    actor = SEATS["member"](lock.plan, lock.member) if lock is not None and fits and lock.works else None
    if lock is None or actor is None:
        raise Refused(Reason.NOT_RIGHT)
    forget_guess(guess)
    card = store.card(actor, lock.card)
    if card is not None and not card.body.kept:
        keep_card(actor, card)
    return Opened(lock.plan, lock.member, proof)


def count_guess(names: Mapping[Subject, str]) -> list[UUID]:
    """Count a guess before it is checked, so that many at once are not more than the limit.

    Args:
        names: whom it is counted by, and which of them this one is.

    Returns:
        The rows of this guess, to forget when it was right.

    Raises:
        Refused: there were too many (`Wait`); this one does not count.
    """
    instant = now()
    subjects = {subject: look_up_hash(f"attempt by {subject.value}", name) for subject, name in names.items()}
    rows = {uuid4(): hashed for hashed in subjects.values()}
    own = list(rows)
    db.session.execute(delete(Attempt).where(Attempt.at < instant - rules.WINDOW))
    db.session.execute(insert(Attempt), [{"id": row, "subject": hashed, "at": instant} for row, hashed in rows.items()])
    db.session.commit()
    wait = _wait(subjects, instant, own)
    if wait is not None:
        forget_guess(own)
        raise Refused(wait)
    return own


def forget_guess(rows: Sequence[UUID]) -> None:
    """A guess that was right does not count."""
    db.session.execute(delete(Attempt).where(Attempt.id.in_(rows)))
    db.session.commit()


def _wait(subjects: dict[Subject, bytes], instant: datetime, own: list[UUID]) -> Wait | None:
    since = instant - rules.WINDOW
    single = {hashed: subject for subject, hashed in subjects.items() if subject is not Subject.ALL}
    others: dict[Subject, list[datetime]] = {subject: [] for subject in single.values()}
    for hashed, at in store.tries(single, since, own):
        others[single[hashed]].append(at)
    everybody = subjects.get(Subject.ALL)
    return rules.why_wait(instant, others, 0 if everybody is None else store.tries_in_all(everybody, since))


def _free_secret(actor: Actor, form_key: str) -> CardSecret:
    """What the card of this form says, with a number that no other card has."""
    card = new_id(actor, form_key)
    for turn in range(100):
        secret = chance.card_secret(card, f"{actor.plan}/{actor.seat}/{form_key}/{turn}")
        lock = store.lock_of(secret.number)
        if lock is None or lock.card == card:
            return secret
    raise RuntimeError("no free card number")

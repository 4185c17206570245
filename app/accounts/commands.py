"""What somebody does to get in: key cards, which go through the door, and guesses, a ledger beside it (see house,
choice 4). Sessions are in `sessions.py`, accounts in `owners.py`; other rooms call all of them here.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import delete, insert

from app.accounts import chance, rules, store
from app.accounts.models import CARD, Attempt
from app.accounts.nouns import CardBody, CardSecret, CardState
from app.accounts.owners import (
    account_of,
    cards_that_open,
    change_account,
    end_account,
    end_places_of,
    give_place,
    make_account,
    sign_in,
)
from app.accounts.rules import Reason, Subject, Wait
from app.accounts.sessions import end_seat, end_seats_of, end_session, know_device, still_here, take_seat, turn_session
from app.change import Add, Done, Put, Refused, change, new_id
from app.db import db, now
from app.endings import put_state
from app.items import Thing
from app.keystore import Ended, look_up_hash, record_ending
from app.policy.actions import Action
from app.policy.actor import Actor
from app.rooms import SEATS
from app.web.device import Caller

__all__ = [
    "Opened", "account_of", "change_account", "count_guess", "end_account", "end_card", "end_keys_of", "end_places_of",
    "end_seat", "end_seats_of", "end_session", "forget_guess", "give_place", "keep_card", "know_device", "make_account",
    "make_card", "make_card_for", "open_card", "sign_in", "still_here", "stop_card", "stop_card_of_child", "take_seat",
    "turn_session",
]  # fmt: skip


def make_card(actor: Actor, form_key: str | None, keeper: str = "") -> CardSecret:
    """Make a sleutelkaart for the actor. Its number and words are in the answer and nowhere else.

    They follow from the form's key, so that a form sent twice makes one card and shows the same one. `keeper` is who
    keeps it for them, when that is somebody else.
    """
    return _made(actor, Action.CARD_MAKE, CardBody(member=actor.seat, keeper=keeper), form_key)


def make_card_for(actor: Actor, member: UUID, child: UUID, form_key: str | None) -> CardSecret:
    """A parent makes the card of a child with a page; it opens that page, and nothing of the parent's."""
    return _made(actor, Action.CHILD_PAGE_CHANGE, CardBody(member=member, child=child), form_key)


def _made(actor: Actor, action: Action, body: CardBody, form_key: str | None) -> CardSecret:
    form_key = form_key or secrets.token_hex(16)
    secret = _free_secret(actor, form_key)
    columns = {
        "member_id": body.member,
        "number_hash": look_up_hash("card", secret.number),
        "words_hash": chance.hash_of(secret.words),
    }
    change(actor, action, Add(CARD, body, CardState.ACTIVE, id=secret.card, columns=columns), form_key=form_key)
    return secret


def keep_card(actor: Actor, card: Thing[CardBody]) -> Done:
    """The member says that the card is kept safe. Twice is once."""
    return change(actor, Action.CARD_KEEP, Put(card, msgspec.structs.replace(card.body, kept=True)))


def stop_card(actor: Actor, card: Thing[CardBody]) -> Done:
    """The card opens nothing any more, also after a restore. Twice is once."""
    return _stopped(actor, Action.CARD_STOP, card)


def stop_card_of_child(actor: Actor, card: Thing[CardBody]) -> Done:
    """A parent stops the card of a child."""
    return _stopped(actor, Action.CHILD_PAGE_STOP, card)


def _stopped(actor: Actor, action: Action, card: Thing[CardBody]) -> Done:
    noted = partial(record_ending, card.id, Ended.CARD)
    return change(actor, action, Put(card, state=CardState.STOPPED), beside=noted)


def end_card(card: UUID) -> None:
    """The card opens nothing, after a restore."""
    put_state(CARD, card, CardState.STOPPED, [CardState.ACTIVE])


def end_keys_of(member: UUID) -> None:
    """No card, account or browser opens a member's place any more, also after a restore; inside a change."""
    end_places_of(member)
    for card in cards_that_open(member):
        record_ending(card, Ended.CARD)
        put_state(CARD, card, CardState.STOPPED, [CardState.ACTIVE])


@dataclass(frozen=True, slots=True)
class Opened:
    """What a right key opens; `proof` lets this browser show later that it did. `lent`: somebody else made the key."""

    plan: UUID
    member: UUID
    proof: str
    lent: bool = False


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
    return Opened(lock.plan, lock.member, proof, lent=card is not None and card.body.child is not None)


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

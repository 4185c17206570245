"""Who adds or changes a password or an address shows a key first: an open phone may be in somebody else's hand.

Any key of a day ago will do, so that one that was just made on that phone proves nothing. One that was stopped less
than a day ago still asks, so that stopping a key is no way around it. Who had none is asked nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from werkzeug.wrappers import Response

from app.accounts import bunch, keys, locks, rules
from app.accounts import commands as accounts
from app.accounts import store as account_store
from app.accounts.locks import Challenge
from app.accounts.rules import HadKey, Reason
from app.change import Refused
from app.db import now
from app.entry.forms import ProofForm
from app.entry.keeper import Keeper, passkeys_work
from app.policy.actor import Actor
from app.rooms import SEATS
from app.web.device import Caller
from app.web.handover import hand_over, handed

PASSWORD, LOCK, CARD = "password", "lock", "card"  # nosec B105 - names of sorts


class Proof(msgspec.Struct, frozen=True):
    """This browser showed a key of somebody, and until when that counts (seconds, UTC)."""

    until: float


@dataclass(frozen=True, slots=True)
class Asked:
    """The keys of which somebody must show one; with none left to show, `ready_at` is when none is asked any more."""

    shown: tuple[HadKey, ...]
    ready_at: datetime | None = None

    def has(self, sort: str) -> bool:
        """Whether a key of this sort will do."""
        return any(key.sort == sort for key in self.shown) and (sort != LOCK or passkeys_work())

    def ids(self, sort: str) -> frozenset[UUID]:
        """Those keys."""
        return frozenset(key.id for key in self.shown if key.sort == sort)


def missing(keeper: Keeper) -> Asked | None:
    """What somebody must show first; None when they did, or have no key to show."""
    given = handed(_purpose(keeper), Proof, _place(keeper))
    if given is not None and given.until > now().timestamp():
        return None
    at = now()
    counted = rules.keys_that_count([*_own_keys(keeper), *_cards(keeper)], at)
    shown = tuple(key for key in counted if key.ended is None)
    if shown or not counted:
        return Asked(shown) if shown else None
    return Asked((), max(key.ended for key in counted if key.ended is not None) + rules.KEY_COUNTS_FOR)


def every_key(keeper: Keeper) -> Asked | None:
    """Every key somebody has now, however new; None when they have none. Of a card only one that was kept safe."""
    had = (*_own_keys(keeper), *_cards(keeper))
    shown = tuple(key for key in had if key.ended is None)
    return Asked(shown) if shown else None


def comes_back(keeper: Keeper) -> bool:
    """Whether who gives this phone away can take it back with a key at hand: of cards one they keep themselves."""
    asked = every_key(keeper)
    cards = [] if keeper.actor is None else account_store.cards(keeper.actor)
    at_hand = any(card.body.kept and not card.body.keeper for card in cards)
    return at_hand or (asked is not None and (asked.has(PASSWORD) or asked.has(LOCK)))


def give(answer: Response, keeper: Keeper) -> None:
    """This browser showed a key, or made the first."""
    until = (now() + rules.PROOF_LASTS).timestamp()
    hand_over(answer, _place(keeper), _purpose(keeper), Proof(until))


def show(keeper: Keeper, asked: Asked, form: ProofForm, caller: Caller) -> str:
    """Hold what was typed against their keys: a password, or a card.

    Returns:
        What lets this browser show later that it opened that key.

    Raises:
        Refused: as `show_password` and `show_card`.
    """
    if field(form) == "password":
        return show_password(keeper, form.password.data or "", caller)
    return show_card(asked, form.card_number.data or "", form.card_words.data or "", caller)


def field(form: ProofForm) -> str:
    """The field of the form that is filled in."""
    return "card_number" if form.card_number.data or not form.password.data else "password"


def show_password(keeper: Keeper, password: str, caller: Caller) -> str:
    """Hold a typed password against theirs: counted as any other guess.

    Returns:
        What lets this browser show later that it opened that name.

    Raises:
        Refused: it is another one, or Wait after too many guesses.
    """
    opened = keys.open_password("" if keeper.about is None else keeper.about.login, password, caller)
    if opened.account != keeper.account:
        raise Refused(Reason.NOT_THIS_PASSWORD)
    return opened.proof


def show_card(asked: Asked, number: str, words: str, caller: Caller) -> str:
    """Hold a typed number and words against their cards: counted as any other guess.

    Returns:
        What lets this browser show later that it opened that card.

    Raises:
        Refused: it is none of theirs, or Wait after too many guesses.
    """
    opened = accounts.open_card(number, words, caller)
    digits = rules.number_of(number)
    lock = None if digits is None else account_store.lock_of(digits)
    if lock is None or lock.card not in asked.ids(CARD):
        raise Refused(Reason.NOT_RIGHT)
    return opened.proof


def show_lock(keeper: Keeper, asked: Asked, answer: str, challenge: Challenge | None) -> None:
    """Whether a passkey of theirs answered.

    Raises:
        Refused: it is no answer, of another one, or of one that was just made.
    """
    credential, ids = locks.credential_of(answer), asked.ids(LOCK)
    known = any(lock.body.credential == credential and lock.id in ids for lock in keeper.locks)
    if keys.open_passkey(answer, challenge) != keeper.account or not known:
        raise Refused(Reason.NOT_THIS_LOCK)


def _own_keys(keeper: Keeper) -> Iterator[HadKey]:
    if keeper.account is None:
        return
    if keeper.bunch.has_password:
        yield HadKey(keeper.account, PASSWORD)
    for passkey in keeper.bunch.had:
        yield HadKey(passkey.id, LOCK, passkey.created_at, passkey.ended_at)


def _cards(keeper: Keeper) -> Iterator[HadKey]:
    """The cards they keep, of every plan whose member they are."""
    for member in _members(keeper):
        for card in bunch.had_cards(member):
            yield HadKey(card.id, CARD, card.created_at, bunch.stopped_at(card))


def _members(keeper: Keeper) -> list[Actor]:
    found = {} if keeper.actor is None else {keeper.actor.seat: keeper.actor}
    for place in keeper.places:
        if place.kind == "member" and place.holder not in found:
            actor = SEATS["member"](place.plan, place.holder)
            found |= {} if actor is None else {place.holder: actor}
    return list(found.values())


def _purpose(keeper: Keeper) -> str:
    return f"a key was shown by {keeper.future}"


def _place(keeper: Keeper) -> str:
    return keeper.url("key_choice")

"""Whose keys are at hand: a member's, on the pages of their plan, or those of the account that signed in here.

A member's card opens one plan. An account may open more, so who came in with a card adds no keys to an account that
reaches further than that card does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import abort, current_app, redirect, url_for

from app.accounts import commands as accounts
from app.accounts import keys, owners
from app.accounts import store as account_store
from app.accounts.keys import Bunch, LockView
from app.accounts.models import CARD
from app.accounts.nouns import AccountBody, CardBody
from app.accounts.recovery import RecoveryView
from app.accounts.rules import passkeys_work_at
from app.accounts.store import DeviceView, Place
from app.children import code
from app.config import Config
from app.edits import NotPermitted
from app.items import Thing
from app.people.models import PERSON
from app.policy.actor import Actor, ActorKind
from app.rooms import SEATS
from app.scope import load
from app.web.session import visitor


@dataclass(frozen=True)
class Keeper:
    """Somebody and their keys.

    Attributes:
        bunch: those keys.
        actor: the member whose page this is; None on the pages of an account.
        name: what a member is called in the plan.
    """

    bunch: Bunch
    actor: Actor | None
    name: str = ""

    @property
    def account(self) -> UUID | None:
        """Theirs; None while they have none."""
        return self.bunch.account

    @property
    def future(self) -> UUID:
        """The account a new key is for, also before there is one."""
        if self.account is not None:
            return self.account
        return owners.account_id_of(self.holder)

    @property
    def holder(self) -> UUID:
        """The member's row; only who has no account needs it."""
        if self.actor is None or self.actor.seat is None:
            raise NotPermitted
        return self.actor.seat

    def made(self) -> UUID:
        """The account, made when there is none."""
        if self.account is not None or self.actor is None or self.actor.plan is None:
            return self.future
        return owners.account_for(self.holder, self.actor.plan, visitor())

    @cached_property
    def may(self) -> bool:
        """Whether this browser may add or change keys."""
        if self.account is None or accounts.account_of(visitor()) == self.account:
            return True
        return all(place.holder == self.holder for place in self.places)

    @cached_property
    def places(self) -> list[Place]:
        """Where their account sits."""
        return [] if self.account is None else account_store.places(self.account)

    @cached_property
    def about(self) -> AccountBody | None:
        """What the account tells."""
        return self.bunch.body

    @property
    def called(self) -> str:
        """What they choose their passkey by, on their own device; empty when nobody said."""
        return self.name or ("" if self.about is None else self.about.name)

    @property
    def locks(self) -> list[LockView]:
        """Their passkeys."""
        return self.bunch.locks

    @property
    def asked(self) -> tuple[RecoveryView, ...]:
        """Questions for a new key that they may stop."""
        return self.bunch.asked

    @property
    def new_locks(self) -> list[LockView]:
        """Passkeys they were not told of yet; the browser that made one is not told."""
        return [lock for lock in self.locks if not lock.body.known and not made_here(lock)]

    def is_news(self, sort: str) -> bool:
        """Whether their password or address changed and they were not told yet; the browser that did it is not."""
        return sort in self.bunch.news and not _sits_here(self.bunch.news[sort])

    @property
    def news(self) -> list[str]:
        """Which of them did: "password", "address"."""
        return [sort for sort in self.bunch.news if self.is_news(sort)]

    @property
    def has_way_back(self) -> bool:
        """Whether a passkey or a password lets them in again without this browser."""
        return self.bunch.opens

    def url(self, name: str, **values: Any) -> str:
        """The address of one of these pages, for this somebody."""
        return url_for(f"entry.{name}" if self.actor is not None else f"entry.my_{name}", **values)

    @property
    def back(self) -> str:
        """Where their keys are listed."""
        of_adult = self.actor is not None and self.actor.kind is not ActorKind.CHILD
        return self.url("people") if of_adult else self.url("key_choice")

    @property
    def is_child(self) -> bool:
        """Whether they are a child that keeps a key itself, in this plan or in one of their account."""
        if self.actor is not None:
            return self.actor.kind is ActorKind.CHILD
        sitting = (SEATS["member"](one.plan, one.holder) for one in self.places if one.kind == "member")
        return any(actor is not None and actor.kind is ActorKind.CHILD for actor in sitting)


def of_member(actor: Actor) -> Keeper | None:
    """The keys of a member."""
    if actor.plan is None or actor.seat is None:
        return None
    itself_or_pictures(actor)
    # With the cards, of which one may be asked for: they cost no question of their own.
    person = load(actor, PERSON, CARD).get(PERSON, actor.person)
    return replace(of_seat(actor), name="" if person is None else person.body.name)


def itself_or_pictures(actor: Actor) -> None:
    """A child makes a key only where what it keeps is open to it: else a parent who gives themselves a card of the
    child would make one, and open that. It is led to its pictures.
    """
    if actor.kind is ActorKind.CHILD and not code.is_itself(actor):
        abort(redirect(url_for("childpages.pictures"), 303))


def of_seat(actor: Actor) -> Keeper:
    """The same without a name, for what is told beside something else."""
    return Keeper(Bunch() if actor.seat is None else keys.bunch_at(actor.seat), actor)


def of_account() -> Keeper | None:
    """The keys of the account this browser is signed in with."""
    account = accounts.account_of(visitor())
    return None if account is None else Keeper(keys.bunch(account), None)


def cards(keeper: Keeper) -> list[Thing[CardBody]]:
    """The cards that a member made for themselves."""
    return [] if keeper.actor is None else account_store.cards(keeper.actor)


def other_devices(keeper: Keeper) -> list[DeviceView]:
    """The browsers that open a plan as this member, beside this one."""
    found = [] if keeper.actor is None else account_store.devices(keeper.actor)
    return [one for one in found if not _sits_here(one.id)]


@dataclass(frozen=True, slots=True)
class KeptLock:
    """One passkey of somebody."""

    keeper: Keeper
    lock: LockView

    @property
    def made_here(self) -> bool:
        """Whether this browser made it: it is not the one to say that it is known."""
        return made_here(self.lock)


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """One question for a new key, to somebody who may stop it."""

    keeper: Keeper
    asked: RecoveryView


def itself(keeper: Keeper) -> Keeper:
    """The keeper, for a page about all of their keys."""
    return keeper


def lock_of(keeper: Keeper, passkey: UUID) -> KeptLock | None:
    """One of their passkeys."""
    return next((KeptLock(keeper, lock) for lock in keeper.locks if lock.id == passkey), None)


def asked_of(keeper: Keeper, recovery: UUID) -> KeptQuestion | None:
    """One of the questions for a new key."""
    return next((KeptQuestion(keeper, one) for one in keeper.asked if one.id == recovery), None)


def made_here(lock: LockView) -> bool:
    """Whether this browser made a passkey."""
    return _sits_here(lock.body.made_with)


def _sits_here(seat: UUID | None) -> bool:
    here = visitor()
    return here is not None and seat in {one.id for one in here.seats}


def passkeys_work() -> bool:
    """Whether browsers keep passkeys for this server's address."""
    return passkeys_work_at(config().address)


def sends_mail() -> bool:
    """Whether this server can send mail."""
    return config().mail is not None


def config() -> Config:
    """The settings of this server."""
    found: Config = current_app.extensions["onsplan.config"]
    return found

"""Letting somebody in, put together from the rooms below: load -> rules -> change, a verb each."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from app.accounts import keys, recovery
from app.accounts import store as account_store
from app.accounts.keys import OpenedAccount
from app.accounts.locks import Challenge
from app.accounts.nouns import PasskeyBody
from app.accounts.owners import ADDRESS, PASSWORD
from app.accounts.rules import Reason as KeyReason
from app.change import Add, Refused, new_id
from app.db import Only
from app.entry.keeper import Keeper, sends_mail
from app.entry.store import Door, MemberView
from app.people.models import PERSON
from app.people.nouns import FamilyRole, PersonBody
from app.plan import commands as plans
from app.plan import helpers
from app.plan.commands import As, Invited
from app.plan.nouns import Role
from app.plan.rules import Reason
from app.policy.actions import Action
from app.policy.actor import Actor, Ring
from app.policy.audience import is_private
from app.sharing.nouns import What
from app.sharing.rules import opened_by
from app.web.device import Caller
from app.web.session import visitor


@dataclass(frozen=True)
class Helping:
    """Who helps, somebody the family knows or a new name, and what is opened to them."""

    person: UUID | None
    name: str
    whats: Collection[What]


def let_in(actor: Actor, door: Door, person: UUID | None, name: str, form_key: str | None) -> Invited:
    """Invite a parent: somebody of ring 1, or somebody new by name.

    Raises:
        Refused: nobody was chosen, somebody who may not be, or they have a key or an invitation already.
    """
    if name:
        made = PersonBody(name=name, ring=Ring.WE, family_role=FamilyRole.PARENT)
        return _let_in_new(actor, door, made, form_key)
    found = door.whole.get(PERSON, person)
    if person is None or found is None or is_private(found.facts):
        raise Refused(Reason.UNKNOWN_PERSON)
    return plans.let_in(actor, person, form_key)


def make_lock(keeper: Keeper, answer: str, challenge: Challenge | None, device: str) -> None:
    """Keep the passkey that a browser made for this somebody, and tell them on their other devices.

    Raises:
        Refused: it is no answer to a challenge of theirs, or this browser may not.
    """
    if challenge is None or challenge.whose != keeper.future or not keeper.may:
        raise Refused(KeyReason.LOCK_NOT_MADE)
    made_with, known = _here(keeper)
    keys.make_passkey(keeper.made(), answer, challenge, PasskeyBody(name=device, known=known, made_with=made_with))


def _here(keeper: Keeper) -> tuple[UUID | None, bool]:
    """The seat of this browser, and whether there is no other one to tell what it did."""
    here = visitor()
    seats = () if here is None else here.seats
    own = next((seat.id for seat in seats if keeper.actor is None or seat.holder == keeper.actor.seat), None)
    return own, not any(account_store.has_seat_elsewhere(seat.plan, seat.holder, [seat.id]) for seat in seats)


def _news(keeper: Keeper, sort: str) -> dict[str, UUID | None]:
    made_with, known = _here(keeper)
    return {} if known else {sort: made_with}


def set_password(keeper: Keeper, login: str, password: str, caller: Caller) -> OpenedAccount:
    """Keep a name and a password.

    Raises:
        Refused: they will not do, there were too many tries, or this browser may not.
    """
    if not keeper.may:
        raise Refused(KeyReason.KNOWN_PASSWORD)
    keys.check_password(login, password)
    return keys.set_password(keeper.made(), login, password, caller, news=_news(keeper, PASSWORD))


def keep_address(keeper: Keeper, address: str) -> None:
    """Keep the address for a lost key; nothing takes it away.

    Raises:
        Refused: it is no address, or this browser may not.
    """
    if not keeper.may or not (sends_mail() or not address):
        raise Refused(KeyReason.NO_ADDRESS)
    recovery.check_address(address)
    if address or keeper.account is not None:
        recovery.keep_address(keeper.made(), address, _news(keeper, ADDRESS))


def let_help_in(actor: Actor, door: Door, form: Helping, form_key: str | None) -> Invited:
    """Invite a meehelper, with what is opened to them.

    Raises:
        Refused: nobody was chosen, somebody who may not be, or they have a key or an invitation already.
    """
    come = As(Role.MEEHELPER, opened_by(form.whats))
    if form.name:
        return _let_in_new(actor, door, PersonBody(name=form.name, ring=Ring.CLOSE), form_key, come)
    if form.person is None or form.person not in {one.id for one in door.people}:
        raise Refused(Reason.UNKNOWN_PERSON)
    return plans.let_in(actor, form.person, form_key, come=come)


def stop_meehelper(actor: Actor, member: MemberView) -> None:
    """They open nothing any more: seats, cards and places end at the next request, also after a restore."""
    helpers.stop(actor, member.thing)


def _let_in_new(actor: Actor, door: Door, body: PersonBody, form_key: str | None, come: As = plans.A_PARENT) -> Invited:
    form_key = form_key or secrets.token_hex(16)
    person = new_id(actor, f"invited/{form_key}")
    new = Add(
        PERSON,
        body,
        Only.ACTIVE,
        position=door.last + 1,
        needs=Action.PERSON_ADD,
        id=person,
    )
    return plans.let_in(actor, person, form_key, new_person=new, come=come)

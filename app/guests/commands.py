"""What guests and families do at coming and leaving: load -> rules -> change, a verb each.

Making and stopping the share itself is sharing's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

import msgspec

from app.accounts import commands as accounts
from app.accounts import store as account_store
from app.accounts.nouns import AccountBody
from app.change import Add, BothChanged, Put, Refused, change, new_id
from app.db import Only
from app.guests import ledger, rules, store
from app.guests.models import GREETING
from app.guests.nouns import GreetingBody, GreetingState, Sort, StayBody
from app.guests.rules import Reason
from app.guests.store import GreetingView
from app.items import Thing
from app.keystore import NoKey, key_of
from app.people.models import PERSON
from app.people.nouns import PersonBody, RoleBody
from app.policy.actions import Action
from app.policy.actor import Actor, Ring, system
from app.policy.audience import Audience, Who
from app.sharing import commands as sharing
from app.sharing import store as shares
from app.sharing.commands import ShareInput
from app.sharing.nouns import ShareBody, ShareState
from app.sharing.seats import Found
from app.web.session import Visitor

# ---- coming in -------------------------------------------------------------------------------------------------------


def take(found: Found, before: Visitor | None, account: UUID, device: str) -> Visitor:
    """Come in as a guest, with an account. Once, by one account; the same one may press again.

    Args:
        found: what the invitation leads to.
        before: the session of this browser until now; it keeps its other seats.
        account: who takes it.
        device: what a person may recognise this browser by.

    Raises:
        Refused: NO_LONGER, another account took it; IS_HERE, they sit in that plan already. One browser looks through
            one place at a time, and who is a guest of one parent alone may not write to the other by mistake.
    """
    if store.sits_elsewhere(before, found.plan, found.share):
        raise Refused(Reason.IS_HERE)
    if not ledger.begin_stay(account, found.plan, found.share, StayBody(family=store.family_of(found.actor))):
        raise Refused(Reason.NO_LONGER)
    visitor = accounts.take_seat(before, found.plan, store.GUEST, found.share, device, account)
    accounts.give_place(account, found.plan, store.GUEST, found.share)
    return visitor


def take_first(found: Found, before: Visitor | None, name: str, organisation: str, device: str) -> Visitor:
    """The same for who did not say yet who they are; who has no account gets one, with this invitation.

    Raises:
        Refused: as `take`.
    """
    if ledger.taken_by(found.share) is not None:
        raise Refused(Reason.NO_LONGER)
    own = accounts.account_of(before)
    if own is not None:
        say_who(own, name, organisation)
        return take(found, before, own, device)
    account = accounts.make_account(AccountBody(name=name, organisation=organisation))
    try:
        return take(found, before, account, device)
    except Refused:
        accounts.end_account(account)
        raise


def say_who(account: UUID, name: str, organisation: str) -> None:
    """How somebody is called and where they work, for all families."""
    body = msgspec.structs.replace(account_store.account_body(account), name=name, organisation=organisation)
    accounts.change_account(account, body)


# ---- leaving ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LeaveInput:
    """What a guest says who leaves; all of it may stay empty."""

    words: str = ""
    name: str = ""
    organisation: str = ""
    why: str = ""


def leave(actor: Actor, share: Thing[ShareBody], given: LeaveInput, form_key: str | None) -> None:
    """Stop as a guest: nothing opens any more from the next request on, and the family reads that it is so."""
    named = given if given.name else LeaveInput(words=given.words)
    body = GreetingBody(
        sort=Sort.LEAVING, words=named.words, name=named.name, organisation=named.organisation, why=named.why
    )
    said = Add(GREETING, body, GreetingState.WAITING, under=share)
    stopped = Put(share, state=ShareState.STOPPED)
    ended = partial(sharing.end_for_good, share.id)
    change(actor, Action.GUEST_LEAVE, said, stopped, form_key=form_key, beside=ended)


# ---- who would like to come ------------------------------------------------------------------------------------------


def ask(plan: UUID, card: UUID, account: UUID) -> None:
    """A family began its plan with a start card: who gave it asks to be a guest. Twice is once."""
    who = account_store.account(account)
    body = GreetingBody(sort=Sort.ARRIVING, name=who.name, organisation=who.organisation, account=account)
    new = Add(GREETING, body, GreetingState.WAITING)
    change(system("the start card a family began with", plan), Action.GUEST_ASK, new, form_key=f"start card/{card}")


def close(actor: Actor, view: GreetingView) -> None:
    """Nee, or read. It is never asked again; what was answered before stays answered."""
    if view.thing.state == GreetingState.WAITING:
        _answer(actor, view, GreetingState.NO)


def meet(actor: Actor, view: GreetingView) -> UUID:
    """Yes to a colleague: they stand among the people of the family, to be invited.

    Returns:
        The person.

    Raises:
        Refused: the other parent said no.
    """
    return _welcomed(actor, view)


def welcome(actor: Actor, view: GreetingView, given: ShareInput) -> UUID:
    """Yes to who gave the start card: they are a guest from now on, in all their browsers.

    Returns:
        The share.

    Raises:
        Refused: the other parent said no, or the account is no longer there.
    """
    account, plan = view.thing.body.account, view.thing.plan
    if account is None or not _lives(account):
        raise Refused(Reason.NO_LONGER)
    person = _welcomed(actor, view)
    # They asked all parents, who read the answer: a guest of one parent alone is not made of it, whatever was sent.
    ours = replace(given, alone=False)
    made = sharing.make(actor, shares.board(actor), person, ours, f"greeting/{view.thing.id}")
    ledger.begin_stay(account, plan, made.share, StayBody(family=store.family_of(actor)))
    accounts.give_place(account, plan, store.GUEST, made.share)
    return made.share


def _welcomed(actor: Actor, view: GreetingView) -> UUID:
    """The person a greeting speaks of, written down once, whoever of the parents says yes first."""
    body, key = view.thing.body, f"greeting/{view.thing.id}"
    person = new_id(actor, f"{key}/person")
    if view.thing.state == GreetingState.WAITING:
        roles = (RoleBody(organisation=body.organisation),) if body.organisation else ()
        # Who left one parent's table proposed somebody to that parent only.
        audience = Audience(Who.ME) if view.is_alone else Audience()
        new = PersonBody(name=body.name, ring=Ring.SERVICES, roles=roles, audience=audience)
        position = max((one.position for one in view.whole.all(PERSON)), default=0) + 1
        added = Add(PERSON, new, Only.ACTIVE, position=position, needs=Action.PERSON_ADD, id=person)
        _answer(actor, view, GreetingState.YES, added)
    elif view.thing.state == GreetingState.NO:
        raise Refused(Reason.IS_ANSWERED)
    return person


def _answer(actor: Actor, view: GreetingView, state: GreetingState, *more: Add) -> None:
    try:
        change(actor, Action.GUEST_ANSWER, Put(view.thing, state=state, alone=True), *more)
    except BothChanged as error:
        # In the same moment the other parent answered: the first answer stands.
        raise Refused(Reason.IS_ANSWERED) from error


def _lives(account: UUID) -> bool:
    try:
        key_of(account)
    except NoKey:
        return False
    return True


def begin_card(account: UUID) -> UUID:
    """A new start card.

    Raises:
        Refused: MANY_CARDS, there are enough that work.
    """
    if len(store.cards(account)) >= rules.MOST_CARDS:
        raise Refused(Reason.MANY_CARDS)
    return ledger.make_card(account)

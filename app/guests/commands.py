"""What can be done to invitations: taking one, and a few words at the end. Making and stopping one is sharing's."""

from __future__ import annotations

from uuid import UUID

import msgspec

from app.accounts import commands as accounts
from app.accounts import store as account_store
from app.accounts.nouns import AccountBody
from app.change import Refused
from app.guests import ledger, store
from app.guests.nouns import StayBody
from app.guests.rules import Reason
from app.sharing.seats import Found
from app.web.session import Visitor


def take(found: Found, before: Visitor | None, account: UUID, device: str) -> Visitor:
    """Come in as a guest, with an account. Once, by one account; the same one may press again.

    Args:
        found: what the invitation leads to.
        before: the session of this browser until now; it keeps its other seats.
        account: who takes it.
        device: what a person may recognise this browser by.

    Raises:
        Refused: NO_LONGER, another account took it.
    """
    if not ledger.begin_stay(account, found.plan, found.share, StayBody(family=store.family_of(found.actor))):
        raise Refused(Reason.NO_LONGER)
    visitor = accounts.take_seat(before, found.plan, store.GUEST, found.share, device, account)
    accounts.give_place(account, found.plan, store.GUEST, found.share)
    return visitor


def take_first(found: Found, before: Visitor | None, name: str, organisation: str, device: str) -> Visitor:
    """The same for who did not say yet who they are; who has no account gets one, with this invitation.

    Raises:
        Refused: NO_LONGER, another account took it.
    """
    if ledger.taken_by(found.share) is not None:
        raise Refused(Reason.NO_LONGER)
    own = accounts.account_of(before)
    if own is not None:
        body = msgspec.structs.replace(account_store.account_body(own), name=name, organisation=organisation)
        accounts.change_account(own, body)
        return take(found, before, own, device)
    account = accounts.make_account(AccountBody(name=name, organisation=organisation))
    try:
        return take(found, before, account, device)
    except Refused:
        accounts.end_account(account)
        raise

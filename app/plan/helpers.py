"""Meehelpers: what is opened to them, and stopping them. Parents are not touched here: none can remove another."""

from __future__ import annotations

import msgspec

from app.accounts.commands import end_places_of
from app.change import Done, NotPermitted, Put, change
from app.items import Thing
from app.keystore import Ended, record_ending
from app.plan import rules
from app.plan.nouns import MemberBody, MemberState, Role
from app.policy.actions import Action
from app.policy.actor import Actor


def open_to(actor: Actor, member: Thing[MemberBody], opened: tuple[str, ...], form_key: str | None) -> Done:
    """Choose again which kinds of thing are opened to a meehelper: from the next request on.

    Raises:
        NotPermitted: it is no meehelper, or no longer one. A parent is opened everything.
    """
    if not rules.is_meehelper(member.body.role, member.state):
        raise NotPermitted
    body = msgspec.structs.replace(member.body, opened=opened)
    return change(actor, Action.MEMBER_LET_IN, Put(member, body), form_key=form_key)


def stop(actor: Actor, member: Thing[MemberBody]) -> Done:
    """A meehelper opens nothing any more from the next request on, also after a restore. Twice is once.

    Raises:
        NotPermitted: it is a parent: no parent can remove another.
    """
    if member.body.role is not Role.MEEHELPER:
        raise NotPermitted

    def ended() -> None:
        record_ending(member.id, Ended.MEMBER)
        end_places_of(member.id)

    return change(actor, Action.MEMBER_STOP, Put(member, state=MemberState.STOPPED), beside=ended)

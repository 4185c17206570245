"""Who may leave, what leaves with them, when a plan goes. Pure. Source: design page `access`, Two parents."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.policy.actor import Actor
from app.policy.audience import Audience, Facts, Who, is_private, sees

NOTICE = timedelta(days=30)


class Reason(StrEnum):
    LAST_PARENT = "last_parent"
    CHOOSE = "choose"
    ASKED_ALREADY = "asked_already"
    NO_LONGER = "no_longer"
    NOT_ALONE = "not_alone"


def why_not_leave(me: UUID | None, parents: Collection[UUID]) -> Reason | None:
    """The last parent stays: they let somebody in first, or delete the plan."""
    return None if set(parents) - {me} else Reason.LAST_PARENT


def why_not_ask(now_too: bool, runs: bool, me: UUID | None, parents: Collection[UUID]) -> Reason | None:
    """Whether a parent may ask to delete the plan, or as the only one do it now."""
    if now_too and set(parents) - {me}:
        return Reason.NOT_ALONE
    return Reason.ASKED_ALREADY if runs and not now_too else None


def all_agree(agreed: Collection[UUID], parents: Collection[UUID]) -> bool:
    """Whether every parent of now said yes."""
    return set(parents) <= set(agreed)


def goes_on(now: datetime) -> datetime:
    """When a plan goes that somebody asks to delete now."""
    return now + NOTICE


def leaves_too(item: Facts, me: UUID | None, others: Iterable[Actor]) -> bool:
    """Whether an item goes with the parent who leaves: they kept it, and nobody who stays could ever open it."""
    return item.writer == me and not item.is_ours and not any(sees(other, item) for other in others)


def audience_in_copy(item: Facts, me: UUID | None, known: Collection[UUID]) -> Audience:
    """Who sees an item of the copy, before its people get their new ids: what was kept stays kept.

    Args:
        item: the item as it is.
        me: whose copy it is; from now on the writer of it.
        known: the people who come along.
    """
    people = tuple(one for one in item.audience.people if one in known and one != me)
    if is_private(item):
        return Audience(Who.ME_AND, people=people) if people and item.writer == me else Audience(Who.ME)
    if item.audience.who is not Who.WE_AND:
        return item.audience
    rings = item.audience.rings
    return Audience(Who.WE_AND, rings=rings, people=people) if rings or people else Audience(Who.WE)

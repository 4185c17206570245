"""What the plan allows: who may be let in, when an invitation opens, what its facts and homes may say. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.plan.nouns import InviteState, MemberState, Role

# How long an invitation opens, counted from when every parent had said yes.
INVITE_LASTS = timedelta(days=7)


class Reason(StrEnum):
    UNKNOWN_PERSON = "unknown_person"
    HAS_A_KEY = "has_a_key"
    INVITED_ALREADY = "invited_already"
    NO_LONGER = "no_longer"
    IS_INSIDE = "is_inside"
    ENDS_BEFORE_START = "ends_before_start"
    NOT_OUR_PERSON = "not_our_person"
    NO_NIGHT = "no_night"
    NO_FIRST_DAY = "no_first_day"
    TOO_SPARSE = "too_sparse"


def still_to_agree(role: Role, agreed: Collection[UUID], parents: Collection[UUID]) -> frozenset[UUID]:
    """The parents whose yes is missing. A new parent needs all present parents; a meehelper only who lets them in."""
    return frozenset(parents) - frozenset(agreed) if role is Role.PARENT else frozenset()


def is_meehelper(role: Role, state: str) -> bool:
    """Whether a member is a meehelper now."""
    return role is Role.MEEHELPER and state == MemberState.ACTIVE


def lives(state: str, due_at: datetime | None, now: datetime) -> bool:
    """Whether an invitation can still become a way in."""
    return state in {InviteState.WAITING, InviteState.OPEN} and due_at is not None and now < due_at


def why_not_let_in(
    person: UUID, have_a_key: Collection[UUID | None], invited: Collection[UUID | None]
) -> Reason | None:
    """Whether somebody may be invited.

    Args:
        person: who.
        have_a_key: the people who can open the plan now.
        invited: the people with a living invitation.
    """
    if person in have_a_key:
        return Reason.HAS_A_KEY
    return Reason.INVITED_ALREADY if person in invited else None


def why_not_dates(started: date | None, ended: date | None) -> Reason | None:
    """Whether the help may start and end on these days; each may stay open."""
    return Reason.ENDS_BEFORE_START if started is not None and ended is not None and ended < started else None


def why_not_people(chosen: Collection[UUID], known: Collection[UUID]) -> Reason | None:
    """Whether everybody chosen is somebody the actor may choose."""
    return None if set(chosen) <= set(known) else Reason.NOT_OUR_PERSON

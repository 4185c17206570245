"""Whom a child may name, and until when their link works. Pure: a rule returns None, or the reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from app.children.nouns import TrustedState
from app.people.nouns import FamilyRole, PersonBody
from app.policy.actor import Ring
from app.sharing.rules import DAYS, Length

# As long as any link (design page `access`, Actors: 90 days, one tap "Nog 3 maanden").
LASTS = DAYS[Length.SEASON]
MOST = 5


class Reason(StrEnum):
    NO_NAME = "no_name"
    TOO_MANY = "too_many"
    STOPPED = "stopped"


def why_not_name(name: str, working: Sequence[object]) -> Reason | None:
    """Whether a child may name one more person; a name is all it needs."""
    if not name:
        return Reason.NO_NAME
    return Reason.TOO_MANY if len(working) >= MOST else None


def is_offered(person: PersonBody, *, is_no_parent: bool) -> bool:
    """Whether somebody of a plan may be named by a tap on their face: nobody who helps as their work, and in the
    family only whom we know to be no parent.
    """
    if person.ring is Ring.WE and not is_no_parent and person.family_role is not FamilyRole.CHILD:
        return False
    return bool(person.name) and person.ring is not Ring.SERVICES and person.family_role is not FamilyRole.PARENT


def why_not_go_on(state: str) -> Reason | None:
    """Whether a link may last longer: not after it was stopped, for stopping wins."""
    return Reason.STOPPED if state == TrustedState.STOPPED else None


def works(state: str, due_at: datetime | None, now: datetime) -> bool:
    """Whether a link opens something now."""
    return state == TrustedState.ACTIVE and due_at is not None and due_at > now


def first_end(today: date) -> date:
    """The last local day of a new link."""
    return today + LASTS

"""Who may type on the family's phone. Pure."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from app.policy.actor import Ring


class Reason(StrEnum):
    NOBODY_CHOSEN = "nobody_chosen"


def may_type(person: UUID, ring: Ring, parents: Collection[UUID], helpers: Collection[UUID]) -> bool:
    """Whether a person may type for a parent: somebody of a service, a guest or a meehelper; never a parent.

    Args:
        person: who.
        ring: where the family puts them.
        parents: the people who are parents of the plan.
        helpers: the people who are meehelper or guest now.
    """
    return person not in parents and (ring is Ring.SERVICES or person in helpers)


def why_not_choose(person: UUID | None, offered: Collection[UUID]) -> Reason | None:
    """Whether this is somebody whom the page offered."""
    return None if person is not None and person in offered else Reason.NOBODY_CHOSEN

"""What leaving a plan and deleting it ask. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Take(StrEnum):
    """What a parent who leaves takes along."""

    COPY = "copy"
    NOTHING = "nothing"


class How(StrEnum):
    """When a plan with one parent goes."""

    IN_30_DAYS = "in_30_days"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Copy:
    """A plan of one's own, and who one is in it; `lacks` counts photos and the like that could not be read any more."""

    plan: UUID
    member: UUID
    person: UUID
    lacks: int = 0

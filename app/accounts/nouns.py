"""What a key card holds."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

import msgspec

from app.items import Body


class CardState(StrEnum):
    ACTIVE = "active"
    STOPPED = "stopped"


class CardBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """A card is its member's own; other parents neither see nor stop it."""

    member: UUID | None = None


class Device(msgspec.Struct, frozen=True):
    """What a person may recognise one of their browsers by."""

    name: str

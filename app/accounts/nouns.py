"""What a key card holds, and what a person may recognise a browser by. Pure: no web, no SQL."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

import msgspec

from app.items import Body


class CardState(StrEnum):
    ACTIVE = "active"
    STOPPED = "stopped"


class CardBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """A card is its member's own; other parents neither see nor stop it.

    Attributes:
        member: whose it is.
        kept: its member said so, or opened the plan with it: from then on it is a way back in.
    """

    member: UUID | None = None
    kept: bool = False


class CardSecret(msgspec.Struct, frozen=True):
    """What is printed on a card (its row's id beside it), and nowhere stored: 12 digits and three words."""

    card: UUID
    number: str
    words: tuple[str, ...]


class DeviceSort(StrEnum):
    """What a browser says it runs on: enough for its owner to know it again, no more."""

    IPHONE = "iphone"
    IPAD = "ipad"
    ANDROID_PHONE = "android_phone"
    ANDROID_TABLET = "android_tablet"
    COMPUTER = "computer"
    OTHER = "other"


class Device(msgspec.Struct, frozen=True, omit_defaults=True):
    """A browser with a seat.

    Attributes:
        name: what its owner may recognise it by ("gsm met Android").
        known: its owner was told of it, or it was the first.
    """

    name: str
    known: bool = True

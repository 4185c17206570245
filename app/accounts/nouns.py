"""What keys and accounts hold, and what a person may recognise a browser by. Pure: no web, no SQL."""

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
        keeper: who keeps it for its member, as they call them; empty for a card of their own.
        child: the child whose card a parent made: both parents and that child may stop it.
    """

    member: UUID | None = None
    kept: bool = False
    keeper: str = ""
    child: UUID | None = None

    def is_of(self, seat: UUID | None) -> bool:
        """Whether it opens the plan as who sits there: a parent also sees those they made for a child."""
        return self.member == seat


class CardSecret(msgspec.Struct, frozen=True):
    """What is printed on a card (its row's id beside it), and nowhere stored: 12 digits and three words."""

    card: UUID
    number: str
    words: tuple[str, ...]


class AccountBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a person told about themselves, for all plans they sit in.

    Attributes:
        name: what they are called where they are a guest.
        organisation: for whom they work, if for anybody.
        login: the name or e-mail address they sign in with, as they typed it.
        recovery: the e-mail address for a lost key, as they typed it.
        news: which of password and address changed and was not told on another device yet, and the seat that did it.
    """

    name: str = ""
    organisation: str = ""
    login: str = ""
    recovery: str = ""
    news: dict[str, UUID | None] = {}


class PasskeyBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One passkey.

    Attributes:
        credential: its id, as the browser gave it.
        public_key: what its signatures are held against (COSE).
        name: what its owner may recognise it by: the device it was made on.
        known: its owner was told of it, or there was no other device to tell.
        made_with: the seat of the browser that made it, which is not told.
    """

    credential: bytes = b""
    public_key: bytes = b""
    name: str = ""
    known: bool = True
    made_with: UUID | None = None


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
        lent_key: it came in with a card that somebody else made for its owner: a parent, for a child.
    """

    name: str
    known: bool = True
    lent_key: bool = False

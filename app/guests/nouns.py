"""What lies beside a guest's seat: the stay of an account, and words at coming and leaving. Pure: no web, no SQL."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

import msgspec

from app.items import Body


class StayBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a guest keeps of a family, sealed with the key of its plan; nothing else of it.

    Attributes:
        family: what the family called itself when the guest came in.
        thanks: the few words the family gave along at the end.
    """

    family: str = ""
    thanks: str = ""


class GreetingState(StrEnum):
    WAITING = "waiting"
    YES = "yes"
    NO = "no"


class Sort(StrEnum):
    LEAVING = "leaving"
    ARRIVING = "arriving"


class GreetingBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """A guest who leaves says something, and may propose a colleague; or who gave the start card would like to come.

    Attributes:
        sort: which of the two.
        words: what the one who leaves says to the family.
        name: who would come; empty when nobody is proposed.
        organisation: for whom that person works.
        why: why this person, in the words of the one who leaves.
        account: whose start card it was.
    """

    sort: Sort = Sort.LEAVING
    words: str = ""
    name: str = ""
    organisation: str = ""
    why: str = ""
    account: UUID | None = None


class InvitationSecret(msgspec.Struct):
    """The token of an invitation, kept in this browser while its holder signs in."""

    token: str


class StartSecret(msgspec.Struct):
    """The token of a start card, kept in this browser until the family's plan begins."""

    token: str

"""What a person and a contact hold. Pure: no web, no SQL."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID, uuid4

import msgspec

from app.items import Body
from app.policy.actor import Ring


class FamilyRole(StrEnum):
    """What somebody in ring 1 is; nobody has to say."""

    PARENT = "parent"
    CHILD = "child"


class Help(StrEnum):
    """Kinds of help (field terms: praktische steun, gezelschap, advies, emotionele steun)."""

    DO = "do"
    BE_THERE = "be_there"
    ADVISE = "advise"
    LISTEN = "listen"


class Since(StrEnum):
    """Whether somebody helps now."""

    NOW = "now"
    WAITING = "waiting"
    STOPPED = "stopped"


class RoleBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """One role of a person: what they are for us, for whom, in which part of life. A person may have more.

    Attributes:
        id: which role it is, so that two people can change two roles at once.
        relation: what they are for us ("zorgjuf"); `organisation`: from where ("school").
        for_people: the family members they are there for; empty is everyone.
        domains: parts of life, keys of `app/plan/domains.py` or own words.
        helps: the kinds of help they give.
        since: whether they help now.
    """

    id: UUID = msgspec.field(default_factory=uuid4)
    relation: str = ""
    organisation: str = ""
    for_people: tuple[UUID, ...] = ()
    domains: tuple[str, ...] = ()
    helps: tuple[Help, ...] = ()
    since: Since | None = None


class PersonBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who matters, named as the family says it.

    Attributes:
        name: as the family says it.
        ring: where the family puts them.
        family_role: for ring 1, parent or child, when said.
        roles: what they are for us; more than one for somebody who is, say, home help and friend.
        tonight: "Wie kunnen wij vanavond bellen?".
    """

    name: str = ""
    ring: Ring = Ring.CLOSE
    family_role: FamilyRole | None = None
    roles: tuple[RoleBody, ...] = ()
    tonight: bool = False


class ContactSort(StrEnum):
    PHONE = "phone"
    ADDRESS = "address"


class ContactBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """How to reach a person. A member's own phone and every address are "alleen ik" at default."""

    sort: ContactSort = ContactSort.PHONE
    value: str = ""
    of_member: bool = False

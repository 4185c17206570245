"""What people of a plan allow, and how names and phone numbers are read. Pure."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from app.people.nouns import RoleBody

MOST_NAMES = 20
MOST_DOMAINS = 20
SHORTEST_NUMBER = 3

# "Sara, Jef en Kaat": commas, lines, "en" and the signs people type for it.
_BETWEEN_NAMES = re.compile(r"[,;\n&+]|(?<![^\s,;&+])(?:en|EN)(?![^\s,;&+])")
_AROUND_NAME = re.compile(r"^[\s\-–•*·]+|[\s\-–•*·]+$")
# A dot ends a sentence, unless it stands after one letter: "Jan P.".
_AFTER_NAME = re.compile(r"(?<=\w\w)[\s.\-–•*·]+$")
# Spaces, dots, a slash inside and brackets belong to a number; " / " stands between two of them.
_NUMBER = re.compile(r"\+?\(?\d(?:[\d().\-\u00a0]|[ /](?! ?/)(?!/ ))*")


class Reason(StrEnum):
    IS_MEMBER = "is_member"
    UNKNOWN_PERSON = "unknown_person"
    NO_NUMBER = "no_number"
    TOO_MANY_DOMAINS = "too_many_domains"


def split_names(text: str) -> tuple[str, ...]:
    """The names in what somebody typed, in order: "Sara, Jef en Kaat" or a name a line.

    The same name twice stays twice, for there may be two; after 20 names the rest is left.
    """
    return tuple(_names(text))[:MOST_NAMES]


def _names(text: str) -> Iterator[str]:
    for part in _BETWEEN_NAMES.split(text):
        name = _AFTER_NAME.sub("", _AROUND_NAME.sub("", part))
        if _BETWEEN_NAMES.search(name):
            # Without the dash or dot around it, what was left begins or ends with "en".
            yield from _names(name)
        elif any(letter.isalnum() for letter in name):
            yield name


def dialled(text: str) -> str:
    """The number a phone dials, from what people type ("+32 (0)470 12.34.56"); empty when there is none in it.

    Of several numbers it is the first that is long enough.
    """
    for found in _NUMBER.finditer(text):
        number = found.group().lstrip("(")
        plain = re.sub(r"^(\+|00)(\d+)[ .]*\(0\)", r"\1\2", number)
        digits = "".join(str(int(sign)) for sign in plain if sign.isdecimal())
        if len(digits) >= SHORTEST_NUMBER:
            return f"+{digits}" if plain.startswith("+") else re.sub(r"^00(?=\d{3})", "+", digits)
    return ""


def why_not_phone(text: str) -> Reason | None:
    """Whether somebody can be called at what was typed; nothing typed is fine."""
    return Reason.NO_NUMBER if text and not dialled(text) else None


def why_not_remove(has_key: bool) -> Reason | None:
    """Who has an own key to the plan stays among its people."""
    return Reason.IS_MEMBER if has_key else None


def why_not_domains(domains: Sequence[str]) -> Reason | None:
    """How many parts of life one role may name."""
    return Reason.TOO_MANY_DOMAINS if len(domains) > MOST_DOMAINS else None


def says_something(role: RoleBody) -> bool:
    """Whether a role holds anything at all."""
    return any((role.relation, role.organisation, role.for_people, role.domains, role.helps, role.since))


def with_role(roles: Sequence[RoleBody], role: RoleBody) -> tuple[RoleBody, ...]:
    """The roles with this one put in its place, or added last."""
    if any(other.id == role.id for other in roles):
        return tuple(role if other.id == role.id else other for other in roles)
    return (*roles, role)


def without_role(roles: Sequence[RoleBody], role: RoleBody) -> tuple[RoleBody, ...]:
    """The roles without this one."""
    return tuple(other for other in roles if other.id != role.id)


def mark(role: RoleBody) -> int:
    """A number that changes with what a role says: the version of a role, which has no row of its own."""
    return zlib.crc32(msgspec.json.encode(role)) % 10**9

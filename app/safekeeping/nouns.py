"""What a backup is, and what may be the matter with one. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec

FORMAT = 1
MOMENT = "%Y%m%dT%H%M%S.%f"


class Trouble(Exception):
    """Why it cannot be done, in a sentence for an operator."""


class Damaged(Trouble):
    """A backup that is not what was written: nothing of it is used."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This backup is damaged or incomplete ({what}), so nothing was restored.")


class OtherKey(Trouble):
    """Something that another key seals."""


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands first in a dump of a database.

    Attributes:
        store: `content` or `keys`.
        moment: when; also the name of its folder or file.
        revision: the migration the database was at.
        format: of the dump.
    """

    store: str
    moment: str
    revision: str
    format: int = FORMAT


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of a backup: how long it is, and its SHA-256."""

    size: int
    digest: bytes


class PhotoFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A photo file that the rows name; without `written` it was not on the server either."""

    name: str
    written: Written | None


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup of content consists of; written last."""

    moment: str
    revision: str
    rows: Written
    files: Written
    counts: dict[str, int]
    photos: int
    format: int = FORMAT


def moment_of(at: datetime) -> str:
    """How a moment is written in names: to the millisecond, in UTC."""
    return at.strftime(MOMENT)[:-3] + "Z"


def read_moment(name: str) -> datetime | None:
    """The moment a name says; None when it is no such name."""
    try:
        at = datetime.strptime(name, f"{MOMENT}%z")
    except ValueError:
        return None
    return at if moment_of(at) == name else None


def told(moment: str) -> str:
    """A moment for people: 2026-11-22 10:30 UTC."""
    at = read_moment(moment)
    return moment if at is None else f"{at:%Y-%m-%d %H:%M} UTC"

"""What can be taken back, and what is told of a change. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from uuid import UUID

import msgspec

from app.items import B, Kind
from app.local import local_day
from app.merge import differing

# How long what was taken away stays in the bin (design: access, Two parents).
KEPT_FOR = timedelta(days=30)


class Reason(StrEnum):
    CHANGED_SINCE = "changed_since"
    UNDONE_ALREADY = "undone_already"
    STAYS = "stays"


def put_back(now: B, before: B, after: B) -> B | Reason:
    """What an item says after one change of it is taken back.

    Fields the change did not touch stay as they are. One it touched goes back when it still is as the change left it,
    or is back already; when somebody wrote in it since, their words stay and nothing happens. Who typed goes along.
    """
    touched = differing(before, after)
    for name in touched - {"scribe"}:
        if getattr(now, name) not in (getattr(after, name), getattr(before, name)):
            return Reason.CHANGED_SINCE
    return msgspec.structs.replace(now, **{name: getattr(before, name) for name in touched})


def value_back(now: object, before: object, after: object) -> bool:
    """Whether a clear column (state, place) may go back in the same way; one that did not change always may."""
    return before == after or now in (before, after)


class OfKind(Protocol):
    """What belongs to a kind of thing."""

    @property
    def kind(self) -> Kind[Any]: ...


L = TypeVar("L", bound=OfKind)


def to_undo(lines: Sequence[L]) -> Sequence[L]:
    """What of a change "Toch niet" takes back: all but what stays as it is, when there is more than that."""
    return [line for line in lines if not line.kind.aside] or lines


def is_undone(entry: UUID, undone_by: Mapping[UUID, Sequence[UUID]]) -> bool:
    """Whether a change is taken back now: by a change that was not taken back itself.

    Args:
        entry: the change.
        undone_by: of each change, those that took it back.
    """
    return any(not is_undone(later, undone_by) for later in undone_by.get(entry, ()))


def changed_places(before: Sequence[int], after: Sequence[int]) -> bool:
    """Whether things changed places among themselves, by their place before and after, each in the same order.

    When others moved past them their places change all the same; of those others nothing may be told.
    """
    things = range(len(before))
    return sorted(things, key=before.__getitem__) != sorted(things, key=after.__getitem__)


def stays_until(removed_at: datetime, zone: str) -> date:
    """The last local day something lies in the bin."""
    return local_day(removed_at + KEPT_FOR, zone)

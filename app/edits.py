"""What goes through the door (`app/change.py`): edits, what becomes of them, and how history keeps them. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from app.items import Body, Kind, Thing
from app.policy.actions import Action
from app.policy.audience import Audience


class NotPermitted(Exception):
    """The policy does not allow this; the web answers as if the thing were not there."""


class Refused(Exception):
    """A rule says no. `reason` is a member of a room's Reason enum; its `words.py` has the sentence."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason


class BothChanged(Exception):
    """Somebody changed the same words meanwhile. Carries both, so that the writer can choose.

    Attributes:
        theirs: the item as it is now.
        mine: the payload that was not saved.
        fields: the fields both changed.
    """

    def __init__(self, theirs: Thing[Any], mine: Body, fields: frozenset[str]) -> None:
        super().__init__("changed by two")
        self.theirs, self.mine, self.fields = theirs, mine, fields


@dataclass(frozen=True)
class Add:
    """A new item. Its writer is the actor; its id comes from the form key when there is one."""

    kind: Kind[Any]
    body: Body
    state: str
    under: Thing[Any] | None = None
    under_id: UUID | None = None
    position: int = 0
    due_at: datetime | None = None
    id: UUID | None = None
    needs: Action | None = None
    columns: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Put:
    """Other words, state or place for an item. `seen` is the version the writer looked at.

    Who wrote the item stays, whatever `body` says. A body with another audience also needs
    `Action.AUDIENCE_CHANGE`, before and after. `alone`: nobody may write it between reading and writing, whatever they
    write; for a way in that somebody may be stopping. `last`: what the same person said before gives way to it, also
    what they said a moment ago elsewhere; for a yes, which is no text of two people.
    """

    thing: Thing[Any]
    body: Body | None = None
    state: str | None = None
    position: int | None = None
    due_at: datetime | None = None
    keep_due: bool = True
    seen: int | None = None
    alone: bool = False
    last: bool = False
    needs: Action | None = None
    columns: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Remove:
    """Into the bin, for 30 days."""

    thing: Thing[Any]
    needs: Action | None = None


@dataclass(frozen=True)
class Restore:
    """Back from the bin."""

    thing: Thing[Any]
    needs: Action | None = None


Edit = Add | Put | Remove | Restore


# What is written in the transaction of a change, after its edits.
Beside = Callable[[], None]
AS_EVER = Audience()


@dataclass(frozen=True)
class Along:
    """What comes along with a change that another room started, in the same transaction.

    Attributes:
        edits: the edits, each with its own `needs`.
        audience: who sees what is new.
        beside: what is written along, as in `change`; for what lies in another root.
    """

    edits: tuple[Edit, ...] = ()
    audience: Audience = AS_EVER
    beside: Beside | None = None


ALONE = Along()


@dataclass(frozen=True)
class Done:
    """What a change did. `repeated` says that this very form was saved before, so nothing happened now."""

    entry: UUID | None
    ids: tuple[UUID, ...]
    repeated: bool = False

    @property
    def id(self) -> UUID:
        """The id of the first item of the change."""
        return self.ids[0]


class Snapshot(msgspec.Struct, omit_defaults=True):
    """An item as history keeps it."""

    body: msgspec.Raw
    state: str
    position: int = 0
    due_at: datetime | None = None


class Sides(msgspec.Struct, omit_defaults=True):
    """A history line, opened: the item before (None for a new one) and after; `scribe` typed it for who did it."""

    after: Snapshot
    before: Snapshot | None = None
    scribe: UUID | None = None

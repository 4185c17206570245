"""The one scope: reads items of the plan an actor is in, opens them, and keeps what that actor sees.

One query for all kinds asked for, whatever the size of the plan; below it the audience filters in Python. Rooms'
stores call `load`; nothing else reads item tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, Uuid, cast, literal, null, select, union_all

from app.db import db
from app.items import B, Kind, Thing
from app.keystore import key_of
from app.policy.actor import Actor
from app.policy.audience import Audience, sees
from app.rooms import KINDS
from app.vault import RootKey, unseal


class Whole:
    """The things of one plan that one actor sees, by kind.

    `zone` is the IANA zone of the plan's days, also for who does not see the plan's own facts; it needs PLAN loaded.
    """

    def __init__(self, actor: Actor, opened: Iterable[Thing[Any]]) -> None:
        self.actor = actor
        self.zone = "Europe/Brussels"
        self._names: dict[UUID, str] = {}
        self._things: dict[str, dict[UUID, Thing[Any]]] = {}
        for thing in opened:
            if thing.kind.name == "person":
                self._names[thing.id] = thing.body.name
            elif thing.kind.name == "plan":
                self.zone = thing.body.zone
            if sees(actor, thing.facts):
                self._things.setdefault(thing.kind.name, {})[thing.id] = thing

    def all(self, kind: Kind[B]) -> list[Thing[B]]:
        """All seen things of a kind that are not in the bin, in the family's order."""
        found = (thing for thing in self._things.get(kind.name, {}).values() if not _is_away(thing))
        return sorted(found, key=lambda thing: (thing.position, thing.created_at, thing.id))

    def removed(self, kind: Kind[B]) -> list[Thing[B]]:
        """All seen things of a kind that lie in the bin, last removed first."""
        found = [thing for thing in self._things.get(kind.name, {}).values() if thing.removed_at is not None]
        return sorted(found, key=lambda thing: str(thing.removed_at), reverse=True)

    def get(self, kind: Kind[B], id: UUID | None) -> Thing[B] | None:  # noqa: A002
        """One seen thing, also from the bin; None when it is not there or not this actor's."""
        return None if id is None else self._things.get(kind.name, {}).get(id)

    @property
    def ids(self) -> list[UUID]:
        """Everything it holds, what was removed too."""
        return [id for things in self._things.values() for id in things]  # noqa: A001

    def under(self, kind: Kind[B], parent: Thing[Any]) -> list[Thing[B]]:
        """The seen things of a kind that hang on one thing, in order."""
        return [thing for thing in self.all(kind) if thing.parent == parent.id]

    def unseen(self, people: Iterable[UUID]) -> tuple[UUID, ...]:
        """Those of these people whom this actor does not see, in order: a form of theirs cannot have left them out."""
        seen = self._things.get("person", {})
        return tuple(one for one in people if one in self._names and one not in seen)

    def without(self, leave_out: Callable[[Thing[Any]], bool]) -> Whole:
        """The same without some things; what is left speaks of the same people by the same names."""
        less = Whole(
            self.actor, (thing for things in self._things.values() for thing in things.values() if not leave_out(thing))
        )
        less.zone, less._names = self.zone, self._names
        return less

    def name(self, person: UUID | None) -> str:
        """The name of a person some seen thing speaks of; empty when they are no longer there."""
        return "" if person is None else self._names.get(person, "")


def _is_away(thing: Thing[Any]) -> bool:
    """Whether it lies in the bin, or what it hangs on does."""
    return thing.removed_at is not None or (thing.under is not None and _is_away(thing.under))


Supposing = Mapping[UUID, Audience]


def load(actor: Actor, *kinds: Kind[Any], removed: bool = False, supposing: Supposing | None = None) -> Whole:
    """Open the plan the actor is in.

    Args:
        actor: who asks; an actor without a plan gets an empty whole.
        kinds: what to read; what they hang on is read along.
        removed: read the bin too.
        supposing: as if these items had been given another audience, to show somebody beforehand what it does.
    """
    if actor.plan is None or not kinds:
        return Whole(actor, ())
    wanted = _with_what_they_hang_on(kinds)
    rows = db.session.execute(union_all(*(_columns(kind, actor.plan, removed) for kind in wanted))).all()
    return Whole(actor, _opened(key_of(actor.plan), rows, supposing or {})) if rows else Whole(actor, ())


def load_one(actor: Actor, kind: Kind[B], id: UUID, *, removed: bool = False) -> Thing[B] | None:  # noqa: A002
    """One thing with what it hangs on; None when it is not there or not this actor's."""
    return load(actor, kind, removed=removed).get(kind, id)


def _with_what_they_hang_on(kinds: Iterable[Kind[Any]]) -> list[Kind[Any]]:
    wanted: list[Kind[Any]] = []
    for kind in kinds:
        chain: list[Kind[Any]] = [kind]
        while chain[-1].under is not None:
            chain.append(chain[-1].under)
        wanted += [link for link in reversed(chain) if link not in wanted]
    return wanted


def _columns(kind: Kind[Any], plan: UUID, removed: bool) -> Select[Any]:
    columns = kind.table.__table__.c
    plan_column = columns.get("plan_id", columns.id)
    parent = columns[kind.parent_column] if kind.parent_column else cast(null(), Uuid)
    query = select(
        literal(kind.name).label("kind"),
        columns.id,
        plan_column.label("plan_id"),
        parent.label("parent_id"),
        columns.state,
        columns.position,
        columns.version,
        columns.created_at,
        columns.changed_at,
        columns.removed_at,
        columns.due_at,
        columns.sealed,
    ).where(plan_column == plan)
    return query if removed else query.where(columns.removed_at.is_(None))


def _opened(key: RootKey, rows: Iterable[Any], supposing: Supposing) -> Iterable[Thing[Any]]:
    opened: dict[UUID, Thing[Any]] = {}
    by_kind: dict[str, list[Any]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    for kind in _with_what_they_hang_on(KINDS[name] for name in by_kind):
        for row in by_kind.get(kind.name, ()):
            under = opened.get(row.parent_id) if row.parent_id else None
            if row.parent_id is None or under is not None:
                thing = open_row(key, kind, row, under)
                opened[row.id] = _supposed(thing, supposing[row.id]) if row.id in supposing else thing
    return opened.values()


def _supposed(thing: Thing[Any], audience: Audience) -> Thing[Any]:
    return replace(thing, body=msgspec.structs.replace(thing.body, audience=audience))


def open_row(key: RootKey, kind: Kind[B], row: Any, under: Thing[Any] | None = None) -> Thing[B]:
    """Open one row of an item table."""
    return Thing(
        kind=kind,
        id=row.id,
        plan=row.plan_id,
        parent=row.parent_id,
        state=row.state,
        position=row.position,
        version=row.version,
        created_at=row.created_at,
        changed_at=row.changed_at,
        removed_at=row.removed_at,
        due_at=row.due_at,
        body=kind.decode(unseal(key, kind.name, row.id, row.sealed)),
        under=under,
    )

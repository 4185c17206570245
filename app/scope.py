"""The one scope: reads items of the plan an actor is in, opens them, and keeps what that actor sees.

One query for all kinds asked for, whatever the size of the plan; below it the audience filters in Python. Rooms'
stores call `load`; nothing else reads item tables.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from flask import g, has_request_context
from sqlalchemy import CompoundSelect, Select, Uuid, bindparam, cast, literal, null, select, type_coerce, union_all
from sqlalchemy.types import NullType

from app.db import as_id, as_instant, db
from app.items import B, Kind, Thing
from app.keystore import key_of, read_keys
from app.memory import opened_with
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.audience import Audience, sees
from app.policy.decide import permits
from app.rooms import KINDS
from app.vault import RootKey, unseal


class Whole:
    """The things of one plan that one actor sees, by kind; they come in the order of the family.

    `zone` is the IANA zone of the plan's days, also for who does not see the plan's own facts; it needs PLAN loaded.
    """

    def __init__(self, actor: Actor, opened: Iterable[Thing[Any]]) -> None:
        self.actor = actor
        self.zone = "Europe/Brussels"
        self._names: dict[UUID, str] = {}
        self._things: dict[str, list[Thing[Any]]] = {}
        self._by_id: dict[str, dict[UUID, Thing[Any]]] = {}
        self._under: dict[str, dict[UUID | None, list[Thing[Any]]]] = {}
        is_guest = actor.kind is ActorKind.GUEST
        for thing in opened:
            name = thing.kind.name
            if name == "person":
                self._names[thing.id] = thing.body.name
            elif name == "plan":
                self.zone = thing.body.zone
            if sees(actor, thing.facts):
                self._things.setdefault(name, []).append(_for_a_guest(thing) if is_guest else thing)

    def all(self, kind: Kind[B]) -> list[Thing[B]]:
        """All seen things of a kind that are not in the bin, in the family's order."""
        return [thing for thing in self._things.get(kind.name, ()) if not thing.is_away]

    def removed(self, kind: Kind[B]) -> list[Thing[B]]:
        """All seen things of a kind that lie in the bin, last removed first."""
        found = [thing for thing in self._things.get(kind.name, ()) if thing.removed_at is not None]
        return sorted(found, key=lambda thing: str(thing.removed_at), reverse=True)

    def get(self, kind: Kind[B], id: UUID | None) -> Thing[B] | None:  # noqa: A002
        """One seen thing, also from the bin; None when it is not there or not this actor's."""
        return None if id is None else self._known(kind.name).get(id)

    def _known(self, name: str) -> dict[UUID, Thing[Any]]:
        """The seen things of a kind by id: made of the kinds that somebody looks something up in."""
        if name not in self._by_id:
            self._by_id[name] = {thing.id: thing for thing in self._things.get(name, ())}
        return self._by_id[name]

    def has_all(self, ids: Iterable[UUID]) -> bool:
        """Whether all of these are among what is seen, of whatever kind, what was removed too."""
        return all(any(one in self._known(name) for name in self._things) for one in ids)

    @property
    def ids(self) -> list[UUID]:
        """Everything it holds, what was removed too."""
        return [thing.id for things in self._things.values() for thing in things]

    def under(self, kind: Kind[B], parent: Thing[Any]) -> list[Thing[B]]:
        """The seen things of a kind that hang on one thing, in order."""
        if kind.name not in self._under:
            found = self._under[kind.name] = {}
            for thing in self.all(kind):
                found.setdefault(thing.parent, []).append(thing)
        return list(self._under[kind.name].get(parent.id, ()))

    def unseen(self, people: Iterable[UUID]) -> tuple[UUID, ...]:
        """Those of these people whom this actor does not see, in order: a form of theirs cannot have left them out."""
        seen = self._known("person")
        return tuple(one for one in people if one in self._names and one not in seen)

    def without(self, leave_out: Callable[[Thing[Any]], bool]) -> Whole:
        """The same without some things; what is left speaks of the same people by the same names."""
        kept = (thing for things in self._things.values() for thing in things if not leave_out(thing))
        less = Whole(self.actor, kept)
        less.zone, less._names = self.zone, self._names
        return less

    def person(self, person: UUID | None) -> Thing[Any] | None:
        """Somebody this actor sees and who was not taken away: whose face may be drawn with their photo."""
        found = None if person is None else self._known("person").get(person)
        return None if found is None or found.is_away else found

    def knows(self, person: UUID | None) -> bool:
        """Whether a person was among what was read, seen or not."""
        return person in self._names

    def name(self, person: UUID | None) -> str:
        """The name of a person some seen thing speaks of; empty when they are no longer there."""
        return "" if person is None else self._names.get(person, "")


def _for_a_guest(thing: Thing[Any]) -> Thing[Any]:
    front = thing.kind.front
    return thing if front is None else replace(thing, body=front(thing.body))


Supposing = Mapping[UUID, Audience]
Rows = dict[UUID, list[tuple[Any, ...]]]


def load(actor: Actor, *kinds: Kind[Any], removed: bool = False, supposing: Supposing | None = None) -> Whole:
    """Open the plan the actor is in.

    Args:
        actor: who asks; an actor without a plan gets an empty whole.
        kinds: what to read; what they hang on is read along.
        removed: read the bin too.
        supposing: as if these items had been given another audience, to show somebody beforehand what it does.

    Within a request what was read is read once: who asks for no other kinds than somebody before gets that whole.
    """
    if actor.plan is None or not kinds:
        return Whole(actor, ())
    if supposing:
        return _whole(actor, kinds, _rows([actor.plan], kinds, removed), supposing)
    return load_each([(actor, kinds)], removed=removed)[0]


def load_each(asked: Sequence[tuple[Actor, tuple[Kind[Any], ...]]], *, removed: bool = False) -> list[Whole]:
    """The same in several roots at once, plans or layers of children: one query for all that was not read before."""
    read: list[_Read] = g.setdefault("read", []) if has_request_context() else []
    missing = [(actor, kinds) for actor, kinds in asked if _before(read, actor, kinds, removed) is None]
    every = tuple(dict.fromkeys(kind for _actor, kinds in missing for kind in kinds))
    rows = _rows(dict.fromkeys(actor.plan for actor, _kinds in missing if actor.plan is not None), every, removed)
    read += [_Read(frozenset(kinds), removed, _whole(actor, kinds, rows, {})) for actor, kinds in missing]
    return [whole for actor, kinds in asked if (whole := _before(read, actor, kinds, removed)) is not None]


def _before(read: Iterable[_Read], actor: Actor, kinds: tuple[Kind[Any], ...], removed: bool) -> Whole | None:
    fits = (one.whole for one in read if one.removed is removed and one.kinds.issuperset(kinds))
    return next((whole for whole in fits if whole.actor == actor), None)


class _Read(NamedTuple):
    """What was read in this request: a panel of a page asks for less than the page did, and costs no query."""

    kinds: frozenset[Kind[Any]]
    removed: bool
    whole: Whole


def read_anew() -> None:
    """Something was written, here or by somebody else: what is asked for next comes from the database."""
    if has_request_context():
        g.read, g.gathered = [], {}


def _rows(roots: Collection[UUID], kinds: tuple[Kind[Any], ...], removed: bool) -> Rows:
    """The rows of these kinds in each of these roots, in one query; where there are several, their keys in one too."""
    if len(roots) < 2:
        return {root: list(map(tuple, db.session.execute(_query(kinds, removed), {"plan": root}))) for root in roots}
    read_keys(roots)
    rows: Rows = {root: [] for root in roots}
    for *row, of in db.session.execute(_query(kinds, removed, several=True), {"plans": list(roots)}):
        rows[as_id(of)].append(tuple(row))
    return rows


def _whole(actor: Actor, kinds: tuple[Kind[Any], ...], rows: Rows, supposing: Supposing) -> Whole:
    if actor.plan is None or not rows[actor.plan]:
        return Whole(actor, ())
    found = sorted(rows[actor.plan], key=_in_order)
    return Whole(actor, _opened(key_of(actor.plan), _with_what_they_hang_on(kinds), found, supposing))


def load_all(actor: Actor) -> list[Thing[Any]]:
    """Everything a plan holds, whoever sees it, the bin too: for what the system does to all of it; else nothing."""
    if actor.plan is None or not permits(actor, Action.ERASE):
        return []
    kinds = tuple(KINDS.values())
    rows = sorted(_rows([actor.plan], kinds, removed=True)[actor.plan], key=_in_order)
    return list(_opened(key_of(actor.plan), _with_what_they_hang_on(kinds), rows, {}))


def load_one(actor: Actor, kind: Kind[B], id: UUID, *, removed: bool = False) -> Thing[B] | None:  # noqa: A002
    """One thing with what it hangs on; None when it is not there or not this actor's."""
    return load(actor, kind, removed=removed).get(kind, id)


@cache
def _with_what_they_hang_on(kinds: tuple[Kind[Any], ...]) -> tuple[Kind[Any], ...]:
    wanted: dict[Kind[Any], None] = {}
    for kind in kinds:
        chain: list[Kind[Any]] = [kind]
        while chain[-1].under is not None:
            chain.append(chain[-1].under)
        wanted |= dict.fromkeys(reversed(chain))
    return tuple(wanted)


# A row as the database gives it: nothing is made of its values before it is known to be new.
_COLUMNS = (
    "id", "parent", "state", "position", "version", "created_at", "changed_at", "removed_at", "due_at", "sealed",
)  # fmt: skip
_KIND, _ID, _PARENT = 0, 1, 2
_SEVERAL = bindparam("plans", type_=Uuid(), expanding=True)
_in_order = itemgetter(4, 6, 1)


@cache
def _query(kinds: tuple[Kind[Any], ...], removed: bool, several: bool = False) -> CompoundSelect[Any]:
    """Asked of one root ("plan"), or of several ("plans"), and then the root stands last in each row."""
    return union_all(*(_columns(kind, removed, several) for kind in _with_what_they_hang_on(kinds)))


def _columns(kind: Kind[Any], removed: bool, several: bool) -> Select[*tuple[Any, ...]]:
    columns = kind.table.__table__.c
    plan = columns.get("plan_id", columns.id)
    parent = columns[kind.parent_column] if kind.parent_column else cast(null(), Uuid)
    found = ((parent if name == "parent" else columns[name]) for name in _COLUMNS)
    as_it_is = (type_coerce(column, NullType()).label(name) for name, column in zip(_COLUMNS, found, strict=True))
    root = [type_coerce(plan, NullType()).label("root")] if several else []
    wanted = plan.in_(_SEVERAL) if several else plan == bindparam("plan", type_=Uuid())
    query = select(literal(kind.name).label("kind"), *as_it_is, *root).where(wanted)
    if kind.row_state:
        query = query.where(columns.state == kind.row_state)
    return query if removed else query.where(columns.removed_at.is_(None))


def _opened(
    key: RootKey, kinds: Sequence[Kind[Any]], rows: Iterable[tuple[Any, ...]], supposing: Supposing
) -> Iterable[Thing[Any]]:
    """What the rows hold; a row that is as it was when it was opened before is not opened again."""
    before = opened_with(key)
    by_kind: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        by_kind.setdefault(row[_KIND], []).append(row)
    opened: dict[Any, Thing[Any]] = {}
    for kind in kinds:
        for row in by_kind.get(kind.name, ()):
            under = opened.get(row[_PARENT])
            if row[_PARENT] is not None and under is None:
                continue
            known = before.rows.get(row[_ID])
            if known is not None and known[0] == row and known[1].under is under:
                thing = known[1]
            else:
                thing = _open(key, kind, row, under)
                if not supposing:
                    before.keep(row[_ID], row, thing, row[-1])
            opened[row[_ID]] = _supposed(thing, supposing) if supposing else thing
    return opened.values()


def _supposed(thing: Thing[Any], supposing: Supposing) -> Thing[Any]:
    if thing.id not in supposing:
        return thing
    return replace(thing, body=msgspec.structs.replace(thing.body, audience=supposing[thing.id]))


def _open(key: RootKey, kind: Kind[B], row: tuple[Any, ...], under: Thing[Any] | None) -> Thing[B]:
    _, id_, parent, state, position, version, created_at, changed_at, removed_at, due_at, sealed = row
    found = as_id(id_)
    return Thing(
        kind=kind,
        id=found,
        plan=key.root,
        parent=None if parent is None else as_id(parent),
        state=state,
        position=position,
        version=version,
        created_at=as_instant(created_at),
        changed_at=as_instant(changed_at),
        removed_at=None if removed_at is None else as_instant(removed_at),
        due_at=None if due_at is None else as_instant(due_at),
        body=kind.decode(unseal(key, kind.name, found, sealed)),
        under=under,
    )


def open_row(key: RootKey, kind: Kind[B], row: Any) -> Thing[B]:
    """Open one row of an item table that hangs on nothing, for who read it beside the scope."""
    columns = (getattr(row, "parent_id" if name == "parent" else name) for name in _COLUMNS)
    return _open(key, kind, (kind.name, *columns), None)

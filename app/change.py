"""The one door for writing: permission, rule of versions, transaction, history entry, form key.

Commands build edits and call `change`; nothing else commits content. Because of that, everything that is ever written
has a history, can be undone, keeps the words of two people writing at once, and happens once however often it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.db import db, now
from app.history.models import Act, FormKey, HistoryEntry, HistoryLine
from app.items import Body, Kind, Thing, facts_of
from app.keystore import key_of, look_up_hash
from app.merge import merged
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.rooms import KINDS
from app.scope import load_one
from app.vault import seal, unseal

TRIES = 5


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
    """Other words, state or place for an item. `seen` is the version the writer looked at."""

    thing: Thing[Any]
    body: Body | None = None
    state: str | None = None
    position: int | None = None
    due_at: datetime | None = None
    keep_due: bool = True
    seen: int | None = None
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
    """A history line, opened: the item before (None for a new one) and after."""

    after: Snapshot
    before: Snapshot | None = None


class _Overtaken(Exception):
    """Between reading and writing somebody else wrote; read again and try once more."""


def change(actor: Actor, action: Action, *edits: Edit, form_key: str | None = None, undoes: UUID | None = None) -> Done:
    """Do these edits, all or none, and keep them in the history.

    Args:
        actor: who does it.
        action: what they do; an edit's own `needs` stands before it.
        edits: what to write. With none, or none that differ, nothing is written.
        form_key: the key of the form they sent; the same form sent again changes nothing.
        undoes: the history entry this takes back.

    Raises:
        NotPermitted: the policy does not allow one of them.
        BothChanged: somebody else changed the same words since `Put.seen`.
    """
    if actor.plan is None:
        raise NotPermitted
    identified = _with_ids(actor, edits, form_key)
    for edit in identified:
        _ask_policy(actor, edit.needs or action, edit)
    for _attempt in range(TRIES):
        try:
            return _write(actor, action, identified, form_key, undoes)
        except _Overtaken:
            identified = [_refreshed(actor, edit) for edit in identified]
    raise BothChanged(_first_put(identified).thing, _first_put(identified).thing.body, frozenset())


def was_saved(actor: Actor, form_key: str | None) -> bool:
    """Whether this very form was saved before; for a command whose rule would refuse the second time."""
    if form_key is None or actor.plan is None:
        return False
    key_id = _uuid_from("form", actor.plan, form_key)
    return db.session.execute(select(FormKey.id).where(FormKey.id == key_id)).first() is not None


def new_id(actor: Actor, form_key: str, number: int = 0) -> UUID:
    """The id the `number`th new item of a form gets: the same whenever that form is sent."""
    return _uuid_from(f"item {number}", actor.plan, form_key)


def _with_ids(actor: Actor, edits: tuple[Edit, ...], form_key: str | None) -> list[Edit]:
    identified: list[Edit] = []
    for number, edit in enumerate(edits):
        if isinstance(edit, Add):
            given = edit.id or (new_id(actor, form_key, number) if form_key else uuid4())
            body = msgspec.structs.replace(edit.body, writer=edit.body.writer or actor.person)
            identified.append(replace(edit, id=given, body=body))
        else:
            identified.append(edit)
    return identified


def _ask_policy(actor: Actor, action: Action, edit: Edit) -> None:
    if isinstance(edit, Add):
        if edit.id is None or actor.plan is None:
            raise NotPermitted
        facts = facts_of(edit.kind, actor.plan, edit.id, edit.body, edit.under)
    else:
        facts = edit.thing.facts
    if not permits(actor, action, facts):
        raise NotPermitted


def _write(actor: Actor, action: Action, edits: list[Edit], form_key: str | None, undoes: UUID | None) -> Done:
    ids = tuple(_id_of(edit) for edit in edits)
    lines = [line for line in (_line(edit) for edit in edits) if line is not None]
    # The plan's own row comes first: everything else refers to it.
    lines.sort(key=lambda line: line.edit_kind.name != "plan")
    entry = uuid4() if lines else None
    try:
        _apply_all(actor, lines, form_key)
        if entry is not None:
            _remember(actor, action, entry, lines, undoes)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        if was_saved(actor, form_key):
            return Done(None, ids, repeated=True)
        raise
    except BaseException:
        db.session.rollback()
        raise
    return Done(entry, ids)


def _apply_all(actor: Actor, lines: list[_Line], form_key: str | None) -> None:
    """Write the rows, and the form key before all but a new plan: a form that was sent before stops there."""
    starting = bool(lines) and lines[0].edit_kind.name == "plan" and lines[0].act is Act.ADD
    for line in lines[:1] if starting else []:
        _apply(actor, line)
    if form_key is not None:
        key_id = _uuid_from("form", actor.plan, form_key)
        db.session.execute(insert(FormKey).values(id=key_id, plan_id=actor.plan, at=now()))
    for line in lines[1:] if starting else lines:
        _apply(actor, line)


@dataclass(frozen=True, eq=False)
class _Line:
    """One edit, worked out: what the row becomes."""

    act: Act
    edit_kind: Kind[Any]
    item: UUID
    expected: int
    body: Body
    state: str
    position: int
    due_at: datetime | None
    removed_at: datetime | None
    before: Snapshot | None
    columns: dict[str, Any]


def _line(edit: Edit) -> _Line | None:
    """Work an edit out; None when it changes nothing."""
    if isinstance(edit, Add):
        columns = dict(edit.columns)
        if edit.kind.parent_column:
            columns[edit.kind.parent_column] = edit.under.id if edit.under is not None else edit.under_id
        return _Line(
            Act.ADD, edit.kind, _id_of(edit), 0, edit.body, edit.state, edit.position, edit.due_at, None, None, columns
        )
    thing = edit.thing
    before = _snapshot(thing.kind, thing.body, thing.state, thing.position, thing.due_at)
    if isinstance(edit, Put):
        return _put_line(edit, before)
    removing = isinstance(edit, Remove)
    if removing == (thing.removed_at is not None):
        return None
    act, removed_at = (Act.REMOVE, now()) if removing else (Act.RESTORE, None)
    return _Line(
        act, thing.kind, thing.id, thing.version, thing.body, thing.state, thing.position, thing.due_at, removed_at,
        before, {},
    )  # fmt: skip


def _put_line(edit: Put, before: Snapshot) -> _Line | None:
    thing = edit.thing
    body = thing.body if edit.body is None else _reconciled(edit, edit.body)
    state = thing.state if edit.state is None else edit.state
    position = thing.position if edit.position is None else edit.position
    due_at = thing.due_at if edit.keep_due else edit.due_at
    same = (body, state, position, due_at) == (thing.body, thing.state, thing.position, thing.due_at)
    if same and not edit.columns:
        return None
    return _Line(
        Act.PUT, thing.kind, thing.id, thing.version, body, state, position, due_at, thing.removed_at, before,
        edit.columns,
    )  # fmt: skip


def _reconciled(edit: Put, mine: Body) -> Body:
    """What this writer wrote, joined with what others wrote since the version they looked at."""
    thing = edit.thing
    if edit.seen is None or edit.seen == thing.version:
        return mine
    base = _body_at(thing, edit.seen)
    if base is None:
        raise BothChanged(thing, mine, frozenset(mine.__struct_fields__))
    body: Body
    body, clashing = merged(base, mine, thing.body)
    if clashing:
        raise BothChanged(thing, mine, clashing)
    return body


def _body_at(thing: Thing[Any], version: int) -> Any:
    row = db.session.execute(
        select(HistoryLine.id, HistoryLine.sealed).where(
            HistoryLine.plan_id == thing.plan, HistoryLine.item_id == thing.id, HistoryLine.version == version
        )
    ).first()
    if row is None:
        return None
    sides = open_sides(thing.plan, row.id, row.sealed)
    return thing.kind.decode(bytes(sides.after.body))


def open_sides(plan: UUID, line: UUID, sealed: bytes) -> Sides:
    """Open a history line."""
    return msgspec.json.decode(unseal(key_of(plan), HistoryLine.__tablename__, line, sealed), type=Sides)


def _apply(actor: Actor, line: _Line) -> None:
    table = line.edit_kind.table
    instant = now()
    values = {
        "state": line.state,
        "position": line.position,
        "due_at": line.due_at,
        "removed_at": line.removed_at,
        "changed_at": instant,
        "version": line.expected + 1,
        "sealed": seal(key_of(_plan(actor)), line.edit_kind.name, line.item, line.edit_kind.encode(line.body)),
    }
    if line.act is Act.ADD:
        own = {} if line.edit_kind.name == "plan" else {"plan_id": actor.plan}
        db.session.execute(insert(table).values(id=line.item, created_at=instant, **own, **values, **line.columns))
        return
    result = db.session.execute(
        update(table).where(table.id == line.item, table.version == line.expected).values(**values, **line.columns)
    )
    if result.rowcount != 1:  # type: ignore[attr-defined]
        raise _Overtaken


def _remember(actor: Actor, action: Action, entry: UUID, lines: list[_Line], undoes: UUID | None) -> None:
    plan = _plan(actor)
    db.session.execute(
        insert(HistoryEntry).values(
            id=entry,
            plan_id=plan,
            at=now(),
            action=action.name,
            actor_kind=actor.kind.value,
            actor_id=actor.person,
            reason=actor.reason,
            undoes_id=undoes,
        )
    )
    for line in lines:
        line_id = uuid4()
        after = _snapshot(line.edit_kind, line.body, line.state, line.position, line.due_at)
        text = msgspec.json.encode(Sides(after=after, before=line.before))
        db.session.execute(
            insert(HistoryLine).values(
                id=line_id,
                plan_id=plan,
                entry_id=entry,
                item_id=line.item,
                kind=line.edit_kind.name,
                act=line.act.value,
                version=line.expected + 1,
                sealed=seal(key_of(plan), HistoryLine.__tablename__, line_id, text),
            )
        )


def _snapshot(kind: Kind[Any], body: Body, state: str, position: int, due_at: datetime | None) -> Snapshot:
    return Snapshot(body=msgspec.Raw(kind.encode(body)), state=state, position=position, due_at=due_at)


def _refreshed(actor: Actor, edit: Edit) -> Edit:
    if isinstance(edit, Add):
        return edit
    thing = load_one(actor, edit.thing.kind, edit.thing.id, removed=True)
    if thing is None:
        raise NotPermitted
    if isinstance(edit, Put):
        return replace(edit, thing=thing, seen=edit.thing.version if edit.seen is None else edit.seen)
    return replace(edit, thing=thing)


def _first_put(edits: list[Edit]) -> Put | Remove | Restore:
    return next(edit for edit in edits if not isinstance(edit, Add))


def _id_of(edit: Edit) -> UUID:
    given = edit.id if isinstance(edit, Add) else edit.thing.id
    if given is None:
        raise NotPermitted
    return given


def _plan(actor: Actor) -> UUID:
    if actor.plan is None:
        raise NotPermitted
    return actor.plan


def _uuid_from(purpose: str, plan: UUID | None, form_key: str) -> UUID:
    return UUID(bytes=look_up_hash(purpose, f"{plan}/{form_key}")[:16], version=4)


def erase_bin(actor: Actor, before: datetime) -> int:
    """Erase what was put in the bin before this instant, with its history; how many items that were.

    Raises:
        NotPermitted: the actor is not the system with a reason.
    """
    if not permits(actor, Action.ERASE):
        raise NotPermitted
    erased = 0
    for kind in reversed(KINDS.values()):
        table = kind.table
        gone = db.session.scalars(select(table.id).where(table.removed_at < before)).all()
        for item in gone:
            erased += _erase(kind, item)
    db.session.execute(delete(FormKey).where(FormKey.at < before))
    db.session.commit()
    return erased


def _erase(kind: Kind[Any], item: UUID) -> int:
    erased = 1
    for hanging in (other for other in KINDS.values() if other.under is kind and other.parent_column):
        column = hanging.table.__table__.c[hanging.parent_column]
        for child in db.session.scalars(select(hanging.table.id).where(column == item)).all():
            erased += _erase(hanging, child)
    entries = select(HistoryLine.entry_id).where(HistoryLine.item_id == item)
    touched = list(db.session.scalars(entries))
    db.session.execute(delete(HistoryLine).where(HistoryLine.item_id == item))
    left = set(db.session.scalars(select(HistoryLine.entry_id).where(HistoryLine.entry_id.in_(touched))))
    db.session.execute(delete(HistoryEntry).where(HistoryEntry.id.in_(set(touched) - left)))
    db.session.execute(delete(kind.table).where(kind.table.id == item))
    return erased

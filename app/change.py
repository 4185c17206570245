"""The one door for writing: permission, rule of versions, transaction, history entry, form key.

Commands build edits and call `change`; nothing else commits content. Because of that, everything that is ever written
has a history, can be undone, keeps the words of two people writing at once, and happens once however often it is sent.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.db import db, now
from app.edits import (
    ALONE,
    Add,
    Along,
    Beside,
    BothChanged,
    Done,
    Edit,
    NotPermitted,
    Put,
    Refused,
    Remove,
    Restore,
    Sides,
    Snapshot,
)
from app.history.models import Act, FormKey, HistoryEntry, HistoryLine
from app.items import facts_of
from app.keystore import key_of, look_up_hash
from app.lines import Line, id_of, in_order, line_of, open_sides, settle, snapshot, without_lost_media
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.audience import Facts, is_private
from app.policy.decide import permits
from app.rooms import going
from app.scope import load_one, read_anew
from app.vault import seal

__all__ = [
    "ALONE", "Add", "Along", "BothChanged", "Done", "Edit", "NotPermitted", "Put", "Refused", "Remove", "Restore",
    "Sides", "Snapshot", "change", "enter", "new_id", "open_sides", "was_saved",
]  # fmt: skip

TRIES = 5


class _Overtaken(Exception):
    """Somebody else wrote between reading and writing: once more."""


def change(
    actor: Actor,
    action: Action,
    *edits: Edit,
    form_key: str | None = None,
    undoes: UUID | None = None,
    beside: Beside | None = None,
) -> Done:
    """Do these edits, all or none, and keep them in the history.

    Args:
        actor: who does it.
        action: what they do; an edit's own `needs` stands before it.
        edits: what to write. With none, or none that differ, nothing is written.
        form_key: the key of the form they sent; the same form sent again changes nothing.
        undoes: the history entry this takes back.
        beside: what is written along, after the edits; what it raises takes all back. Done anew when overtaken.

    Raises:
        NotPermitted: the policy does not allow one of them.
        BothChanged: somebody else changed the same words since `Put.seen`.
    """
    if actor.plan is None:
        raise NotPermitted
    identified = _with_ids(actor, edits, form_key)
    if undoes is not None:
        identified = [without_lost_media(edit) for edit in identified]
    for edit in identified:
        _ask_policy(actor, edit.needs or action, edit)
    for _attempt in range(TRIES):
        try:
            return _write(actor, action, identified, form_key, undoes, beside)
        except _Overtaken:
            identified = [_refreshed(actor, edit) for edit in identified]
    raise _too_often(identified)


def enter(actor: Actor, action: Action, *edits: Edit, beside: Beside | None = None) -> None:
    """Do these edits inside a change that is going on (its `beside`): asked and kept like any, ended with that one.

    `beside` is written after them, as in `change`.

    Raises:
        NotPermitted: the policy does not allow one of them.
    """
    identified = _with_ids(actor, edits, None)
    for edit in identified:
        _ask_policy(actor, edit.needs or action, edit)
    lines = in_order([line for line in (line_of(edit) for edit in identified) if line is not None])
    _apply_all(actor, lines, None)
    if lines:
        _remember(actor, action, uuid4(), lines, None)
    if beside is not None:
        beside()
    settle(_plan(actor), lines)


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
            body = msgspec.structs.replace(edit.body, writer=edit.body.writer or actor.person, scribe=actor.scribe)
            identified.append(replace(edit, id=given, body=body))
        elif isinstance(edit, Put) and edit.body is not None:
            kept = msgspec.structs.replace(edit.body, writer=edit.thing.body.writer)
            if actor.scribe is not None and kept != edit.thing.body:
                kept = msgspec.structs.replace(kept, scribe=actor.scribe)
            identified.append(replace(edit, body=kept))
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
    if isinstance(edit, Put) and edit.body is not None:
        _ask_about_audience(actor, facts, replace(edit.thing, body=edit.body).facts)


def _ask_about_audience(actor: Actor, before: Facts, after: Facts) -> None:
    """Who sees an item is changed by those who may choose that, both as it was and as it becomes."""
    chosen = before.audience != after.audience or is_private(before) != is_private(after)
    if chosen and not all(permits(actor, Action.AUDIENCE_CHANGE, facts) for facts in (before, after)):
        raise NotPermitted


def _write(
    actor: Actor, action: Action, edits: list[Edit], form_key: str | None, undoes: UUID | None, beside: Beside | None
) -> Done:
    ids = tuple(id_of(edit) for edit in edits)
    try:
        lines = [line for line in (line_of(edit) for edit in edits) if line is not None]
    except BothChanged:
        if was_saved(actor, form_key):
            return Done(None, ids, repeated=True)
        raise
    lines = in_order(lines)
    entry = uuid4() if lines else None
    try:
        _end_what_hangs_on(actor, edits)
        _apply_all(actor, lines, form_key)
        if entry is not None:
            _remember(actor, action, entry, lines, undoes)
        if beside is not None:
            beside()
        settle(_plan(actor), lines)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        if was_saved(actor, form_key):
            return Done(None, ids, repeated=True)
        raise
    except BaseException:
        db.session.rollback()
        raise
    finally:
        read_anew()
    return Done(entry, ids)


def _end_what_hangs_on(actor: Actor, edits: list[Edit]) -> None:
    for edit in edits:
        if isinstance(edit, (Remove, Restore)) and isinstance(edit, Remove) is (edit.thing.removed_at is None):
            going(actor, edit.thing)


def _apply_all(actor: Actor, lines: list[Line], form_key: str | None) -> None:
    """Write the rows, and the form key before all but a new root: a form that was sent before stops there."""
    starting = bool(lines) and lines[0].edit_kind.root and lines[0].act is Act.ADD
    for line in lines[:1] if starting else []:
        _apply(actor, line)
    if form_key is not None:
        key_id = _uuid_from("form", actor.plan, form_key)
        db.session.execute(insert(FormKey).values(id=key_id, plan_id=actor.plan, at=now()))
    for line in lines[1:] if starting else lines:
        _apply(actor, line)


def _apply(actor: Actor, line: Line) -> None:
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
        own = {} if line.edit_kind.root else {"plan_id": actor.plan}
        db.session.execute(insert(table).values(id=line.item, created_at=instant, **own, **values, **line.columns))
        return
    result = db.session.execute(
        update(table).where(table.id == line.item, table.version == line.expected).values(**values, **line.columns)
    )
    if result.rowcount != 1:  # type: ignore[attr-defined]
        raise _Overtaken


def _remember(actor: Actor, action: Action, entry: UUID, lines: list[Line], undoes: UUID | None) -> None:
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
        after = snapshot(line.edit_kind, line.body, line.state, line.position, line.due_at)
        text = msgspec.json.encode(Sides(after=after, before=line.before, scribe=actor.scribe))
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


def _refreshed(actor: Actor, edit: Edit) -> Edit:
    if isinstance(edit, Add):
        return edit
    read_anew()
    thing = load_one(actor, edit.thing.kind, edit.thing.id, removed=True)
    if thing is None:
        raise NotPermitted
    if isinstance(edit, Put) and edit.alone:
        raise BothChanged(thing, thing.body, frozenset())
    if isinstance(edit, Put):
        looked_at = edit.thing.version if edit.seen is None and not edit.last else edit.seen
        return replace(edit, thing=thing, seen=looked_at)
    return replace(edit, thing=thing)


def _too_often(edits: list[Edit]) -> BothChanged:
    """Others wrote at every try: the writer chooses, with what was not saved at hand."""
    edit = next(edit for edit in edits if not isinstance(edit, Add))
    mine = edit.body if isinstance(edit, Put) else None
    return BothChanged(edit.thing, mine or edit.thing.body, frozenset())


def _plan(actor: Actor) -> UUID:
    if actor.plan is None:
        raise NotPermitted
    return actor.plan


def _uuid_from(purpose: str, plan: UUID | None, form_key: str) -> UUID:
    return UUID(bytes=look_up_hash(purpose, f"{plan}/{form_key}")[:16], version=4)

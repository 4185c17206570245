"""An edit, worked out: what its row becomes, joined with what others wrote meanwhile. Used by the door only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from app.db import db, now
from app.edits import Add, BothChanged, Edit, NotPermitted, Put, Remove, Sides, Snapshot
from app.history.models import Act, HistoryLine
from app.items import Body, Kind, Thing, facts_of, media_in
from app.keystore import key_of
from app.merge import merged
from app.policy.audience import is_private
from app.rooms import media
from app.standing import Standing, note, standing_of
from app.vault import unseal


@dataclass(frozen=True, eq=False)
class Line:
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
    was: Standing | None = None

    @property
    def stands(self) -> Standing:
        """Who sees the item from then on, and whether it is there."""
        return standing_of(self.edit_kind, self.body, self.due_at, away=self.removed_at is not None)


def line_of(edit: Edit) -> Line | None:
    """Work an edit out; None when it changes nothing."""
    if isinstance(edit, Add):
        columns = dict(edit.columns)
        if edit.kind.parent_column:
            columns[edit.kind.parent_column] = edit.under.id if edit.under is not None else edit.under_id
        return Line(
            Act.ADD, edit.kind, id_of(edit), 0, edit.body, edit.state, edit.position, edit.due_at, None, None, columns
        )
    thing = edit.thing
    before = snapshot(thing.kind, thing.body, thing.state, thing.position, thing.due_at)
    if isinstance(edit, Put):
        return _put_line(edit, before)
    removing = isinstance(edit, Remove)
    if removing == (thing.removed_at is not None):
        return None
    act, removed_at = (Act.REMOVE, now()) if removing else (Act.RESTORE, None)
    return Line(
        act, thing.kind, thing.id, thing.version, thing.body, thing.state, thing.position, thing.due_at, removed_at,
        before, {}, _standing(thing),
    )  # fmt: skip


def _put_line(edit: Put, before: Snapshot) -> Line | None:
    thing = edit.thing
    body = thing.body if edit.body is None else _reconciled(edit, edit.body)
    state = thing.state if edit.state is None else edit.state
    position = thing.position if edit.position is None else edit.position
    due_at = thing.due_at if edit.keep_due else edit.due_at
    same = (body, state, position, due_at) == (thing.body, thing.state, thing.position, thing.due_at)
    if same and not edit.columns:
        return None
    return Line(
        Act.PUT, thing.kind, thing.id, thing.version, body, state, position, due_at, thing.removed_at, before,
        edit.columns, _standing(thing),
    )  # fmt: skip


def settle(plan: UUID, lines: list[Line]) -> None:
    """Once what a change brings along is written too: no item names a photo, sound or film that is not its own, and
    of every item that was there before it is noted who sees it from now on, when that changed or it was taken away.

    Raises:
        NotPermitted: one does.
    """
    _move_media(plan, lines)
    note(plan, [(line.item, line.stands) for line in lines if line.was not in (None, line.stands)])


def _move_media(plan: UUID, lines: list[Line]) -> None:
    for line in lines:
        before, now_there = _media_before(line), _media_of(line.body)
        if now_there == before:
            continue
        if not line.edit_kind.pictured:
            raise NotPermitted
        media().moved(plan, line.item, before - now_there, now_there - before)


def without_lost_media(edit: Edit) -> Edit:
    """What is taken back comes without a photo, a voice or a film that was erased meanwhile; the words come back."""
    if not isinstance(edit, Put) or edit.body is None:
        return edit
    thing, here = edit.thing, _media_of(edit.thing.body)
    back = {name: medium.id for name, medium in media_in(edit.body).items() if medium.id not in here}
    lost = [name for name, medium in back.items() if not media().is_there(thing.plan, thing.id, medium)]
    return replace(edit, body=msgspec.structs.replace(edit.body, **dict.fromkeys(lost))) if lost else edit


def _standing(thing: Thing[Any]) -> Standing:
    return standing_of(thing.kind, thing.body, thing.due_at, away=thing.removed_at is not None)


def _media_before(line: Line) -> frozenset[UUID]:
    return frozenset() if line.was is None else frozenset(line.was.media)


def _media_of(body: Body) -> frozenset[UUID]:
    return frozenset(medium.id for medium in media_in(body).values())


def in_order(lines: list[Line]) -> list[Line]:
    """The root's own row comes first: everything else refers to it."""
    return sorted(lines, key=lambda line: not line.edit_kind.root)


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
    body = thing.kind.decode(bytes(sides.after.body))
    # What was kept from a parent then is not joined with: whether it is found the same would tell what it said.
    was_kept = is_private(facts_of(thing.kind, thing.plan, thing.id, body, thing.under))
    return None if was_kept and not is_private(thing.facts) else body


def open_sides(plan: UUID, line: UUID, sealed: bytes) -> Sides:
    """Open a history line."""
    return msgspec.json.decode(unseal(key_of(plan), HistoryLine.__tablename__, line, sealed), type=Sides)


def snapshot(kind: Kind[Any], body: Body, state: str, position: int, due_at: datetime | None) -> Snapshot:
    """An item as history keeps it."""
    return Snapshot(body=msgspec.Raw(kind.encode(body)), state=state, position=position, due_at=due_at)


def id_of(edit: Edit) -> UUID:
    """The item an edit is about."""
    given = edit.id if isinstance(edit, Add) else edit.thing.id
    if given is None:
        raise NotPermitted
    return given

"""Reads what changed and what lies in the bin, as far as the actor sees it now and could see it then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from app.change import Snapshot, open_sides
from app.db import db
from app.history import rules
from app.history.entries import EntryView, LineView, Version, facts_then
from app.history.models import Act, HistoryEntry, HistoryLine
from app.items import Kind, Thing
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.audience import sees
from app.policy.decide import permits
from app.rooms import KINDS
from app.scope import Whole, load

ON_A_PAGE = 20
AT_ONCE = 100
MOST_LINES = 200
# Each is unsealed: who changes one thing back and forth all day makes no page of looking back that takes minutes.
MOST_CHANGES = 4000


@dataclass(frozen=True)
class PageView:
    """Some changes, newest first; `older` is where the next page starts, None on the last."""

    entries: Sequence[EntryView]
    older: UUID | None
    whole: Whole


@dataclass(frozen=True)
class BinView:
    """What was taken away less than 30 days ago, last first."""

    things: Sequence[Thing[Any]]
    whole: Whole

    def may_restore(self, thing: Thing[Any]) -> bool:
        """Whether the actor may put it back."""
        return permits(self.whole.actor, Action.RESTORE, thing.facts)


def page(actor: Actor, after: UUID | None = None) -> PageView | None:
    """What changed, from the newest or from just before one change.

    Args:
        actor: who asks; what they may not know is not counted either.
        after: the last change of the page before.
    """
    whole = everything(actor)
    if actor.plan is None:
        return None
    found: list[EntryView] = []
    mark = _mark(actor.plan, after)
    undone_by = _undone_by(actor.plan)
    while True:
        rows = _entries(actor.plan, mark, whole.ids)
        found += _seen(whole, rows, undone_by)
        if len(found) > ON_A_PAGE or len(rows) < AT_ONCE:
            break
        mark = (rows[-1].at, rows[-1].id)
    shown = found[:ON_A_PAGE]
    return PageView(shown, shown[-1].id if len(found) > ON_A_PAGE else None, whole)


def entry(actor: Actor, entry: UUID) -> EntryView | None:
    """One change; None when it is not there or none of it is this actor's."""
    if actor.plan is None:
        return None
    rows = db.session.execute(
        select(HistoryEntry.__table__).where(HistoryEntry.plan_id == actor.plan, HistoryEntry.id == entry)
    ).all()
    return next(iter(_seen(everything(actor), rows, _undone_by(actor.plan))), None)


def last(actor: Actor, thing: Thing[Any]) -> EntryView | None:
    """The change that made something what it is; None when it is not this actor's to know of."""
    wanted = (HistoryLine.plan_id == thing.plan, HistoryLine.item_id == thing.id, HistoryLine.version == thing.version)
    change = select(HistoryLine.entry_id).where(*wanted)
    rows = db.session.execute(select(HistoryEntry.__table__).where(HistoryEntry.id.in_(change))).all()
    return next(iter(_seen(load(actor, thing.kind, KINDS["person"], removed=True), rows, {})), None)


def since(whole: Whole, instant: datetime | ColumnElement[datetime], longest: datetime) -> list[EntryView]:
    """What others changed after an instant of what a whole holds, newest first; of very much the newest. One query.

    Whether a change was taken back since is not looked for: what it left says so by itself.

    Args:
        whole: what the reader sees now.
        instant: from when on; the database may know it better.
        longest: and never from before this.
    """
    entry, line, reader = HistoryEntry.__table__.c, HistoryLine.__table__.c, whole.actor
    rows = db.session.execute(
        select(*line, entry.at, entry.action, entry.actor_id, entry.undoes_id)
        .join_from(HistoryLine.__table__, HistoryEntry.__table__, entry.id == line.entry_id)
        .where(entry.plan_id == reader.plan, entry.at > instant, entry.at > longest)
        .where(or_(entry.actor_id.is_(None), entry.actor_id != reader.person), line.item_id.in_(whole.ids))
        .order_by(entry.at.desc(), entry.id.desc())
        .limit(MOST_LINES)
    ).all()
    entries = {row.entry_id: row for row in rows}
    return _told(whole, list(entries.values()), rows, {})


def everything(actor: Actor) -> Whole:
    """All a plan holds that this actor sees, the bin too."""
    return load(actor, *KINDS.values(), removed=True)


def removed(actor: Actor) -> BinView:
    """The bin. What hangs on something that lies there too comes back with it, so it is not shown apart."""
    whole = everything(actor)
    things = [
        thing
        for kind in KINDS.values()
        if kind.undoable
        for thing in whole.removed(kind)
        if kind.label(thing.body) and (thing.under is None or thing.under.removed_at is None)
    ]
    return BinView(sorted(things, key=lambda thing: str(thing.removed_at), reverse=True), whole)


def removed_one(actor: Actor, item: UUID) -> Thing[Any] | None:
    """One item that lies in the bin, or did: putting back twice is once."""
    whole = everything(actor)
    found = (whole.get(kind, item) for kind in KINDS.values() if kind.undoable)
    return next((thing for thing in found if thing is not None), None)


def changes_of(whole: Whole, items: Collection[UUID], until: datetime | None = None) -> list[tuple[datetime, LineView]]:
    """What changed of these items and when, oldest first, told by the same rules as the page; of very much the end.

    Args:
        whole: what the reader sees now; of items that are not in it nothing is told.
        items: the items.
        until: only what changed before this instant; of very much the begin.
    """
    wanted: list[ColumnElement[bool]] = [HistoryLine.plan_id == whole.actor.plan, HistoryLine.item_id.in_(items)]
    order: Sequence[ColumnElement[Any]] = (HistoryEntry.at.desc(), HistoryLine.version.desc())
    if until is not None:
        wanted.append(HistoryEntry.at < until)
        order = (HistoryEntry.at.asc(), HistoryLine.version.asc())
    rows = (
        select(HistoryEntry.at, *HistoryLine.__table__.c)
        .join(HistoryEntry, HistoryEntry.id == HistoryLine.entry_id)
        .where(*wanted)
        .order_by(*order)
        .limit(MOST_CHANGES)
    )
    found = ((row.at, _line(whole, row)) for row in db.session.execute(rows).all()[:: 1 if until else -1])
    return [(at, line) for at, line in found if line is not None]


def _mark(plan: UUID, entry: UUID | None) -> tuple[datetime, UUID] | None:
    if entry is None:
        return None
    row = db.session.execute(
        select(HistoryEntry.at, HistoryEntry.id).where(HistoryEntry.plan_id == plan, HistoryEntry.id == entry)
    ).first()
    return None if row is None else (row.at, row.id)


def _entries(plan: UUID, mark: tuple[datetime, UUID] | None, items: Sequence[UUID]) -> Sequence[Any]:
    """Entries about these items, newest first: however much changed that is not the reader's, it costs nothing."""
    table = HistoryEntry
    theirs = select(HistoryLine.entry_id).where(HistoryLine.plan_id == plan, HistoryLine.item_id.in_(items))
    wanted: list[ColumnElement[bool]] = [table.plan_id == plan, table.id.in_(theirs)]
    if mark is not None:
        wanted.append(or_(table.at < mark[0], and_(table.at == mark[0], table.id < mark[1])))
    rows = select(table.__table__).where(*wanted).order_by(table.at.desc(), table.id.desc()).limit(AT_ONCE)
    return db.session.execute(rows).all()


def _undone_by(plan: UUID) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    undoing = select(HistoryEntry.id, HistoryEntry.undoes_id).where(
        HistoryEntry.plan_id == plan, HistoryEntry.undoes_id.is_not(None)
    )
    for row in db.session.execute(undoing):
        found.setdefault(row.undoes_id, []).append(row.id)
    return found


def _seen(whole: Whole, rows: Sequence[Any], undone_by: dict[UUID, list[UUID]]) -> list[EntryView]:
    wanted = select(HistoryLine.__table__).where(HistoryLine.entry_id.in_([row.id for row in rows]))
    return _told(whole, rows, db.session.execute(wanted).all(), undone_by)


def _told(
    whole: Whole, rows: Sequence[Any], found: Sequence[Any], undone_by: dict[UUID, list[UUID]]
) -> list[EntryView]:
    """The changes of these rows, with what their lines may tell this reader; a row of a line names its change too."""
    lines: dict[UUID, list[LineView]] = {}
    for row in found:
        line = _line(whole, row)
        if line is not None:
            lines.setdefault(row.entry_id, []).append(line)
    order = {name: place for place, name in enumerate(KINDS)}
    by_id = {getattr(row, "entry_id", None) or row.id: row for row in rows}
    return [
        EntryView(
            id=id_,
            at=row.at,
            action=row.action,
            by=row.actor_id,
            undoes=row.undoes_id,
            undone=rules.is_undone(id_, undone_by),
            lines=sorted(lines[id_], key=lambda line: (order[line.kind.name], line.after.position)),
            whole=whole,
        )
        for id_, row in by_id.items()
        if id_ in lines and not _is_of_hidden_things(whole.actor, row.actor_id, lines[id_])
    ]


def _is_of_hidden_things(actor: Actor, by: UUID | None, lines: Sequence[LineView]) -> bool:
    """Whether somebody else put something in order that this actor does not see: all that is left are places which
    made room for it.
    """
    if by == actor.person or not all(line.only_moved for line in lines):
        return False
    places = [(line.before.position, line.after.position) for line in lines if line.before is not None]
    return not rules.changed_places([before for before, _after in places], [after for _before, after in places])


def _line(whole: Whole, row: Any) -> LineView | None:
    """A line, when its item and all that it is about are the actor's to see now, and the item was before and after."""
    thing = whole.get(kind := KINDS[row.kind], row.item_id)
    if thing is None or kind.silent or not whole.has_all(kind.about(thing.body)):
        return None
    sides = open_sides(thing.plan, row.id, row.sealed)
    before = None if sides.before is None else _version(kind, sides.before)
    line = LineView(Act(row.act), thing, before, _version(kind, sides.after), sides.scribe)
    return line if _could_see(whole.actor, thing, (line.before, line.after)) else None


def _could_see(actor: Actor, thing: Thing[Any], versions: Iterable[Version | None]) -> bool:
    return all(sees(actor, facts_then(thing, version)) for version in versions if version is not None)


def _version(kind: Kind[Any], kept: Snapshot) -> Version:
    return Version(kind.decode(bytes(kept.body)), kept.state, kept.position, kept.due_at)

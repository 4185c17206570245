"""Toch niet, and back from the bin: each a change like any other, so each can be taken back itself."""

from __future__ import annotations

from typing import Any

from app.change import Done, Edit, NotPermitted, Put, Refused, Remove, Restore, change, was_saved
from app.history import rules
from app.history.entries import EntryView, LineView
from app.history.models import Act
from app.history.rules import Reason
from app.items import Thing
from app.policy.actions import Action
from app.policy.actor import Actor
from app.rooms import stays


def undo(actor: Actor, entry: EntryView, form_key: str | None) -> Done:
    """Take a change back, all of it that this actor sees, or nothing.

    Raises:
        NotPermitted: this kind of change is not taken back, or not by this actor.
        Refused: it was taken back already, or somebody changed the same since.
    """
    if was_saved(actor, form_key):
        return Done(None, (entry.thing.id,), repeated=True)
    if not entry.may_undo:
        raise NotPermitted
    if entry.undone:
        raise Refused(Reason.UNDONE_ALREADY)
    edits = [_back(actor, line) for line in rules.to_undo(entry.lines)]
    return change(actor, Action.UNDO, *edits, form_key=form_key, undoes=entry.id)


def restore(actor: Actor, thing: Thing[Any], form_key: str | None) -> Done:
    """Back from the bin. Twice is once."""
    return change(actor, Action.RESTORE, Restore(thing), form_key=form_key)


def _back(actor: Actor, line: LineView) -> Edit:
    """The edit that takes one line back; it must still be as the change left it."""
    gone = line.thing.removed_at is not None
    if gone != (line.act is Act.REMOVE):
        raise Refused(Reason.CHANGED_SINCE)
    if gone:
        return Restore(line.thing)
    if line.act is Act.PUT:
        return _put_back(line)
    if stays(actor, line.thing):
        raise Refused(Reason.STAYS)
    return Remove(line.thing)


def _put_back(line: LineView) -> Put:
    thing, before, after = line.thing, line.before, line.after
    if before is None:
        raise Refused(Reason.CHANGED_SINCE)
    body = rules.put_back(thing.body, before.body, after.body)
    columns = ((thing.state, before.state, after.state), (thing.position, before.position, after.position))
    if isinstance(body, Reason) or not all(rules.value_back(*column) for column in columns):
        raise Refused(Reason.CHANGED_SINCE)
    # When it is due follows from what it says, so it goes along.
    due = before.due_at if thing.due_at == after.due_at else thing.due_at
    return Put(
        thing,
        body,
        state=before.state if before.state != after.state else None,
        position=before.position if before.position != after.position else None,
        due_at=due,
        keep_due=False,
        seen=thing.version,
    )

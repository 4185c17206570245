"""Which layer is whose, and who looked at what a child said: ledgers beside the door, with no words outside a seal.

A child's layer is in one plan or two; that row belongs to neither of them, so no history of a plan tells of it. A look
lies in the layer, sealed with its key, and is for the child only: day and person, never a device, a place or a minute.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec
from flask import g, has_request_context
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.children.models import SaidLookRow
from app.children.nouns import LookedBody, SaidBody
from app.db import db, now
from app.history.models import HistoryEntry
from app.items import Thing
from app.keystore import key_of, look_up_hash
from app.people.models import PersonRow
from app.plan.layers import forget
from app.plan.models import LayerLinkRow, MemberRow
from app.policy.actor import Actor
from app.vault import seal, unseal

TABLE = SaidLookRow.__tablename__
_look = SaidLookRow.__table__.c
GONE = "the plan they were in is erased"


def link(layer: UUID, plan: UUID | None, person: UUID | None) -> None:
    """A layer is of this person of this plan, inside a change that is going on."""
    row = {"id": uuid4(), "layer_id": layer, "plan_id": plan, "person_id": person, "created_at": now()}
    db.session.execute(insert(LayerLinkRow).values(**row))
    forget()


def unlink(link: UUID) -> None:
    """A layer is of this person no more, also after a restore; whoever calls commits."""
    db.session.execute(delete(LayerLinkRow).where(LayerLinkRow.id == link))
    forget()


def members_of(person: UUID) -> list[UUID]:
    """The rows of a child's page in its plan, also of one that was stopped."""
    return list(db.session.scalars(select(MemberRow.id).where(MemberRow.person_id == person)))


def forget_people(plan: UUID) -> None:
    """Of what people of a plan that is being erased said in layers that stay, no row tells any more who it was."""
    layers = select(LayerLinkRow.layer_id).where(LayerLinkRow.plan_id == plan)
    people = select(PersonRow.id).where(PersonRow.plan_id == plan)
    theirs = update(HistoryEntry).where(HistoryEntry.plan_id.in_(layers), HistoryEntry.actor_id.in_(people))
    db.session.execute(theirs.values(actor_id=None, reason=GONE))


@dataclass(frozen=True, slots=True)
class Looking:
    """Somebody looks at what a child said: who, what the child calls them, in which plan, on which local day there."""

    said: Thing[SaidBody]
    person: UUID | None
    name: str
    root: UUID
    day: date


def note(look: Looking) -> None:
    """Note that somebody looks, once a person, entry and day. What cannot be noted may not be shown.

    Raises:
        RuntimeError: it could not be noted.
    """
    id_ = _id_of(look)
    for _attempt in range(2):
        if db.session.execute(select(_look.id).where(_look.id == id_)).first() is not None:
            return
        try:
            db.session.execute(insert(SaidLookRow).values(**_row(id_, look)))
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
        else:
            g.get("gathered", {}).pop((TABLE, look.said.id), None)
            return
    raise RuntimeError("a look could not be noted")


def looks(child: Actor, said: UUID) -> list[LookedBody]:
    """Who looked at one thing a child said, last day first: for the child alone, as it is in its own layer."""
    if child.plan is None or child.plan != child.person:
        return []
    rows = _rows(child.plan, said)
    others = (look for look in map(_opened, rows) if look.person != child.person)
    return sorted(others, key=lambda look: (look.day, look.name), reverse=True)


def opened(looks: Sequence[Looking]) -> Collection[UUID]:
    """Which of these entries their reader opened before, on whatever day."""
    reader = {look.said.id: look.person for look in looks}
    rows = db.session.execute(
        select(_look.id, _look.plan_id, _look.said_id, _look.sealed).where(_look.said_id.in_(list(reader)))
    )
    return {row.said_id for row in rows if _opened(row).person == reader[row.said_id]}


def note_read(child: Actor, replies: Sequence[Thing[Any]]) -> None:
    """The child opened these answers: they are new no more. Nobody else is told, and it is no look at its words."""
    if child.plan is None or child.plan != child.person:
        return
    there = {row.id for said in {one.parent for one in replies} if said for row in _rows(child.plan, said)}
    missing = [one for one in replies if _read_id(one) not in there]
    if not missing:
        return
    try:
        db.session.execute(insert(SaidLookRow), [_read_row(one) for one in missing])
        db.session.commit()
    except IntegrityError:
        # The same page, opened twice in one moment.
        db.session.rollback()


def _rows(layer: UUID, said: UUID) -> Sequence[Any]:
    """Who looked at one thing and which of its answers the child opened: a page asks for both, and reads it once."""
    kept: dict[Any, Sequence[Any]] = g.setdefault("gathered", {}) if has_request_context() else {}
    if (TABLE, said) not in kept:
        asked = select(_look.id, _look.plan_id, _look.sealed).where(_look.plan_id == layer, _look.said_id == said)
        kept[TABLE, said] = db.session.execute(asked).all()
    return kept[TABLE, said]


def read_by(child: Actor, replies: Sequence[Thing[Any]]) -> Collection[UUID]:
    """Which of these answers the child opened before."""
    known = {_read_id(one): one.id for one in replies}
    found = db.session.scalars(select(_look.id).where(_look.plan_id == child.plan, _look.id.in_(list(known))))
    return {known[one] for one in found}


def _read_id(reply: Thing[Any]) -> UUID:
    return UUID(bytes=look_up_hash("reply read", str(reply.id))[:16], version=4)


def _read_row(reply: Thing[Any]) -> dict[str, Any]:
    """A row without a day: it says that the child opened it, and no more."""
    layer, id_ = reply.plan, _read_id(reply)
    body = msgspec.json.encode(LookedBody(layer, "", layer, date.min))
    return {"id": id_, "plan_id": layer, "said_id": reply.parent, "sealed": seal(key_of(layer), TABLE, id_, body)}


def _id_of(look: Looking) -> UUID:
    return UUID(bytes=look_up_hash("said look", f"{look.said.id}/{look.person}/{look.day}")[:16], version=4)


def _row(id_: UUID, look: Looking) -> dict[str, Any]:
    if look.person is None:
        raise RuntimeError("a look of nobody")
    body = msgspec.json.encode(LookedBody(look.person, look.name, look.root, look.day))
    layer = look.said.plan
    return {"id": id_, "plan_id": layer, "said_id": look.said.id, "sealed": seal(key_of(layer), TABLE, id_, body)}


def _opened(row: Any) -> LookedBody:
    return msgspec.json.decode(unseal(key_of(row.plan_id), TABLE, row.id, row.sealed), type=LookedBody)

"""When and how a child's box was opened, and how often its pictures were guessed wrong today: a ledger beside the door.

One row a layer, sealed with its key: neither how often, nor when, nor where stands in the clear. For the child alone,
on pages that show only while its box is open (decision 0027).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.children import lock
from app.children.models import LayerBoxRow
from app.children.nouns import BoxBody, Opening, Way
from app.db import db, now
from app.keystore import key_of
from app.local import local_day, part_of_day
from app.policy.actor import Actor
from app.trouble import found_in
from app.trouble import note as note_trouble
from app.vault import seal, unseal

TABLE = LayerBoxRow.__tablename__
TRIES = 50
# Three parts of a day, and more than one way: some two weeks of every day.
MOST = 60
# Of some twenty thousand orders of pictures, on all lent phones and devices of a parent's card together.
MOST_WRONG_A_DAY = 20


@dataclass(frozen=True)
class Kept:
    """The row of one layer, as it was read; without an id there is none yet."""

    layer: UUID
    id: UUID | None = None
    sealed: bytes = b""

    @cached_property
    def body(self) -> BoxBody:
        """What stands in it."""
        if self.id is None:
            return BoxBody()
        return msgspec.json.decode(unseal(key_of(self.layer), TABLE, self.id, self.sealed), type=BoxBody)


def seen(child: Actor, me: Actor | None, zone: str, known: Kept | None = None) -> None:
    """A page shows this child what it keeps, which `me` reads: noted where that is open to it."""
    if me is not None and me.plan is not None and lock.is_open(child):
        note(child, me.plan, zone, known)


def note(child: Actor, layer: UUID, zone: str, known: Kept | None = None) -> None:
    """Note that the box of this child is open now, once for a part of a day, a way and a phone.

    On a full disk it is not noted, and the child still sees what it keeps.
    """
    one, there = _now(child, zone), known or kept(layer)
    if one in there.body.openings:
        return
    try:
        _change(layer, lambda body: _with(body, one), there)
    except DBAPIError as error:
        db.session.rollback()
        trouble = found_in(error)
        if trouble is None:
            raise
        note_trouble(trouble.trouble)


def others(child: Actor, there: Kept, zone: str) -> list[Opening]:
    """When the box was open beside now, the last first; for the child to whom it is open."""
    if not lock.is_open(child):
        return []
    here = _now(child, zone)
    return [one for one in reversed(there.body.openings) if one != here]


def count_wrong(layer: UUID, zone: str) -> bool:
    """Count a guess of today before it is held against the pictures; False when today there were too many."""
    counted: list[bool] = []

    def more(body: BoxBody) -> BoxBody:
        today = local_day(now(), zone)
        wrong = body.wrong if body.day == today else 0
        counted.append(wrong < MOST_WRONG_A_DAY)
        return msgspec.structs.replace(body, day=today, wrong=wrong + counted[-1])

    _change(layer, more)
    return counted[-1]


def forget_wrong(layer: UUID) -> None:
    """That guess was right: it does not count."""
    _change(layer, lambda body: msgspec.structs.replace(body, wrong=max(0, body.wrong - 1)))


def _now(actor: Actor, zone: str) -> Opening:
    if actor.plan is None:
        raise RuntimeError("a child that sits nowhere")
    here = now().astimezone(ZoneInfo(zone))
    way = Way.LENT if actor.lent else Way.KEY if lock.came_in_itself(actor) else Way.CARD
    return Opening(here.date(), part_of_day(here.time()), way, actor.plan, lock.lender() if actor.lent else None)


def _with(body: BoxBody, one: Opening) -> BoxBody:
    kept = (*(other for other in body.openings if other != one), one)
    return msgspec.structs.replace(body, openings=kept[-MOST:])


def kept(layer: UUID) -> Kept:
    """What a layer knows of its own lock."""
    found = select(LayerBoxRow.id, LayerBoxRow.sealed).where(LayerBoxRow.plan_id == layer)
    row = db.session.execute(found).first()
    return Kept(layer) if row is None else Kept(layer, row.id, row.sealed)


def _change(layer: UUID, new: Callable[[BoxBody], BoxBody], there: Kept | None = None) -> None:
    """Written only over what was read: two at once go one after the other, each with what the other wrote.

    Raises:
        RuntimeError: it could not be written.
    """
    for _attempt in range(TRIES):
        there = there or kept(layer)
        if _written(there, new(there.body)):
            return
        there = None
    raise RuntimeError("what opened a box could not be noted")


def _written(there: Kept, body: BoxBody) -> bool:
    id_ = there.id or uuid4()
    sealed = seal(key_of(there.layer), TABLE, id_, msgspec.json.encode(body))
    try:
        if there.id is None:
            db.session.execute(insert(LayerBoxRow).values(id=id_, plan_id=there.layer, sealed=sealed))
            done = True
        else:
            over = update(LayerBoxRow).where(LayerBoxRow.id == id_, LayerBoxRow.sealed == there.sealed)
            done = db.session.execute(over.values(sealed=sealed).returning(LayerBoxRow.id)).first() is not None
        db.session.commit()
    except IntegrityError:
        # The first row of this layer, made twice in one moment.
        db.session.rollback()
        return False
    return done

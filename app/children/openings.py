"""When and how a child's box was opened, and how often its pictures were guessed wrong today: a ledger beside the door.

One row a layer, sealed with its key: neither how often, nor when, nor where stands in the clear. For the child alone,
on pages that show only while its box is open (decision 0027).
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import msgspec
from flask import session
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.children import lock
from app.children.models import LayerBoxRow
from app.children.nouns import BoxBody, Opening, Way
from app.db import db, now
from app.keystore import key_of, look_up_hash
from app.local import local_day, part_of_day
from app.policy.actor import Actor
from app.trouble import found_in
from app.trouble import note as note_trouble
from app.vault import seal, unseal

TABLE = LayerBoxRow.__tablename__
NOTED = "noted"
# Three parts of a day, and more than one way: some two weeks of every day.
MOST = 60
# Of some twenty thousand orders of pictures, on all lent phones and devices of a parent's card together.
MOST_WRONG_A_DAY = 20


def seen(child: Actor, me: Actor | None, zone: str) -> None:
    """A page shows this child what it keeps, which `me` reads: noted where that is open to it."""
    if me is not None and me.plan is not None and lock.is_open(child):
        note(child, me.plan, zone)


def note(child: Actor, layer: UUID, zone: str) -> None:
    """Note that the box of this child is open now, once for a part of a day, a way and a phone.

    On a full disk it is not noted, and the child still sees what it keeps.
    """
    one = _now(child, zone)
    mark = look_up_hash("box noted", f"{layer}/{one}").hex()[:32]
    # What this browser had noted is not asked again.
    if session.get(NOTED) == mark:
        return
    try:
        if one not in _read(layer)[1].openings:
            _change(layer, lambda body: _with(body, one))
    except DBAPIError as error:
        db.session.rollback()
        trouble = found_in(error)
        if trouble is None:
            raise
        note_trouble(trouble.trouble)
    else:
        session[NOTED] = mark


def others(child: Actor, layer: UUID, zone: str) -> list[Opening]:
    """When the box was open beside now, the last first; for the child to whom it is open."""
    if not lock.is_open(child):
        return []
    here = _now(child, zone)
    return [one for one in reversed(_read(layer)[1].openings) if one != here]


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


def _read(layer: UUID) -> tuple[UUID | None, BoxBody]:
    row = db.session.execute(select(LayerBoxRow.id, LayerBoxRow.sealed).where(LayerBoxRow.plan_id == layer)).first()
    if row is None:
        return None, BoxBody()
    return row.id, msgspec.json.decode(unseal(key_of(layer), TABLE, row.id, row.sealed), type=BoxBody)


def _change(layer: UUID, new: Callable[[BoxBody], BoxBody]) -> None:
    """Two at once go one after the other, each with what the other wrote.

    Raises:
        RuntimeError: it could not be written.
    """
    for _attempt in range(2):
        # Written before it is read, so that nobody else writes in between, also on SQLite.
        db.session.execute(update(LayerBoxRow).where(LayerBoxRow.plan_id == layer).values(plan_id=layer))
        row, before = _read(layer)
        id_ = row or uuid4()
        sealed = seal(key_of(layer), TABLE, id_, msgspec.json.encode(new(before)))
        try:
            if row is None:
                db.session.execute(insert(LayerBoxRow).values(id=id_, plan_id=layer, sealed=sealed))
            else:
                db.session.execute(update(LayerBoxRow).where(LayerBoxRow.id == id_).values(sealed=sealed))
            db.session.commit()
        except IntegrityError:
            # The first row of this layer, made twice in one moment.
            db.session.rollback()
        else:
            return
    raise RuntimeError("what opened a box could not be noted")

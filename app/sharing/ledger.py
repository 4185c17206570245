"""The ledger of looks, beside the one door (see house, choice 4): who looked through a link, at which part, which day.

It holds no device, no place and no minute, and never a parent or a child of the family.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from app.db import db
from app.keystore import key_of, look_up_hash
from app.policy.actor import Actor
from app.rooms import Face
from app.sharing.models import Look
from app.sharing.nouns import LookBody, Part
from app.sharing.store import ShareView
from app.sharing.visit import visit_of
from app.vault import seal, unseal

_id = Look.__table__.c.id
_NOTED = select(_id).where(_id.in_(bindparam("looks", expanding=True)))


def record_looks(actor: Actor, parts: Iterable[Part], day: date) -> None:
    """Note that somebody from outside looked: once a share, part and day. What cannot be noted may not be shown."""
    looks = {_look_id(actor, part, day): part for part in parts}
    for _attempt in range(2):
        there = {row.id for row in db.session.execute(_NOTED, {"looks": list(looks)})}
        rows = [_look_row(actor, look, part, day) for look, part in looks.items() if look not in there]
        if not rows:
            return
        try:
            db.session.execute(insert(Look), rows)
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
        else:
            return
    raise RuntimeError("a look could not be recorded")


# What a guest looks at, by the room a page is of; of any other room it is the plan.
PARTS = {
    "agreements": Part.AGREEMENTS,
    "goals": Part.GOALS,
    "people": Part.PEOPLE,
    "moments": Part.PHOTOS,
    "plan": Part.HOMES,
    "export": Part.PAPER,
}


def record_visit(actor: Actor, room: str) -> None:
    """Note that a guest opened something of a room's."""
    record_looks(actor, [PARTS.get(room, Part.PLAN)], visit_of(actor).today)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one person looked at on one day."""

    face: Face
    parts: tuple[Part, ...]


def last_looks(actor: Actor) -> dict[UUID, date]:
    """By share, the last day somebody looked through it; a share nobody looked through is not in it."""
    found = select(Look.share_id, func.max(Look.at)).where(Look.plan_id == actor.plan).group_by(Look.share_id)
    return {share: at.date() for share, at in db.session.execute(found)}


def looked_before(share: UUID, day: date) -> datetime | None:
    """The last day before this one on which somebody looked through a share, at its begin."""
    found = select(func.max(Look.at)).where(Look.share_id == share, Look.at < _start(day))
    at: datetime | None = db.session.execute(found).scalar()
    return at


def looks(shares: Iterable[ShareView], since: date, before: date) -> list[tuple[date, list[Seen]]]:
    """Who looked, by day, last day first, as far as these shares tell: a share that is not seen has no looks."""
    by_id = {share.thing.id: share for share in shares}
    rows = db.session.execute(
        select(Look.id, Look.plan_id, Look.share_id, Look.sealed).where(
            Look.share_id.in_(by_id), Look.at >= _start(since), Look.at < _start(before)
        )
    )
    found: dict[date, dict[UUID, list[Part]]] = {}
    for row in rows:
        sealed = unseal(key_of(row.plan_id), Look.__tablename__, row.id, row.sealed)
        look = msgspec.json.decode(sealed, type=LookBody)
        found.setdefault(look.day, {}).setdefault(row.share_id, []).append(look.part)
    return [
        (day, [Seen(by_id[share].face, tuple(sorted(parts))) for share, parts in found[day].items()])
        for day in sorted(found, reverse=True)
    ]


def _look_id(actor: Actor, part: Part, day: date) -> UUID:
    return UUID(bytes=look_up_hash("look", f"{actor.seat}/{part}/{day}")[:16], version=4)


def _look_row(actor: Actor, look: UUID, part: Part, day: date) -> dict[str, Any]:
    if actor.plan is None:
        raise RuntimeError("a look without a plan")
    sealed = seal(key_of(actor.plan), Look.__tablename__, look, msgspec.json.encode(LookBody(part, day)))
    return {"id": look, "plan_id": actor.plan, "share_id": actor.seat, "at": _start(day), "sealed": sealed}


def _start(day: date) -> datetime:
    """The day only: no page says at which minute somebody looked, so no row does."""
    return datetime.combine(day, time(), UTC)

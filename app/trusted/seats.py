"""Who sits in the seat of somebody a child trusts. Asked at every request, so that a stop works at once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from app.children.models import TrustedRow
from app.children.nouns import TrustedState
from app.db import Instant, db, now
from app.keystore import has_key, look_up_hash
from app.policy.actor import Actor, ActorKind

_row = TrustedRow.__table__.c
_LIVES = (
    _row.state == TrustedState.ACTIVE.value,
    _row.removed_at.is_(None),
    _row.due_at > bindparam("now", type_=Instant()),
)
_SITTING = select(_row.plan_id).where(_row.id == bindparam("holder", type_=Uuid()), *_LIVES)
_OPENED = select(_row.id, _row.plan_id).where(_row.token_hash == bindparam("hash"), *_LIVES)


def trusted_actor(layer: UUID, holder: UUID) -> Actor | None:
    """Who sits there now; None when it was stopped or is past its day, or the child's layer is gone."""
    found = db.session.execute(_SITTING, {"holder": holder, "now": now()}).scalar()
    if found != layer or not has_key(layer):
        return None
    return Actor(ActorKind.TRUSTED, layer, holder, seat=holder)


@dataclass(frozen=True, slots=True)
class Found:
    """What a link leads to: a child's layer, and the row of whom it is for."""

    layer: UUID
    trusted: UUID


def of_token(token: str) -> Found | None:
    """Whom a token lets in now. None when it is wrong, stopped or past its day, all the same."""
    row = db.session.execute(_OPENED, {"hash": look_up_hash("trusted", token), "now": now()}).first()
    if row is None or trusted_actor(row.plan_id, row.id) is None:
        return None
    return Found(row.plan_id, row.id)

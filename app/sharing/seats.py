"""Who sits in the seat of a share: a link holder or a guest. Asked at every request, so that a stop works at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import g
from sqlalchemy import Uuid, bindparam, select

from app.db import Instant, db, now
from app.keystore import NoKey, key_of, look_up_hash, read_keys
from app.local import local_day
from app.people.models import PERSON, PersonRow
from app.plan.layers import note, with_layers
from app.plan.models import MemberRow
from app.plan.nouns import MemberState
from app.plan.store import goes_on
from app.policy.actor import Actor, ActorKind, Ring
from app.sharing.models import SHARE, ShareRow
from app.sharing.nouns import ShareBody, ShareState
from app.vault import unseal

# Asked at every request of a link or a guest; built once. A row for each member, as one of them may host it alone.
_SITTING = with_layers(
    select(
        *(ShareRow.id.label("share"), ShareRow.plan_id, ShareRow.sealed, ShareRow.due_at),
        *(PersonRow.id, PersonRow.removed_at, PersonRow.sealed.label("person")),
        MemberRow.person_id.label("member"),
    )
    .outerjoin(PersonRow, PersonRow.id == ShareRow.person_id)
    .outerjoin(MemberRow, (MemberRow.plan_id == ShareRow.plan_id) & (MemberRow.state == MemberState.ACTIVE))
    .where(
        ShareRow.id.in_(bindparam("holders", expanding=True)),
        ShareRow.state == ShareState.ACTIVE,
        ShareRow.removed_at.is_(None),
        ShareRow.due_at > bindparam("now", type_=Instant()),
        goes_on(ShareRow.plan_id),
    ),
    ShareRow.__table__.c.plan_id,
    ShareRow.__table__.c.created_at,
)
_DUE = select(ShareRow.due_at).where(ShareRow.id == bindparam("share", type_=Uuid()))


def link_actor(plan: UUID, holder: UUID) -> Actor | None:
    """Who sits in a link's seat now; None when it was stopped or is past its day, or when its person, its host or the
    plan is gone. Asked at every request.
    """
    actor = _sitting(plan, holder)
    return actor if actor is not None and actor.kind is ActorKind.LINK_HOLDER else None


def guest_actor(plan: UUID, holder: UUID) -> Actor | None:
    """The same for a guest's seat. The seat of a link never becomes a guest's, nor the other way round."""
    actor = _sitting(plan, holder)
    return actor if actor is not None and actor.kind is ActorKind.GUEST else None


def guests_in(places: Collection[tuple[UUID, UUID]]) -> dict[UUID, Actor]:
    """By share, the guests who sit now in these places (plan and share): asked once for all families."""
    if not places:
        return {}
    rows: dict[UUID, list[Any]] = {}
    for row in db.session.execute(_SITTING, {"holders": [share for _plan, share in places], "now": now()}):
        rows.setdefault(row.share, []).append(row)
    read_keys([row.plan_id for found in rows.values() for row in found])
    here = ((plan, share) for plan, share in places if share in rows and rows[share][0].plan_id == plan)
    found = {share: _who_sits(plan, share, rows[share]) for plan, share in here}
    return {share: one for share, one in found.items() if one is not None and one.kind is ActorKind.GUEST}


def _sitting(plan: UUID, holder: UUID) -> Actor | None:
    found = db.session.execute(_SITTING, {"holders": [holder], "now": now()}).all()
    if not found or found[0].plan_id != plan:
        return None
    note(plan, holder, found)
    return _who_sits(plan, holder, found)


def _who_sits(plan: UUID, holder: UUID, found: Sequence[Any]) -> Actor | None:
    row = found[0]
    g.setdefault("due", {})[holder] = row.due_at
    try:
        key = key_of(plan)
    except NoKey:
        return None
    body = SHARE.decode(unseal(key, SHARE.name, holder, row.sealed))
    away = row.id is None or row.removed_at is not None
    # Whom wij share with is one of our people; whom one parent shares with alone is that parent's to let go of.
    if (away and not body.alone) or (body.alone and body.writer not in {each.member for each in found}):
        return None
    ring = body.ring if row.id is None else PERSON.decode(unseal(key, PERSON.name, row.id, row.person)).ring
    return link_actor_of(plan, holder, body, body.person, ring, away=away)


def last_day(share: UUID, zone: str) -> date | None:
    """The last local day a share's link works."""
    due: dict[UUID, datetime] = g.setdefault("due", {})
    due_at = due[share] if share in due else db.session.execute(_DUE, {"share": share}).scalar()
    return None if due_at is None else local_day(due_at - timedelta(seconds=1), zone)


@dataclass(frozen=True, slots=True)
class Found:
    """What a link leads to."""

    plan: UUID
    share: UUID
    actor: Actor
    word_hash: str


def share_of_token(token: str) -> Found | None:
    """The share a token opens now: a link, or a guest's invitation (`Found.actor.kind` says which). None when it is
    wrong, stopped or past its day, all the same.
    """
    row = db.session.execute(
        select(ShareRow.id, ShareRow.plan_id, ShareRow.sealed).where(
            ShareRow.token_hash == look_up_hash("share", token)
        )
    ).first()
    actor = None if row is None else _sitting(row.plan_id, row.id)
    if row is None or actor is None:
        return None
    body = SHARE.decode(unseal(key_of(row.plan_id), SHARE.name, row.id, row.sealed))
    return Found(row.plan_id, row.id, actor, body.word_hash)


def called(share: UUID) -> str:
    """How the person of a share was called that one parent hosts alone."""
    row = db.session.execute(select(ShareRow.plan_id, ShareRow.sealed).where(ShareRow.id == share)).one()
    return SHARE.decode(unseal(key_of(row.plan_id), SHARE.name, share, row.sealed)).called


def outlives(plan: UUID, share: UUID) -> bool:
    """Whether a share goes on when its person is erased: one that a parent hosts alone, and did not stop."""
    query = select(ShareRow.state, ShareRow.sealed).where(ShareRow.id == share)
    row = db.session.execute(query).one()
    return row.state == ShareState.ACTIVE and SHARE.decode(unseal(key_of(plan), SHARE.name, share, row.sealed)).alone


def link_actor_of(
    plan: UUID, share: UUID | None, body: ShareBody, person: UUID | None, ring: Ring, *, away: bool = False
) -> Actor:
    """Who a share lets in, or would."""
    return Actor(
        ActorKind.GUEST if body.guest else ActorKind.LINK_HOLDER,
        plan,
        person,
        ring,
        opened=frozenset(body.opened),
        hosted_by=body.writer if body.alone else None,
        seat=share,
        away=away,
    )

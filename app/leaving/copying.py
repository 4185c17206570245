"""A copy of a plan as one parent sees it: a plan of their own, in which nothing refers to the one it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import msgspec

from app.change import Add
from app.db import Only
from app.items import Kind, Medium, Thing, media_in
from app.leaving.nouns import Copy
from app.leaving.rules import audience_in_copy
from app.plan.models import MEMBER, PLAN
from app.plan.nouns import MemberBody, MemberState, Role
from app.remap import remapped
from app.rooms import COPIED, KINDS, STAYS_BEHIND
from app.scope import Whole


def media_of(whole: Whole) -> list[Medium]:
    """The photos, voice notes and films on what comes along."""
    return [medium for thing in _coming(whole) for medium in media_in(thing.body).values()]


def edits_of(whole: Whole, copy: Copy, media: Mapping[UUID, UUID]) -> list[Add]:
    """What makes the copy: everything this parent sees, what it hangs on before it, then their own way in.

    Ways in, shares and whatever hangs on those stay behind, and so does the bin and all of history. `media` are the new
    ids of the photos, voice notes and films that come along; a thing whose own does not comes without it.
    """
    things = _coming(whole)
    ids: dict[UUID, UUID] = {thing.id: uuid4() for thing in things} | dict(media)
    ids[things[0].plan] = copy.plan
    if whole.actor.person is not None:
        ids[whole.actor.person] = copy.person
    edits = [_copied(thing, whole, copy, ids) for thing in things]
    member = MemberBody(role=Role.PARENT, person=copy.person, writer=copy.person)
    own = Add(MEMBER, member, MemberState.ACTIVE, id=copy.member, columns={"person_id": copy.person})
    return [*edits, own]


def _coming(whole: Whole) -> list[Thing[Any]]:
    found: dict[UUID, Thing[Any]] = {}
    for kind in KINDS.values():
        if not _stays_behind(kind):
            found |= {one.id: one for one in whole.all(kind) if one.parent is None or one.parent in found}
    return sorted(found.values(), key=lambda one: one.kind is not PLAN)


def _stays_behind(kind: Kind[Any] | None) -> bool:
    """Whether things of a kind, or what they may hang on, are no part of a copy."""
    return kind is not None and (kind.name in STAYS_BEHIND or _stays_behind(kind.under))


def _copied(thing: Thing[Any], whole: Whole, copy: Copy, ids: dict[UUID, UUID]) -> Add:
    me = whole.actor.person
    audience = audience_in_copy(thing.facts, me, ids)
    lost: dict[str, Any] = {name: None for name, medium in media_in(thing.body).items() if medium.id not in ids}
    body = remapped(msgspec.structs.replace(thing.body, audience=audience, **lost), ids.get)
    body = COPIED.get(thing.kind.name, _mine)(body, copy.person)
    return Add(
        thing.kind,
        body,
        Only.ACTIVE if thing.kind is PLAN else thing.state,
        under_id=None if thing.parent is None else ids[thing.parent],
        position=thing.position,
        due_at=thing.due_at,
        id=ids[thing.id],
    )


def _mine(body: Any, parent: UUID) -> Any:
    return msgspec.structs.replace(body, writer=parent)

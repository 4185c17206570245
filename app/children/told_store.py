"""Reads what a child told somebody, as that somebody: whom a child did not choose finds nothing at all here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import g, has_request_context
from sqlalchemy import ScalarSelect, select

from app.children import ledger, said_rules
from app.children.models import REPLY, SAID
from app.children.nouns import ReplyBody, SaidBody
from app.children.said_rules import Way
from app.children.store import as_reader
from app.db import db, now
from app.items import Kind, Thing
from app.local import local_day
from app.people.models import PERSON
from app.plan.layers import layers_in, since_of
from app.plan.models import PLAN, LayerLinkRow, MemberRow
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.decide import permits
from app.scope import Whole, load_each
from app.sharing.models import ShareRow
from app.sharing.shown import NEEDED

# Who comes in through a link reads at that link alone, where the family's own ledger notes it too.
READERS = frozenset({ActorKind.PARENT, ActorKind.MEEHELPER, ActorKind.GUEST})


@dataclass(frozen=True)
class ToldView:
    """One thing a child told who reads it.

    Attributes:
        thing: what it said.
        there: the reader, in the layer of the child.
        child: what the child is called where the reader is.
        reader: what the reader is called there, as the child knows them.
        today: the local day there.
        replies: what this reader answered; what others did is theirs and the child's.
    """

    thing: Thing[SaidBody]
    there: Actor
    child: str
    reader: str
    today: date
    replies: list[Thing[ReplyBody]]
    root: UUID

    @property
    def look(self) -> ledger.Looking:
        """The look at it, as the child will read it."""
        return ledger.Looking(self.thing, self.there.person, self.reader, self.root, self.today)


@dataclass(frozen=True)
class ToldList:
    """All that children told somebody, the newest first; at least one thing. `child_of`: whose layer each is."""

    told: list[ToldView]
    child_of: Mapping[UUID, UUID]

    @property
    def thing(self) -> Thing[SaidBody]:
        """What the policy is asked about."""
        return self.told[0].thing

    @property
    def there(self) -> Actor:
        """As whom."""
        return self.told[0].there

    @property
    def children(self) -> dict[str, list[ToldView]]:
        """The same by child."""
        found: dict[str, list[ToldView]] = {}
        for one in self.told:
            found.setdefault(one.child, []).append(one)
        return found


def told(actor: Actor) -> ToldList | None:
    """What children of this plan told an actor of it; None when that is nothing."""
    if actor.kind not in READERS:
        return None
    if not has_request_context():
        return _told(actor)
    # Several panels of one page ask for it; what is written meanwhile is read anew (`app/scope.py`).
    kept: dict[Actor, ToldList | None] = g.setdefault("gathered", {})
    if actor not in kept:
        kept[actor] = _told(actor)
    return kept[actor]


def asked_of_layers(actor: Actor) -> list[tuple[Actor, tuple[Kind[Any], ...]]]:
    """As whom `told` reads what, for a page that reads its plan anyway and asks for both at once."""
    layers = None if actor.kind not in READERS or actor.plan is None or "peek" in g else layers_in(actor.plan)
    return [(as_reader(actor, layer), (SAID, REPLY)) for layer in (layers or {}).values()]


def _told(actor: Actor, around: tuple[Kind[Any], ...] = (PLAN, PERSON)) -> ToldList | None:
    if actor.plan is None or "peek" in g:
        # Who looks at a page as somebody else would is not whom the child chose.
        return None
    layers, way = _layers_for(actor, actor.plan)
    if not layers:
        return None
    readers = [as_reader(actor, layer) for layer in layers.values()]
    here, *wholes = load_each([(actor, around), *((reader, (SAID, REPLY)) for reader in readers)])
    found = [
        one
        for person, whole in zip(layers, wholes, strict=True)
        for one in told_in(whole, here.name(person), here.name(actor.person), actor.plan, here.zone)
        if opens(way, one.thing, actor.person)
    ]
    newest = sorted(found, key=lambda one: (one.thing.created_at, one.thing.id), reverse=True)
    return ToldList(newest, {layer: child for child, layer in layers.items()}) if newest else None


def _layers_for(actor: Actor, plan: UUID) -> tuple[dict[UUID, UUID], Way]:
    """The layers of the children of a plan, by the person each is there, and how an actor came into it."""
    known, at = layers_in(plan), since_of(actor.seat)
    if known is not None and at is not None:
        return dict(known), _way(actor, at)
    row, since = LayerLinkRow, _seated_at(actor)
    rows = db.session.execute(select(row.person_id, row.layer_id, since).where(row.plan_id == plan)).all()
    return {person: layer for person, layer, _at in rows}, _way(actor, rows[0][2] if rows else None)


def _way(actor: Actor, since: datetime | None) -> Way:
    return Way(since, actor.kind is ActorKind.LINK_HOLDER, actor.hosted_by is not None)


def _seated_at(actor: Actor) -> ScalarSelect[datetime]:
    members = select(MemberRow.created_at).where(MemberRow.id == actor.seat)
    shares = select(ShareRow.created_at).where(ShareRow.id == actor.seat)
    return members.union_all(shares).scalar_subquery()


def opens(way: Way, said: Thing[SaidBody], person: UUID | None) -> bool:
    """Whether what a child told this person opens through this way in."""
    found = next((one for one in said.body.chosen if one.person == person), None)
    return found is not None and said_rules.opens_through(way, found)


def told_in(whole: Whole, child: str, reader: str, root: UUID, zone: str) -> list[ToldView]:
    """What one layer tells whoever reads it, the actor of that whole."""
    today = local_day(now(), zone)
    return [
        ToldView(one, whole.actor, child, reader, today, whole.under(REPLY, one), root)
        for one in whole.all(SAID)
        if permits(whole.actor, Action.TOLD_SEE, one.facts)
    ]


def told_one(actor: Actor, said: UUID) -> ToldView | None:
    """One of them."""
    return _one_of(told(actor), said)


def link_told(actor: Actor, share: UUID) -> ToldList | None:
    """The same through a link: its own."""
    return through_link(actor) if actor.seat == share else None


def link_told_one(actor: Actor, share: UUID, said: UUID) -> ToldView | None:
    """One of them, through a link."""
    return _one_of(link_told(actor, share), said)


def through_link(actor: Actor) -> ToldList | None:
    """What children told who holds a link; read with all that its page shows, as both ledgers need that."""
    return _told(actor, NEEDED) if actor.kind is ActorKind.LINK_HOLDER else None


def _one_of(found: ToldList | None, said: UUID) -> ToldView | None:
    return None if found is None else next((one for one in found.told if one.thing.id == said), None)


def unread(told: Sequence[ToldView]) -> list[ToldView]:
    """Those that this reader did not open yet."""
    seen = ledger.opened([one.look for one in told])
    return [one for one in told if one.thing.id not in seen]

"""Reads what a child keeps: the layer behind a person of a plan, as the child itself, or as whom the child chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from flask import g, has_request_context
from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from app.children.models import LAYER
from app.children.nouns import LayerBody
from app.db import db
from app.items import Thing
from app.plan.layers import links_of
from app.plan.models import LayerLinkRow, PlanRow, RootState
from app.policy.actor import Actor, ActorKind
from app.scope import Whole, load_one

_LAYERS = select(LayerLinkRow.layer_id)


def layer_of(person: UUID | None) -> UUID | None:
    """The layer of one child; None when it keeps nothing yet. Within a request it is asked for once, if at all."""
    if links := links_of(person):
        return links[0].layer
    known: dict[UUID, UUID] = g.setdefault("layers", {}) if has_request_context() else {}
    if person is not None and person not in known:
        found = db.session.scalar(_LAYERS.where(LayerLinkRow.person_id == person))
        known |= {} if found is None else {person: found}
    return None if person is None else known.get(person)


def plans_of(layer: UUID) -> Mapping[UUID, UUID]:
    """The plans a layer is in, with the person the child is there."""
    found = select(LayerLinkRow.plan_id, LayerLinkRow.person_id).where(LayerLinkRow.layer_id == layer)
    return {row.plan_id: row.person_id for row in db.session.execute(found)}


def as_child(actor: Actor) -> Actor | None:
    """A child, in its own layer; None while it keeps nothing, for everybody else, and for a parent who looks at the
    page as the child gets it.
    """
    layer = layer_of(actor.person) if actor.kind is ActorKind.CHILD and "peek" not in g else None
    return None if layer is None else in_own_layer(actor, layer)


def in_own_layer(actor: Actor, layer: UUID) -> Actor:
    """The same for a layer that is known: there a child is that layer, in whatever plan it sits now."""
    return replace(actor, plan=layer, person=layer, shown=frozenset())


def root_in(kept: Whole) -> Thing[LayerBody] | None:
    """Of what a child keeps: the layer itself, where that was read too."""
    return None if kept.actor.plan is None else kept.get(LAYER, kept.actor.plan)


def root_of(child: Actor) -> Thing[LayerBody] | None:
    """The layer of a child itself; None while it keeps nothing."""
    there = as_child(child)
    return None if there is None or there.plan is None else load_one(there, LAYER, there.plan)


def since_of(kept: Whole) -> datetime | None:
    """Since when what a child keeps is under the lock there is now. Needs the layer itself read."""
    root = root_in(kept)
    return None if root is None else root.body.since


def itself(layer: UUID) -> Actor:
    """A child in a layer, in no plan: for what is done to the layer as a whole."""
    return Actor(ActorKind.CHILD, layer, layer)


def as_reader(actor: Actor, layer: UUID) -> Actor:
    """Somebody of a plan, reading in a child's layer: the person they are, without any right they have there."""
    return replace(actor, plan=layer, opened=frozenset(), seat=None, hosted_by=None)


def only_in(plan: UUID) -> list[UUID]:
    """The layers that are in this plan and in no other."""
    elsewhere = aliased(LayerLinkRow)
    other = exists().where(elsewhere.layer_id == LayerLinkRow.layer_id, elsewhere.plan_id != plan)
    return list(db.session.scalars(_LAYERS.where(LayerLinkRow.plan_id == plan, ~other)))


def in_no_plan() -> list[UUID]:
    """The layers that no child of any plan has any more."""
    linked = exists().where(LayerLinkRow.layer_id == PlanRow.id)
    return list(db.session.scalars(select(PlanRow.id).where(PlanRow.state == RootState.LAYER, ~linked)))

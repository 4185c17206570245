"""What a child does in its own layer: load -> rules -> change, a verb each."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

from sqlalchemy.exc import IntegrityError

from app.change import Add, NotPermitted, change
from app.children import ledger, store
from app.children.models import LAYER
from app.children.nouns import LayerBody
from app.keystore import destroy_key, make_key
from app.plan.models import RootState
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind


def own_layer(actor: Actor, zone: str) -> Actor:
    """A child in its own layer, which is made when it keeps its first thing there.

    Raises:
        NotPermitted: who asks is no child.
    """
    if actor.kind is not ActorKind.CHILD or actor.plan is None or actor.person is None:
        raise NotPermitted
    there = store.as_child(actor)
    return _begun(actor, zone) if there is None else there


def _begun(actor: Actor, zone: str) -> Actor:
    layer = uuid4()
    child = store.in_own_layer(actor, layer)
    make_key(layer)
    try:
        change(
            child,
            Action.OWN_ADD,
            Add(LAYER, LayerBody(zone=zone), RootState.LAYER, id=layer),
            beside=partial(ledger.link, layer, actor.plan, actor.person),
        )
    except IntegrityError:
        # In the same moment another page of this child began one.
        destroy_key(layer)
        found = store.as_child(actor)
        if found is None:
            raise
        return found
    return child

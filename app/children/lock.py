"""Whether this phone is one that an adult gave to a child, and what may be shown on it now.

Who holds that phone next is not that child: what nobody else sees is not shown there by itself. Nor on a device that a
parent's card opened: the parent saw that card, and could open one. What a child keeps opens with what only the child
knows: the pictures it chose (`code.py`), or a key it made itself.
"""

from __future__ import annotations

from uuid import UUID

from flask import g

from app.accounts import sessions as accounts
from app.children import store
from app.children.models import LAYER
from app.keystore import look_up_hash
from app.policy.actor import Actor, ActorKind
from app.rooms import SEATS
from app.scope import load_one
from app.web.session import box_open, lent, visitor


def is_lent() -> bool:
    """Whether an adult gave this phone to a child, and did not take it back yet."""
    return lent() is not None


def is_open(actor: Actor | None = None) -> bool:
    """Whether what a child keeps for itself may show here now.

    On a device that it opened with a key of its own yes: a page that it closed there opens nowhere. Elsewhere once it
    showed its pictures, and it chose some before it kept anything.

    Args:
        actor: the child, in a plan or in its layer; who asks now when nobody is given.
    """
    actor = actor or g.get("actor")
    if actor is None or actor.kind is not ActorKind.CHILD:
        return False
    return came_in_itself(actor) or _showed_pictures(actor)


def came_in_itself(actor: Actor) -> bool:
    """Whether this device was opened with a key that the child made itself."""
    return not actor.lent and not _by_a_lent_key(actor)


def _by_a_lent_key(actor: Actor) -> bool:
    here = visitor()
    seats = [] if here is None else [seat for seat in here.seats if seat.kind == "member" and seat.holder == actor.seat]
    known: dict[UUID, bool] = g.setdefault("lent_keys", {})
    known |= {seat.id: accounts.came_by_lent_key(seat) for seat in seats if seat.id not in known}
    return any(known[seat.id] for seat in seats)


def _showed_pictures(actor: Actor) -> bool:
    """With the pictures of now: who opened it with those of before the child chose others shows them again."""
    mark = box_open()
    layer = actor.plan if actor.plan == actor.person else store.layer_of(actor.person)
    if mark is None or layer is None:
        return False
    root = load_one(store.in_own_layer(actor, layer), LAYER, layer)
    return root is not None and mark == mark_of(layer, root.body.code)


def mark_of(layer: UUID, pictures: str) -> str:
    """What a browser keeps that showed these pictures of this child: it says nothing of them."""
    return look_up_hash("an open box", f"{layer}/{pictures}").hex()


def lender() -> UUID | None:
    """The person who gave this phone to the child; None on a phone of its own."""
    held = lent()
    who = None if held is None else SEATS["member"](held.plan, held.seat)
    return None if who is None else who.person

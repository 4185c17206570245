"""Whether this phone is one that an adult gave to a child, and what may be shown on it now.

Who holds that phone next is not that child: what nobody else sees is not shown there by itself.
"""

from __future__ import annotations

from uuid import UUID

from flask import g

from app.children import store
from app.policy.actor import Actor, ActorKind
from app.rooms import SEATS
from app.web.session import box_is_open, lent


def is_lent() -> bool:
    """Whether an adult gave this phone to a child, and did not take it back yet."""
    return lent() is not None


def is_open(actor: Actor | None = None) -> bool:
    """Whether what a child keeps for itself may show here now.

    On its own device yes: a page that it closed there opens nowhere. On a lent phone once it showed its pictures there
    (`code.py`), and it chose some before it kept anything.

    Args:
        actor: the child, in a plan or in its layer; who asks now when nobody is given.
    """
    actor = actor or g.get("actor")
    if actor is None or actor.kind is not ActorKind.CHILD:
        return False
    if not actor.lent:
        return True
    layer = actor.plan if actor.plan == actor.person else store.layer_of(actor.person)
    return layer is not None and box_is_open(layer)


def lender() -> UUID | None:
    """The person who gave this phone to the child; None on a phone of its own."""
    held = lent()
    who = None if held is None else SEATS["member"](held.plan, held.seat)
    return None if who is None else who.person

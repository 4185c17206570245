"""Small pure questions about an actor and the item in hand. Each answers yes or no and reads nothing else."""

from __future__ import annotations

from app.policy.actor import Actor
from app.policy.audience import Facts, is_private, sees


def in_the_plan(actor: Actor, item: Facts | None) -> bool:
    """The actor is in the plan at hand."""
    return actor.plan is not None and (item is None or item.plan == actor.plan)


def sees_it(actor: Actor, item: Facts | None) -> bool:
    """There is an item, and the actor sees it."""
    return item is not None and sees(actor, item)


def kind_is_open(actor: Actor, item: Facts | None) -> bool:
    """A parent opened this kind of thing to the actor."""
    return item is not None and item.kind in actor.opened


def paper_is_open(actor: Actor, item: Facts | None) -> bool:
    """The family lets this guest print."""
    return "paper" in actor.opened


def wrote_it(actor: Actor, item: Facts | None) -> bool:
    """The actor wrote the item."""
    return item is not None and item.writer is not None and item.writer == actor.person


def is_named_in_it(actor: Actor, item: Facts | None) -> bool:
    """The item names the actor: it is theirs to do."""
    return item is not None and actor.person in item.named


def keeps_its_host_hidden(actor: Actor, item: Facts | None) -> bool:
    """A link that one parent hosts alone leaves no word where another parent reads: it would tell that it exists."""
    if actor.hosted_by is None:
        return True
    return item is not None and (is_private(item) or keeps_its_host_hidden(actor, item.under))


def may_choose_its_audience(actor: Actor, item: Facts | None) -> bool:
    """What its writer keeps private is widened by its writer only; on a lent phone nobody chooses who sees a thing."""
    return actor.scribe is None and item is not None and (not is_private(item) or item.writer == actor.person)


def with_own_hand(actor: Actor, item: Facts | None) -> bool:
    """Nobody types for them on their phone: what cannot be taken back is done by oneself."""
    return actor.scribe is None


def keeps_a_key(actor: Actor, item: Facts | None) -> bool:
    """The family switched on that this child keeps a key itself, and it came in with one: on a phone that a parent
    gave it, whoever holds that phone next would make it.
    """
    return "keys" in actor.opened and not actor.lent and actor.scribe is None


def for_a_reason(actor: Actor, item: Facts | None) -> bool:
    """The product itself acts, and says why."""
    return bool(actor.reason)

"""What the pages about a child's pictures say of that child, on the device it holds."""

from __future__ import annotations

from dataclasses import dataclass

from app.children import code, lock
from app.people.models import PERSON
from app.plan.models import PLAN
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.scope import load


@dataclass(frozen=True)
class Box:
    """What the page about a child's pictures says of this child, on this device.

    Attributes:
        has_code: it chose pictures.
        may_choose: it may choose some here without showing those of before.
        is_open: what it keeps shows here now.
        is_lent: a parent gave it this phone.
        may_make_keys: the family switched on that it keeps a key itself.
        zone: the zone of its days.
    """

    has_code: bool
    may_choose: bool
    is_open: bool
    is_lent: bool
    may_make_keys: bool
    zone: str

    @property
    def may_put_on_slot(self) -> bool:
        """Whether it may close its page here: on its own device, with pictures that open it again."""
        return self.has_code and not self.is_lent


def box(actor: Actor) -> Box:
    """The pictures of this child."""
    # With the people, as what stands around the page asks for them too.
    zone = load(actor, PLAN, PERSON).zone
    keys = permits(actor, Action.CARD_MAKE)
    return Box(code.has_code(actor), code.may_choose(actor), lock.is_open(actor), actor.lent, keys, zone)

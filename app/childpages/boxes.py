"""What the pages about a child's pictures say of that child, on the device it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.children import code, lock, openings, said_store, store
from app.children.nouns import Opening
from app.children.said_store import Own
from app.people.models import PERSON
from app.plan.models import PLAN
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.scope import Whole, load


@dataclass(frozen=True)
class Box:
    """What the page about a child's pictures says of this child, on this device.

    Attributes:
        has_code: it chose pictures.
        may_choose: it may choose some here without showing those of before.
        keeps_something: it kept something already.
        is_open: what it keeps shows here now.
        is_lent: a parent gave it this phone.
        may_make_keys: the family switched on that it keeps a key itself.
        zone: the zone of its days.
    """

    has_code: bool
    may_choose: bool
    keeps_something: bool
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
    keeps, may = store.layer_of(actor.person) is not None, code.may_choose(actor)
    return Box(code.has_code(actor), may, keeps, lock.is_open(actor), actor.lent, keys, zone)


@dataclass(frozen=True)
class Log:
    """When the box of a child was open beside now, the last first; the people of this plan, and its local day."""

    openings: list[Opening]
    here: Whole
    today: date


@dataclass(frozen=True)
class Opened:
    """How the box of a child was opened, and what the child can do about it; only while it is open to it.

    Attributes:
        box: its pictures, on this device.
        log: when it was open beside now.
        has_keys: it may keep keys of its own, here or in its second plan.
        lives_elsewhere: what it keeps is in a second plan too.
    """

    box: Box
    log: Log
    has_keys: bool
    lives_elsewhere: bool


def opened(actor: Actor) -> Opened | None:
    """The same for a child; None while its box is closed here."""
    own = said_store.own(actor)
    log = None if own is None else log_of(own)
    if own is None or log is None:
        return None
    return Opened(box(actor), log, "keys" in actor.opened or own.homes > 1, own.homes > 1)


def log_of(own: Own) -> Log | None:
    """When a box was open, for the page of what a child keeps; None while it is closed here."""
    if own.me is None or own.lock_row is None or not lock.is_open(own.child):
        return None
    return Log(openings.others(own.child, own.lock_row, own.zone), own.here, own.today)

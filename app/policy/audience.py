"""Which parts of a plan an actor sees: the audience of an item, and the one function that reads it.

Source of every rule here: design page `access`, "Audience of an item".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

import msgspec

from app.policy.actor import Actor, ActorKind, Ring


class Who(StrEnum):
    """How the audience of an item was chosen; `DEFAULT` is not chosen by hand."""

    DEFAULT = "default"
    ME = "me"
    WE = "we"
    WE_AND = "we_and"
    ME_AND = "me_and"


class Audience(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who sees an item. `rings` and `people` count only for `WE_AND`, `people` also for `ME_AND`."""

    who: Who = Who.DEFAULT
    rings: tuple[Ring, ...] = ()
    people: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Default:
    """What "default" means for one item.

    Attributes:
        we: the parents see it (False: only its writer does).
        named: the people named in it see it.
        shared: sharing this kind of thing with somebody opens it.
        meehelpers: every meehelper sees it, whatever was opened to them: the plan they are in.
        guests: every guest sees it too, by its front only (`Kind.front`).
        seat: who sits in the share it hangs on sees it too.
        children: every child with a page in the plan sees it: the faces of the family.
        own: it lies in a child's own layer: the child sees it, and whom the child chose by name; nobody else, ever.
    """

    we: bool = True
    named: bool = True
    shared: bool = True
    meehelpers: bool = False
    guests: bool = False
    seat: bool = False
    children: bool = False
    own: bool = False


WE_AND_NAMED = Default()
ONLY_WE = Default(named=False, shared=False)
ONLY_ME = Default(we=False, named=False, shared=False)
WE_AND_DOERS = Default(shared=False)
EVERYBODY_INSIDE = Default(named=False, shared=False, meehelpers=True, guests=True)
ON_A_SEAT = Default(named=False, shared=False, seat=True)
THE_FAMILY = Default(children=True)
IN_OWN_LAYER = Default(we=False, named=False, shared=False, own=True)
KEYS_AND_SHARES = frozenset({"share", "member", "invite", "card"})
OUTSIDE = frozenset({ActorKind.LINK_HOLDER, ActorKind.GUEST})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the policy needs to know of one item. `is_ours`: neither it nor what it hangs on is kept from a parent."""

    kind: str
    plan: UUID
    id: UUID
    writer: UUID | None
    audience: Audience
    default: Default
    named: frozenset[UUID] = frozenset()
    under: Facts | None = None

    is_ours: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        under = self.under
        ours = not is_private(self) and (under is None or (under.is_ours and under.plan == self.plan))
        object.__setattr__(self, "is_ours", ours)


def sees(actor: Actor, item: Facts) -> bool:
    """Whether this actor sees this item. What hangs on an item is never seen wider than the item."""
    if actor.plan is None or actor.plan != item.plan or actor.person is None:
        return False
    if actor.scribe is not None and not may_lie_open(item):
        return False
    if actor.kind is ActorKind.PARENT and item.is_ours:
        return True
    if actor.kind is ActorKind.GUEST and item.id == actor.seat:
        return True
    if item.under is not None and not sees(actor, item.under):
        return False
    return _in_own_layer(actor, item) if item.default.own else _as_what_they_are(actor, item)


def _as_what_they_are(actor: Actor, item: Facts) -> bool:
    if actor.kind is ActorKind.PARENT:
        return _parent_sees(actor, item)
    if actor.kind is ActorKind.CHILD:
        return _child_sees(actor, item)
    return actor.kind in {ActorKind.MEEHELPER, *OUTSIDE} and _outsider_sees(actor, item)


def may_lie_open(item: Facts) -> bool:
    """Whether it stays in view while somebody types on a parent's phone: nothing that parent keeps, no key and no
    share, and nothing that hangs on the seat of a guest (proposals, talks about the family).
    """
    return item.is_ours and not item.default.seat and item.kind not in KEYS_AND_SHARES


def is_private(item: Facts) -> bool:
    """Whether an item is kept from the other parents ("alleen ik", "ik en ...")."""
    who = item.audience.who
    return item.default.own or who in {Who.ME, Who.ME_AND} or (who is Who.DEFAULT and not item.default.we)


def _in_own_layer(actor: Actor, item: Facts) -> bool:
    """What a child says is seen by whom the child chose by name, by nobody at default (design: access, Children). No
    ring, no kind of thing that was opened and no right of a parent reaches in here.
    """
    if item.writer == actor.person:
        return True
    return item.audience.who is Who.ME_AND and actor.person in item.audience.people


def _child_sees(actor: Actor, item: Facts) -> bool:
    """Its own words, what names it, and what a parent put on its page; never what was closed by hand."""
    chosen = item.audience
    if item.writer == actor.person:
        return True
    if chosen.who in {Who.WE_AND, Who.ME_AND}:
        in_a_ring = chosen.who is Who.WE_AND and actor.ring in chosen.rings
        return in_a_ring or actor.person in chosen.people
    if chosen.who in {Who.ME, Who.WE} or not item.default.we:
        return False
    if item.default.children or _is_put_on_its_page(actor, item) or _goes_along(item):
        return True
    return item.default.named and actor.person in item.named


def _is_put_on_its_page(actor: Actor, item: Facts) -> bool:
    """Whether a parent put it, or what it is part of, on the page of this child."""
    part = item.under is not None and item.default.shared and item.under.id in actor.shown
    return item.id in actor.shown or part


def _parent_sees(actor: Actor, item: Facts) -> bool:
    if not is_private(item):
        return True
    if item.writer == actor.person:
        return True
    return item.audience.who is Who.ME_AND and actor.person in item.audience.people


def _outsider_sees(actor: Actor, item: Facts) -> bool:
    chosen = item.audience
    if _is_own_report(actor, item):
        return True
    if chosen.who is Who.WE_AND:
        in_a_ring = actor.hosted_by is None and actor.ring in chosen.rings
        return not actor.away and (actor.person in chosen.people or in_a_ring)
    if chosen.who is Who.ME_AND:
        return _private_reaches(actor, item)
    if chosen.who in {Who.ME, Who.WE}:
        return item.writer == actor.person and actor.kind is ActorKind.MEEHELPER
    return _default_reaches(actor, item)


def _is_own_report(actor: Actor, item: Facts) -> bool:
    """Whether somebody from outside wrote it, beside something they were shown (a report on an agreement)."""
    hangs = item.under is not None and item.default.we and not item.default.seat
    return hangs and actor.kind in OUTSIDE and item.writer == actor.person


def _private_reaches(actor: Actor, item: Facts) -> bool:
    """Whether "ik en ..." reaches an outsider. Any parent may open a link that "wij" host, so what one parent keeps
    from the other goes through a link which that parent hosts alone.
    """
    if actor.kind in OUTSIDE:
        return actor.hosted_by is not None and actor.hosted_by == item.writer and actor.person in item.audience.people
    return actor.person in item.audience.people or item.writer == actor.person


def _default_reaches(actor: Actor, item: Facts) -> bool:
    if actor.kind is ActorKind.MEEHELPER and (item.default.meehelpers or item.writer == actor.person):
        return True
    if actor.kind is ActorKind.GUEST and (item.default.guests or (item.default.seat and _on_own_seat(actor, item))):
        return True
    if _goes_along(item):
        return True
    if actor.hosted_by is not None:
        return False
    if item.default.named and actor.person in item.named:
        return True
    return item.default.shared and item.kind in actor.opened


def _on_own_seat(actor: Actor, item: Facts) -> bool:
    """Whether it hangs on the share that let this guest in: what they say through it, and what is said to them."""
    under = item.under
    return under is not None and (under.id == actor.seat or _on_own_seat(actor, under))


def _goes_along(item: Facts) -> bool:
    """Whether it is part of something that was opened by hand to who asks (a small step of a goal, already seen)."""
    opened = item.under is not None and item.under.audience.who in {Who.WE_AND, Who.ME_AND}
    return opened and item.default.we and item.default.shared

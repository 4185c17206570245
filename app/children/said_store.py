"""Reads what a child said as the child itself, and who may be let see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import g

from app.change import Done
from app.children import in_hand, ledger, lock, openings, said_rules
from app.children.hearers import elsewhere, hearers
from app.children.models import LAYER, REPLY, SAID, TRUSTED
from app.children.nouns import LookedBody, ReplyBody, SaidBody, Sort
from app.children.said_rules import Hearer, Phone
from app.children.store import as_child, in_own_layer, layer_of, plans_of, root_in, root_of
from app.db import now
from app.items import Thing
from app.local import local_day
from app.people.models import PERSON
from app.plan.layers import links_of
from app.plan.models import PLAN
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.audience import Who
from app.policy.decide import permits
from app.scope import Whole, load, load_each

# What lies in a layer.
KEPT = (LAYER, SAID, REPLY, TRUSTED)


@dataclass(frozen=True)
class Own:
    """What a child keeps, and everybody it may let see it.

    Attributes:
        child: as who the child came in, in a plan.
        me: the same in its own layer; None while it keeps nothing.
        whole: what lies there.
        here: the people of that plan; `plans`: those it is in, with who it is there, as far as this phone may tell.
        phone: the phone it holds.
        homes: in how many plans it is, whatever this phone may tell of them.
    """

    child: Actor
    me: Actor | None
    whole: Whole
    here: Whole
    plans: Mapping[UUID, UUID]
    phone: Phone
    homes: int = 1

    @property
    def there(self) -> Actor:
        """As whom the policy is asked."""
        return self.me or self.child

    @property
    def zone(self) -> str:
        """Of its days."""
        return self.here.zone

    @cached_property
    def lock_row(self) -> openings.Kept | None:
        """What its layer knows of its own lock; None while it keeps nothing."""
        return None if self.me is None or self.me.plan is None else openings.kept(self.me.plan)

    @cached_property
    def hearers(self) -> list[Hearer]:
        """Whom it may choose; on a lent phone only those of the plan it is in."""
        return hearers(self.child, self.here, self.plans, self.whole)

    @property
    def today(self) -> date:
        """Its local day."""
        return local_day(now(), self.zone)

    @cached_property
    def box(self) -> list[SaidView]:
        """All that this phone shows of it, the newest first."""
        return [SaidView(one, self) for one in self._newest(self.whole.all(SAID)) if self._shows(one)]

    @cached_property
    def put_away(self) -> list[SaidView]:
        """What lies in the bin, as far as this phone shows it; last put away first. Needs it read."""
        return [SaidView(one, self) for one in self.whole.removed(SAID) if self._shows(one)]

    @property
    def hides(self) -> bool:
        """Whether there may be more than this phone shows."""
        return self.phone.hides

    def one(self, said: UUID) -> SaidView | None:
        """One of them, also from the bin."""
        found = self.whole.get(SAID, said)
        return SaidView(found, self) if found is not None and self._shows(found) else None

    def _shows(self, one: Thing[SaidBody]) -> bool:
        return said_rules.shows(self.phone, one.id, one.body, one.created_at)

    @staticmethod
    def _newest(things: Iterable[Thing[SaidBody]]) -> list[Thing[SaidBody]]:
        return sorted(things, key=lambda one: (one.created_at, one.id), reverse=True)


@dataclass(frozen=True)
class SaidView:
    """One thing a child said, for the child. `person`: whom a form is about."""

    thing: Thing[SaidBody]
    own: Own
    person: UUID | None = None

    @property
    def there(self) -> Actor:
        """As whom the policy is asked."""
        return self.own.there

    @cached_property
    def seen_by(self) -> list[Hearer]:
        """Who sees it now, of those whom this phone shows."""
        chosen = said_rules.heard_by(self.thing.body)
        return [one for one in self.own.hearers if one.id in chosen]

    @property
    def is_mine_alone(self) -> bool:
        """Whether nobody was chosen."""
        return not said_rules.heard_by(self.thing.body)

    @property
    def replies(self) -> list[Thing[ReplyBody]]:
        """What was said back, as far as this phone shows it."""
        found = self.own.whole.under(REPLY, self.thing)
        phone, made = self.own.phone, self.thing.created_at
        return [one for one in found if said_rules.shows_reply(phone, one.body.writer, made)]

    @property
    def looks(self) -> list[LookedBody]:
        """Who looked. Not on a lent phone that was not opened: who lent it would read who else was told."""
        me = self.own.me
        if self.own.hides or me is None or not permits(me, Action.OWN_LOOKS_SEE, self.thing.facts):
            return []
        known = {one.plan for one in self.own.hearers} | {None, self.own.child.plan, self.thing.plan}
        return [one for one in ledger.looks(me, self.thing.id) if one.root in known]


@dataclass(frozen=True)
class House:
    """A page on which a child says something of one sort. `word`: it in addresses; empty for what it keeps."""

    own: Own
    sort: Sort
    word: str = ""

    @property
    def there(self) -> Actor:
        """As whom the policy is asked."""
        return self.own.there


def own(child: Actor, *, removed: bool = False) -> Own | None:
    """What a child keeps; None for everybody else, and for a parent who looks at its pages as the child gets them."""
    if child.kind is not ActorKind.CHILD or child.plan is None or child.person is None or "peek" in g:
        return None
    known: tuple[Any, Any, Own] | None = g.get("own")
    if known is not None and known[0] == (child, removed) and known[1] is g.get("read"):
        return known[2]
    found = _read(child, removed)
    # Read once a request, as long as nothing is written: panels of other rooms ask for it too.
    g.own = ((child, removed), g.get("read"), found)
    return found


def _read(child: Actor, removed: bool) -> Own:
    layer, plans = _links(child)
    homes = len(plans)
    if not lock.came_in_itself(child) and child.plan is not None and child.person is not None:
        plans = {child.plan: child.person}
    me = None if layer is None else in_own_layer(child, layer)
    # All of it at once, and whom it knows elsewhere too: it may choose them.
    others = [(one, (PERSON,)) for one in elsewhere(child, plans)]
    mine = [] if me is None or removed else [(me, KEPT)]
    here, *_others = load_each([(child, (PLAN, PERSON)), *mine, *others])
    whole = Whole(child, ()) if me is None else load(me, *KEPT, removed=removed)
    return Own(child, me, whole, here, plans, phone_of(child, whole), homes)


def take_in_hand(own: Own, kept: Done) -> bool:
    """Have at hand what a form kept, so that who may see it can be chosen on a lent phone.

    Returns:
        whether this phone shows it: not when that very form comes again after the child chose.
    """
    if not own.phone.is_lent:
        return True
    child = own.me or as_child(own.child)
    thing = None if child is None else load(child, SAID).get(SAID, kept.id)
    still_to_choose = thing is not None and thing.body.audience.who is Who.DEFAULT
    shows = in_hand.is_one_tap(kept.repeated, thing.created_at if thing is not None and still_to_choose else None)
    if shows:
        in_hand.take(kept.id)
    return shows


def house(child: Actor, part: str) -> House | None:
    """One of the three questions, by its word in addresses."""
    found, sort = own(child), said_rules.HOUSES.get(part)
    return None if found is None or sort is None else House(found, sort, part)


def making(child: Actor) -> House | None:
    """The page of what a child keeps, whatever it is."""
    found = own(child)
    return None if found is None else House(found, Sort.KEPT)


def own_with_bin(child: Actor) -> Own | None:
    """The same with what was put away."""
    return own(child, removed=True)


def to_take_along(child: Actor) -> Own | None:
    """What a child may take along: on its own phone only, where nobody else gets the file."""
    found = own(child)
    return None if found is None or found.phone.is_lent or not lock.is_open(child) else found


def said(child: Actor, said: UUID) -> SaidView | None:
    """One thing a child said, which is not put away."""
    return _one(child, said)


def said_gone_too(child: Actor, said: UUID) -> SaidView | None:
    """The same from the bin too: putting away twice is once."""
    found = own_with_bin(child)
    return None if found is None else found.one(said)


def said_for(child: Actor, said: UUID, person: UUID) -> SaidView | None:
    """What a child said, and somebody whom it may choose."""
    found = _one(child, said)
    if found is None or all(one.id != person for one in found.own.hearers):
        return None
    return SaidView(found.thing, found.own, person)


def _one(child: Actor, said: UUID) -> SaidView | None:
    found = own(child)
    view = None if found is None else found.one(said)
    return None if view is None or view.thing.is_away else view


def phone_of(child: Actor, kept: Whole | None = None) -> Phone:
    """The phone a child holds; of a parent who looks at its pages nothing is said, for no child holds theirs.

    Args:
        child: as it came in, in a plan.
        kept: what it keeps, with the layer itself, where that is read already.
    """
    if "peek" in g:
        return Phone()
    itself = lock.came_in_itself(child)
    root = None if itself and kept is None else root_in(kept) if kept is not None else root_of(child)
    since = None if root is None else root.body.since
    if itself:
        return Phone(since=since)
    is_open, has_pictures = lock.is_open(child), root is not None and bool(root.body.code)
    lender = None if is_open and since is None else lock.lender()
    return Phone(lender, True, is_open, in_hand.there(), since=since, has_pictures=has_pictures)


def _links(child: Actor) -> tuple[UUID | None, Mapping[UUID, UUID]]:
    """The layer of a child, and the plans it is in with the person it is there."""
    links = links_of(child.person)
    layer = links[0].layer if links else layer_of(child.person)
    plans = {link.plan: link.person for link in links} or dict({} if layer is None else plans_of(layer))
    if child.plan is not None and child.person is not None:
        plans.setdefault(child.plan, child.person)
    return layer, plans

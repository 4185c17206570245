"""Wie ziet wat, person by person: who looks in, and everything one of them sees now, as the policy decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from app.items import Kind, Thing
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.people.store import RING_NUMBER, photo_of, picto_of
from app.plan.models import MEMBER, PLAN
from app.plan.nouns import PlanBody
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.audience import sees
from app.policy.decide import permits
from app.rooms import KINDS, Face
from app.scope import Whole, load
from app.sharing import choosing, store
from app.sharing.models import SHARE
from app.sharing.rules import Pick
from app.sharing.store import Board, Reader, ShareView, board_in


@dataclass(frozen=True)
class Onlooker:
    """One person, and the ways in that they have now, as far as this actor knows; none when they see nothing."""

    person: UUID
    face: Face
    seats: tuple[Reader, ...]
    shares: tuple[ShareView, ...]

    @property
    def is_parent(self) -> bool:
        """Whether they see all that is ours."""
        return any(seat.is_parent for seat in self.seats)

    @property
    def is_meehelper(self) -> bool:
        """Whether they have an own key and help along."""
        return any(seat.actor.kind is ActorKind.MEEHELPER for seat in self.seats)

    @property
    def is_child(self) -> bool:
        """Whether they have a page of their own as a child of the family."""
        return any(seat.actor.kind is ActorKind.CHILD for seat in self.seats)

    @property
    def opened(self) -> frozenset[str]:
        """The kinds of thing that an own key opens to them."""
        return frozenset[str]().union(
            *(one.actor.opened for one in self.seats if one.actor.kind is ActorKind.MEEHELPER)
        )


@dataclass(frozen=True)
class Around:
    """Everybody around the plan: the parents, who else looks in, and who sees nothing."""

    board: Board

    @property
    def plan(self) -> Thing[PlanBody] | None:
        """The plan's own facts."""
        return self.board.plan

    @property
    def today(self) -> date:
        """The plan's local day."""
        return self.board.today

    @cached_property
    def everybody(self) -> list[Onlooker]:
        """Who looks in, each person once: the parents, meehelpers, and whom something is shared with."""
        seats: dict[UUID, list[Reader]] = {}
        for reader in self.board.readers:
            seats.setdefault(reader.face.id, []).append(reader)
        people = {person.id: person for person in self.board.whole.all(PERSON)}
        return [
            onlooker(self.board, face_of(people[one]) if one in people else found[0].face, found)
            for one, found in seats.items()
            if found[0].face.name
        ]

    @property
    def parents(self) -> list[Onlooker]:
        """Those who see all that is ours."""
        return [one for one in self.everybody if one.is_parent]

    @property
    def others(self) -> list[Onlooker]:
        """Those to whom something was opened; first whose link can be stopped, which stays a tap away."""
        return sorted((one for one in self.everybody if not one.is_parent), key=lambda one: not one.shares)

    @property
    def nobody(self) -> list[Onlooker]:
        """The people of the plan who see nothing in it."""
        inside = {one.person for one in self.everybody}
        people = [person for person in self.board.whole.all(PERSON) if person.id not in inside and person.body.name]
        return [onlooker(self.board, face_of(person), ()) for person in people]


def around(actor: Actor) -> Around:
    """Everybody around the plan, as far as this actor knows of them."""
    return Around(store.board(actor))


def onlooker(board: Board, face: Face, seats: Sequence[Reader]) -> Onlooker:
    """One person with their ways in."""
    held = {seat.actor.seat for seat in seats}
    return Onlooker(face.id, face, tuple(seats), tuple(one for one in board.working if one.thing.id in held))


def face_of(person: Thing[PersonBody]) -> Face:
    """A person, to draw."""
    return Face(person.id, person.body.name, RING_NUMBER[person.body.ring], photo_of(person), picto_of(person))


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that a person sees; `may_close` when it can be closed for that person by who asks."""

    thing: Thing[Any]
    may_close: bool


@dataclass(frozen=True)
class Sight:
    """All that one person sees now, for the page about it."""

    actor: Actor
    board: Board
    who: Onlooker

    @property
    def plan(self) -> Thing[PlanBody] | None:
        """The plan's own facts."""
        return self.board.plan

    @property
    def today(self) -> date:
        """The plan's local day."""
        return self.board.today

    @cached_property
    def things(self) -> list[tuple[Kind[Any], list[Seen]]]:
        """What they see, by kind, in the family's order; of parents no list is made: they see all that is ours."""
        if self.who.is_parent or not self.who.seats:
            return []
        found = ((kind, [self._seen(one) for one in self._of(kind)]) for kind in kinds())
        return [(kind, things) for kind, things in found if things]

    def _of(self, kind: Kind[Any]) -> list[Thing[Any]]:
        own = self.who.person
        return [
            thing
            for thing in self.board.whole.all(kind)
            if thing.id != own and any(sees(seat.actor, thing.facts) for seat in self.who.seats)
        ]

    def _seen(self, thing: Thing[Any]) -> Seen:
        if not permits(self.actor, Action.AUDIENCE_CHANGE, thing.facts):
            return Seen(thing, may_close=False)
        chosen = choosing.picked(self.actor, thing, Pick.NOT, self.who.person)
        if chosen is None or choosing.why_not_choose(self.actor, thing, chosen) is not None:
            return Seen(thing, may_close=False)
        after = replace(thing.facts, audience=chosen)
        return Seen(thing, may_close=not any(sees(seat.actor, after) for seat in self.who.seats))


def kinds() -> list[Kind[Any]]:
    """The kinds of thing whose audience can be chosen, in the order in which the rooms joined."""
    return [kind for kind in KINDS.values() if store.has_audience(kind)]


def sight(actor: Actor, person: UUID) -> Sight | None:
    """All that one person sees now; None for somebody who is not there, or not for this actor."""
    board = board_in(load(actor, PLAN, PERSON, MEMBER, SHARE, *kinds(), removed=True))
    found = board.whole.get(PERSON, person)
    seats = [reader for reader in board.readers if reader.face.id == person]
    # Whom another parent wrote down and keeps, but who looks in on behalf of both, is still somebody here.
    there = found is not None and found.removed_at is None
    if not there and not seats:
        return None
    face = face_of(found) if found is not None else seats[0].face
    return Sight(actor, board, onlooker(board, face, seats)) if face.name else None


@dataclass(frozen=True)
class ForOne:
    """A thing, and the person for whom it is closed."""

    thing: Thing[Any]
    person: UUID


def for_one(actor: Actor, kind: str, item: UUID, person: UUID) -> ForOne | None:
    """A thing whose audience can be chosen, and somebody this actor knows of."""
    thing = store.item(actor, kind, item)
    whole: Whole = store.around(actor)[0]
    known = whole.get(PERSON, person)
    return None if thing is None or known is None or known.removed_at is not None else ForOne(thing, person)

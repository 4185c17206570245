"""Whose sheets somebody may make: the children with a page whom they see; a child its own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.items import Thing
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.pictos import shelf as pictos
from app.pictos.nouns import Group, Picto
from app.plan.store import sitting_in
from app.policy.actor import Actor, ActorKind
from app.rooms import SEATS
from app.scope import load
from app.translations import language


@dataclass(frozen=True)
class Whose:
    """Of which child sheets are made."""

    child: Actor
    person: Thing[PersonBody]


@dataclass(frozen=True)
class Board:
    """A group of the first board, for cards of one child."""

    whose: Whose
    group: Group
    pictos: tuple[Picto, ...]


def whose(actor: Actor, member: UUID | None = None) -> Whose | None:
    """The child that sits there, for who may make its sheets."""
    child = child_of(actor, member)
    person = None if child is None else load(actor, PERSON).person(child.person)
    return None if child is None or person is None else Whose(child, person)


def own(actor: Actor) -> Whose | None:
    """The child itself."""
    return whose(actor) if actor.kind is ActorKind.CHILD else None


def board_for(actor: Actor, member: UUID, part: str) -> Board | None:
    """A group by its name in the address; None when there is none of that name."""
    found = whose(actor, member)
    if found is None or part not in set(Group):
        return None
    return Board(found, Group(part), pictos.board(language())[Group(part)])


def children_of(actor: Actor) -> list[Whose]:
    """The children with a page, as far as this member sees them."""
    if actor.kind not in {ActorKind.PARENT, ActorKind.MEEHELPER} or actor.plan is None:
        return []
    seen = load(actor, PERSON)
    found = [(one, seen.person(one.person)) for one in sitting_in(actor.plan) if one.kind is ActorKind.CHILD]
    return [Whose(one, person) for one, person in found if person is not None]


def behind_the_code(actor: Actor) -> list[UUID] | None:
    """What the code on a sheet leads to: for a member the seats of the children they see."""
    return [one.child.seat for one in children_of(actor) if one.child.seat is not None]


def child_of(actor: Actor, seat: UUID | None) -> Actor | None:
    """Whose sheet it is: a child's own, or that of a child with a page whom this member sees; else None."""
    if actor.kind is ActorKind.CHILD:
        return actor if seat in {None, actor.seat} else None
    if actor.kind not in {ActorKind.PARENT, ActorKind.MEEHELPER} or actor.plan is None or seat is None:
        return None
    child = SEATS["member"](actor.plan, seat)
    if child is None or child.kind is not ActorKind.CHILD:
        return None
    return child if load(actor, PERSON).person(child.person) is not None else None

"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """Everybody who can ask for something (design: access, Actors)."""

    PARENT = "parent"
    MEEHELPER = "meehelper"
    CHILD = "child"
    TRUSTED = "trusted"
    GUEST = "guest"
    LINK_HOLDER = "link_holder"
    SYSTEM = "system"
    HOST = "host"
    NOBODY = "nobody"


class Ring(StrEnum):
    """The three rings of a family's network (field term: ring 1-3)."""

    WE = "we"
    CLOSE = "close"
    SERVICES = "services"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, as seen by one root: a plan, or a child's own layer.

    In its own layer a child is a `CHILD` whose `plan` and `person` are both that layer's id; who reads along there is
    the person they are in their own plan.

    Attributes:
        kind: what they are to the plan.
        plan: the plan (or layer) they are in; None for nobody, host and system.
        person: the person row they are, in that plan.
        ring: the ring that person is in now.
        opened: kinds of item a parent opened to them (meehelper) or a share opens (guest, link holder); "keys" for a
            child that keeps a key itself.
        hosted_by: for a share that one parent hosts alone, that parent's person; None when "wij" host it.
        seat: the share or member row that let them in.
        scribe: the person who types for them on their phone now ("Samen invullen"); None when they type themselves.
        away: for a share that one parent hosts alone, whether its person was taken away from our people: what is wij
            does not speak to them any more.
        shown: for a child, what a parent put on its page.
        lent: for a child, whether it sits here because a parent gave it their phone; then it opened no key.
        reason: for the system only, why it acts.
    """

    kind: ActorKind
    plan: UUID | None = None
    person: UUID | None = None
    ring: Ring | None = None
    opened: frozenset[str] = frozenset()
    hosted_by: UUID | None = None
    seat: UUID | None = None
    scribe: UUID | None = None
    away: bool = False
    shown: frozenset[UUID] = frozenset()
    lent: bool = False
    reason: str = ""


NOBODY = Actor(ActorKind.NOBODY)


def system(reason: str, plan: UUID | None = None) -> Actor:
    """The product itself, in a job; the reason is kept with what it does."""
    return Actor(ActorKind.SYSTEM, plan=plan, reason=reason)

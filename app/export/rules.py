"""What comes on paper. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from app.export.nouns import OF_A_CHILD, Choice, Sort
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.audience import Facts, Who, is_private
from app.policy.decide import permits

KEPT_FOR = timedelta(hours=24)
# A sheet takes a second or two. Who waits this long is told that it takes longer, and why nothing is lost.
LONG = timedelta(seconds=40)


def stays_off(actor: Actor, item: Facts, choice: Choice) -> bool:
    """Whether something that this actor sees stays off their paper.

    Paper lies on a table. What somebody keeps to themselves comes on it only when they themselves choose so; what
    another keeps, and shows to this actor alone, never does; but a parent who alone hosts a guest, and lets them print,
    shows it for that.
    """
    if item.under is not None and stays_off(actor, item.under, choice):
        return True
    of_the_host = actor.hosted_by is not None and item.writer == actor.hosted_by
    return is_private(item) and not of_the_host and not (choice.own and item.writer == actor.person)


def may_print(actor: Actor, sort: Sort) -> bool:
    """Whether this actor may have such a sheet: a child its own, members those of the plan and of its children."""
    if actor.kind is ActorKind.CHILD:
        return sort in OF_A_CHILD and permits(actor, Action.PAPER_OWN_PAGE)
    return permits(actor, Action.PAPER_MAKE) and (sort not in OF_A_CHILD or actor.kind is not ActorKind.GUEST)


def may_hang(said: Facts, parents: frozenset[UUID]) -> bool:
    """Whether what a child said may hang on a wall: only what it showed to every parent of the plan.

    Paper lies on a table. What a child chose to show to one of them, or to somebody else, would be read by the others
    too; and what it keeps is on no paper, not even on its own (design: access, Children).
    """
    shown = frozenset(said.audience.people) if said.audience.who is Who.ME_AND else frozenset()
    return bool(parents) and parents <= shown


def takes_long(asked_at: datetime, at: datetime) -> bool:
    """Whether a sheet is waited for longer than it should take."""
    return at - asked_at > LONG

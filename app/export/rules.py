"""What comes on paper. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.export.nouns import Choice
from app.policy.actor import Actor
from app.policy.audience import Facts, is_private

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


def takes_long(asked_at: datetime, at: datetime) -> bool:
    """Whether a sheet is waited for longer than it should take."""
    return at - asked_at > LONG

"""When a child sleeps in which home: load -> rules -> change, a verb each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from app.change import Done, Put, Refused, change, was_saved
from app.plan import nights
from app.plan.nouns import Nights
from app.plan.store import NightsView
from app.policy.actions import Action
from app.policy.actor import Actor


@dataclass(frozen=True)
class NightsInput:
    """What the form for the nights of a child asks; `kept` are the exceptions that stay."""

    weekdays: tuple[int, ...] = ()
    every: int = 1
    first: date | None = None
    night: date | None = None
    there: bool = True
    kept: tuple[date, ...] = ()


def tell_nights(actor: Actor, view: NightsView, given: NightsInput, seen: int | None, form_key: str | None) -> Done:
    """Say when a child sleeps in a home. Nights that are over stay as they were.

    Raises:
        Refused: it says nothing, or it cannot be counted.
        BothChanged: somebody changed it since version `seen`.
    """
    if was_saved(actor, form_key):
        return Done(None, (view.thing.id,), repeated=True)
    before = {} if view.nights is None else view.nights.moved
    moved = {night: there for night, there in before.items() if night < view.today or night in given.kept}
    if given.night is not None:
        moved[given.night] = given.there
    moved = dict(sorted(moved.items())[-nights.MOST_EXCEPTIONS :])
    told = Nights(view.child.id, given.weekdays, given.every, given.first, moved)
    reason = nights.why_not_nights(told)
    if reason is not None:
        raise Refused(reason)
    body = msgspec.structs.replace(view.thing.body, nights=nights.with_nights(view.thing.body, told))
    return change(actor, Action.HOME_CHANGE, Put(view.thing, body, seen=seen), form_key=form_key)


def forget_nights(actor: Actor, view: NightsView, form_key: str | None = None) -> Done:
    """Nobody knows any more when a child sleeps in a home. Twice is once."""
    body = msgspec.structs.replace(view.thing.body, nights=nights.without_nights(view.thing.body, view.child.id))
    return change(actor, Action.HOME_CHANGE, Put(view.thing, body), form_key=form_key)

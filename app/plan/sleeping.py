"""When one child sleeps in one home: what its page shows, and the verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec

from app.change import Done, Put, Refused, change, was_saved
from app.db import now
from app.items import Thing
from app.local import local_day
from app.plan import nights as rules
from app.plan.models import HOME, PLAN
from app.plan.nouns import HomeBody, Nights
from app.policy.actions import Action
from app.policy.actor import Actor
from app.rooms import Face, faces
from app.scope import load


@dataclass(frozen=True)
class NightsView:
    """When one child sleeps in one home. `today` is the plan's local day."""

    thing: Thing[HomeBody]
    child: Face
    homes: list[Thing[HomeBody]]
    today: date

    @property
    def nights(self) -> Nights | None:
        """What was said of it."""
        return rules.nights_of(self.thing.body, self.child.id)


def view(actor: Actor, home: UUID, person: UUID) -> NightsView | None:
    """The nights of a child in a home in which it sleeps."""
    whole = load(actor, PLAN, HOME)
    thing = whole.get(HOME, home)
    child = next((face for face in faces("people", actor) if face.id == person), None)
    if thing is None or child is None or person not in thing.body.sleepers:
        return None
    today = local_day(now(), whole.zone)
    return NightsView(thing, child, whole.all(HOME), today)


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
    moved = dict(sorted(moved.items())[-rules.MOST_EXCEPTIONS :])
    told = Nights(view.child.id, given.weekdays, given.every, given.first, moved)
    reason = rules.why_not_nights(told)
    if reason is not None:
        raise Refused(reason)
    body = msgspec.structs.replace(view.thing.body, nights=rules.with_nights(view.thing.body, told))
    return change(actor, Action.HOME_CHANGE, Put(view.thing, body, seen=seen), form_key=form_key)


def forget_nights(actor: Actor, view: NightsView, form_key: str | None = None) -> Done:
    """Nobody knows any more when a child sleeps in a home. Twice is once."""
    body = msgspec.structs.replace(view.thing.body, nights=rules.without_nights(view.thing.body, view.child.id))
    return change(actor, Action.HOME_CHANGE, Put(view.thing, body), form_key=form_key)

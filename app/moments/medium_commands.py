"""What can be done to the photo, voice note or film on a thing: put one there, say what is on it, take it away."""

from __future__ import annotations

from typing import Any

import msgspec

from app.change import BothChanged, Done, Put, change, was_saved
from app.items import Body, Medium, Photo, Thing
from app.media.nouns import Sort
from app.moments.taking import Given, key_with, put_on, taken_for
from app.plan.nouns import PlanBody
from app.policy.actions import Action
from app.policy.actor import Actor


class Waiting(Exception):
    """Somebody else changed it meanwhile: what was sent waits, on nothing, until its sender chose.

    Attributes:
        theirs: the thing as it is now.
        medium: what waits; it is erased 30 days later.
    """

    def __init__(self, theirs: Thing[Any], medium: Medium) -> None:
        super().__init__("changed by two")
        self.theirs, self.medium = theirs, medium


def put(actor: Actor, thing: Thing[Any], given: Given, seen: int | None, form_key: str | None) -> Done:
    """Put a photo, voice note or film on a thing, in the place of the one that is there.

    Raises:
        BadFile: the file cannot be that here.
        OSError: there is nowhere to keep it now.
        Waiting: somebody else changed it since version `seen`.
        NotPermitted: they were stopped, or see the thing no more, while it was made anew.
    """
    key = key_with(form_key, given)
    if was_saved(actor, key):
        return Done(None, (thing.id,), repeated=True)
    with taken_for(actor, given) as taken:
        body = put_on(thing.body, taken, given.alt)
        try:
            done = _put(actor, thing, body, seen, key, beside=lambda: taken.keep(thing.id))
        except BothChanged as clash:
            taken.wait()
            raise Waiting(clash.theirs, getattr(body, taken.field)) from None
    if done.repeated:
        taken.drop()
    return done


def put_waiting(
    actor: Actor, thing: Thing[Any], sort: Sort, medium: Medium, seen: int | None, form_key: str | None
) -> Done:
    """Put one there that waited until its sender chose.

    Raises:
        BothChanged: somebody else changed it once more.
    """
    return _put(actor, thing, msgspec.structs.replace(thing.body, **{sort.value: medium}), seen, form_key)


def say(actor: Actor, thing: Thing[Any], sort: Sort, alt: str, seen: int | None, form_key: str | None) -> Done:
    """Say what is on a photo or a film; on a thing without one nothing happens.

    Raises:
        BothChanged: somebody else changed it since version `seen`.
    """
    before = getattr(thing.body, sort.value)
    after = None if before is None else msgspec.structs.replace(before, alt=alt)
    return _put(actor, thing, msgspec.structs.replace(thing.body, **{sort.value: after}), seen, form_key)


def drop(actor: Actor, thing: Thing[Any], sort: Sort, seen: int | None, form_key: str | None) -> Done:
    """Take it away; twice is once.

    Raises:
        BothChanged: somebody put another one there since version `seen`.
    """
    return _put(actor, thing, msgspec.structs.replace(thing.body, **{sort.value: None}), seen, form_key)


def drop_first(actor: Actor, thing: Thing[Any], _sort: Sort, seen: int | None, form_key: str | None) -> Done:
    """Take the photo away that the plan began with; the one of now stays. Twice is once.

    Raises:
        BothChanged: somebody else changed it since version `seen`.
    """
    body = msgspec.structs.replace(thing.body, first_photo=None)
    return change(actor, Action.PHOTO_CHANGE, Put(thing, body, seen=seen), form_key=form_key)


def _first(thing: Thing[Any], photo: Photo | None) -> dict[str, Photo]:
    """The photo a plan began with stays beside the one that takes its place; who takes it away, takes it away."""
    before: Photo | None = thing.body.photo
    replaces = photo is not None and before is not None and photo.id != before.id
    keeps = isinstance(thing.body, PlanBody) and thing.body.first_photo is None
    return {"first_photo": before} if replaces and keeps and before is not None else {}


def _put(
    actor: Actor, thing: Thing[Any], body: Body, seen: int | None, form_key: str | None, beside: Any = None
) -> Done:
    body = msgspec.structs.replace(body, **_first(thing, body.photo))
    return change(actor, Action.PHOTO_CHANGE, Put(thing, body, seen=seen), form_key=form_key, beside=beside)

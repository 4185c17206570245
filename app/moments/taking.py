"""Takes a file in for somebody, who must still be who they were when it is made anew: that takes seconds, not moments.

Used for whatever a photo, a voice note or a film is put on, in a plan or in a child's own layer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import msgspec

from app.change import Add, BothChanged, Done, NotPermitted, Put, Refused, change, was_saved
from app.db import db
from app.items import Body
from app.media.commands import Taken, take
from app.media.nouns import Sort
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.rooms import SEATS

# The kind of seat that let somebody in; parents, meehelpers and children are members.
_SEAT = {ActorKind.GUEST: "guest", ActorKind.LINK_HOLDER: "link", ActorKind.TRUSTED: "trusted"}


@dataclass(frozen=True, slots=True)
class Given:
    """A file that somebody sent: its bytes, what it is to be, and what is on it in their words."""

    data: bytes
    sort: Sort = Sort.PHOTO
    alt: str = ""


@contextmanager
def taken_for(actor: Actor, given: Given, came_as: Actor | None = None) -> Iterator[Taken]:
    """A file taken in for their root, to be put somewhere inside; it goes when they may not put it there after all.

    Args:
        actor: who they are in the root it is kept in: a plan, or a child's own layer.
        given: what they sent.
        came_as: who they are in the plan whose seat let them in, where that is another one.

    Raises:
        NotPermitted: they were stopped meanwhile, or what is open to them changed (design: access, stop means stop).
        BadFile: the file cannot be that here.
        OSError: there is nowhere to keep it now.
    """
    if actor.plan is None:
        raise NotPermitted
    # Making it anew takes a while, for which no other page should wait.
    db.session.rollback()
    taken = take(actor.plan, given.data, given.sort)
    try:
        _refuse_gone(came_as or actor)
        yield taken
    except NotPermitted:
        taken.drop()
        raise


def change_with(  # noqa: PLR0913 - what `change` takes, and the file
    actor: Actor,
    action: Action,
    edit: Add | Put,
    given: Given | None,
    *,
    form_key: str | None = None,
    came_as: Actor | None = None,
    beside: Callable[[], None] | None = None,
) -> Done:
    """Write an item with what somebody sent on it, or without when they sent nothing; the rest as `app.change`.

    Args:
        actor: who does it, in the root of the item.
        action: what they do.
        edit: the item; a `Put` must say its body.
        given: what to put on it; it takes the place of what its body has there.
        form_key: the key of the form; the same form with another file is another form.
        came_as: as of `taken_for`.
        beside: written along with the change.

    Raises:
        NotPermitted, Refused, BothChanged: as `app.change`; then nothing is kept.
        BadFile, OSError: as `taken_for`.
    """
    key = key_with(form_key, given)
    if was_saved(actor, key):
        return Done(None, (), repeated=True)
    if given is None:
        return change(actor, action, edit, form_key=key, beside=beside)

    def rows() -> None:
        taken.keep()
        if beside is not None:
            beside()

    with taken_for(actor, given, came_as) as taken:
        try:
            done = change(actor, action, _with(edit, taken, given.alt), form_key=key, beside=rows)
        except (BothChanged, Refused):
            taken.drop()
            raise
    if done.repeated:
        taken.drop()
    return done


def key_with(form_key: str | None, given: Given | None) -> str | None:
    """The key of a form as it was filled in, its file too."""
    if form_key is None or given is None:
        return form_key
    return f"{form_key}/{hashlib.sha256(given.data).hexdigest()}"


def put_on(body: Body, taken: Taken, alt: str) -> Body:
    """A body with what was taken in on it; a voice note has no words for who cannot see it."""
    said = {} if taken.files.sort is Sort.VOICE else {"alt": alt}
    return msgspec.structs.replace(body, **{taken.field: msgspec.structs.replace(taken.medium, **said)})


def _with(edit: Add | Put, taken: Taken, alt: str) -> Add | Put:
    if isinstance(edit, Add):
        return replace(edit, body=put_on(edit.body, taken, alt))
    return replace(edit, body=put_on(edit.body or edit.thing.body, taken, alt))


def _refuse_gone(actor: Actor) -> None:
    """Their seat must live and open the same."""
    here = None
    if actor.plan is not None and actor.seat is not None:
        here = SEATS[_SEAT.get(actor.kind, "member")](actor.plan, actor.seat)
    # Whether somebody types for them, or lent them the phone, is told by their browser and not by their seat.
    if here is None or replace(here, scribe=actor.scribe, lent=actor.lent) != actor:
        raise NotPermitted

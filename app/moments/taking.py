"""Takes a file in for somebody, who must still be who they were when it is drawn: that takes seconds, not moments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.change import NotPermitted
from app.db import db
from app.media.commands import Taken, take
from app.policy.actor import Actor
from app.rooms import SEATS


@contextmanager
def taken_for(actor: Actor, data: bytes) -> Iterator[Taken]:
    """A photo of their plan, to be put somewhere inside; its files go when they may not put it there after all.

    Raises:
        NotPermitted: they were stopped meanwhile, or what is open to them changed (design: access, stop means stop).
        BadPhoto: the file cannot be a photo here.
        OSError: there is nowhere to keep it now.
    """
    if actor.plan is None:
        raise NotPermitted
    # Drawing it again takes a while, for which no other page should wait.
    db.session.rollback()
    taken = take(actor.plan, data)
    try:
        _refuse_gone(actor)
        yield taken
    except NotPermitted:
        taken.drop()
        raise


def _refuse_gone(actor: Actor) -> None:
    """Their seat must live and open the same: only who has a member's seat puts photos anywhere."""
    here = None
    if actor.plan is not None and actor.seat is not None:
        here = SEATS["member"](actor.plan, actor.seat)
    if here is None or replace(here, scribe=actor.scribe) != actor:
        raise NotPermitted

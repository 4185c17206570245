"""What can be done to moments: load -> rules -> change, a verb each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from app.change import Add, Done, Put, Refused, Remove, change, was_saved
from app.db import Only
from app.moments import rules
from app.moments.models import MOMENT
from app.moments.nouns import MomentBody
from app.moments.rules import Reason
from app.moments.store import MomentsView, MomentView
from app.moments.taking import taken_for
from app.policy.actions import Action
from app.policy.actor import Actor


@dataclass(frozen=True)
class MomentInput:
    """What the form for a moment asks."""

    words: str = ""
    day: date | None = None


def add(actor: Actor, board: MomentsView, given: MomentInput, data: bytes | None, form_key: str | None) -> Done:
    """Keep a moment, with a photo or without.

    Raises:
        Refused: there is nothing to keep, or the day is still to come.
        BadPhoto: the file cannot be a photo here.
        OSError: there is nowhere to keep it now.
        NotPermitted: they were stopped while it was drawn.
    """
    if was_saved(actor, form_key):
        return Done(None, (), repeated=True)
    _allow(rules.why_not_keep(given.words, given.day, board.today, photo=data is not None))
    body = MomentBody(words=given.words, day=given.day)
    if data is None:
        return change(actor, Action.MOMENT_ADD, Add(MOMENT, body, Only.ACTIVE), form_key=form_key)
    with taken_for(actor, data) as taken:
        new = Add(MOMENT, msgspec.structs.replace(body, photo=taken.photo), Only.ACTIVE)
        done = change(actor, Action.MOMENT_ADD, new, form_key=form_key, beside=taken.keep)
    if done.repeated:
        taken.drop()
    return done


def edit(actor: Actor, moment: MomentView, given: MomentInput, seen: int | None, form_key: str | None) -> Done:
    """Change the words and the day of a moment; its photo stays.

    Raises:
        Refused: nothing would be left to keep, or the day is still to come.
        BothChanged: somebody changed the same words since version `seen`.
    """
    body = moment.thing.body
    _allow(rules.why_not_keep(given.words, given.day, moment.today, photo=body.photo is not None))
    body = msgspec.structs.replace(body, words=given.words, day=given.day)
    return change(actor, Action.MOMENT_CHANGE, Put(moment.thing, body, seen=seen), form_key=form_key)


def remove(actor: Actor, moment: MomentView) -> Done:
    """Into the bin."""
    return change(actor, Action.MOMENT_REMOVE, Remove(moment.thing))


def _allow(reason: Reason | None) -> None:
    if reason is not None:
        raise Refused(reason)

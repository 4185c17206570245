"""What can be done to moments: load -> rules -> change, a verb each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from app.change import Add, Done, Put, Refused, Remove, change, was_saved
from app.db import Only
from app.items import media_in
from app.moments import rules
from app.moments.models import MOMENT
from app.moments.nouns import MomentBody
from app.moments.rules import Reason
from app.moments.store import MomentsView, MomentView
from app.moments.taking import Given, change_with, key_with
from app.policy.actions import Action
from app.policy.actor import Actor


@dataclass(frozen=True)
class MomentInput:
    """What the form for a moment asks."""

    words: str = ""
    day: date | None = None


def add(actor: Actor, board: MomentsView, given: MomentInput, file: Given | None, form_key: str | None) -> Done:
    """Keep a moment: words, or a photo, a voice note or a film.

    Raises:
        Refused: there is nothing to keep, or the day is still to come.
        BadFile: the file cannot be that here.
        OSError: there is nowhere to keep it now.
        NotPermitted: they were stopped while it was made anew.
    """
    if was_saved(actor, key_with(form_key, file)):
        return Done(None, (), repeated=True)
    _allow(rules.why_not_keep(given.words, given.day, board.today, medium=file is not None))
    body = MomentBody(words=given.words, day=given.day)
    return change_with(actor, Action.MOMENT_ADD, Add(MOMENT, body, Only.ACTIVE), file, form_key=form_key)


def edit(actor: Actor, moment: MomentView, given: MomentInput, seen: int | None, form_key: str | None) -> Done:
    """Change the words and the day of a moment; what is on it stays.

    Raises:
        Refused: nothing would be left to keep, or the day is still to come.
        BothChanged: somebody changed the same words since version `seen`.
    """
    body = moment.thing.body
    _allow(rules.why_not_keep(given.words, given.day, moment.today, medium=bool(media_in(body))))
    body = msgspec.structs.replace(body, words=given.words, day=given.day)
    return change(actor, Action.MOMENT_CHANGE, Put(moment.thing, body, seen=seen), form_key=form_key)


def remove(actor: Actor, moment: MomentView) -> Done:
    """Into the bin."""
    return change(actor, Action.MOMENT_REMOVE, Remove(moment.thing))


def _allow(reason: Reason | None) -> None:
    if reason is not None:
        raise Refused(reason)

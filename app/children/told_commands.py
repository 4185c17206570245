"""What somebody a child told something says back: for that child, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from app.change import Add, Done, NotPermitted, Refused
from app.children.models import REPLY, SAID
from app.children.nouns import ReplyBody
from app.children.said_rules import Reason
from app.children.told_store import ToldView
from app.db import Only
from app.moments.taking import Given, change_with
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.audience import Audience, Who
from app.scope import load_one, read_anew


@dataclass(frozen=True)
class ReplyInput:
    """A sentence or a picture; a voice comes as a file."""

    words: str = ""
    picto: str = ""


def reply(
    view: ToldView, given: ReplyInput, form_key: str | None, file: Given | None = None, came_as: Actor | None = None
) -> Done:
    """Answer what a child told: a sentence, a picture or a voice.

    Args:
        view: what it told.
        given: the words or the pictogram.
        form_key: the key of the form.
        file: a voice note or a photo.
        came_as: who answers, in the plan whose seat let them in.

    Raises:
        Refused: there is nothing in it.
        BadFile, OSError: the file cannot be kept.
        NotPermitted: they were stopped, or the child took it back, while the file was made anew.
    """
    if not (given.words or given.picto or file):
        raise Refused(Reason.NOTHING)
    body = ReplyBody(words=given.words, picto=given.picto, name=view.reader, audience=for_the_child(view))
    new = Add(REPLY, body, Only.ACTIVE, under=view.thing)
    still = partial(_refuse_taken_back, view)
    return change_with(view.there, Action.REPLY_ADD, new, file, form_key=form_key, came_as=came_as, beside=still)


def _refuse_taken_back(view: ToldView) -> None:
    """A child may take back what it told while somebody's answer is on its way: then there is nothing to answer."""
    read_anew()
    if load_one(view.there, SAID, view.thing.id) is None:
        raise NotPermitted


def for_the_child(view: ToldView) -> Audience:
    """Who sees an answer: who wrote it, and the child, who is its layer."""
    return Audience(Who.ME_AND, people=(view.thing.plan,))

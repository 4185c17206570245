"""What somebody a child told something says back: for that child, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from app.change import Add, Done, Refused, change
from app.children.models import REPLY
from app.children.nouns import ReplyBody
from app.children.said_rules import Reason
from app.children.told_store import ToldView
from app.db import Only
from app.policy.actions import Action
from app.policy.audience import Audience, Who


@dataclass(frozen=True)
class ReplyInput:
    """A sentence or a picture; a voice comes as a file."""

    words: str = ""
    picto: str = ""


def reply(view: ToldView, given: ReplyInput, form_key: str | None) -> Done:
    """Answer what a child told.

    Raises:
        Refused: there is nothing in it.
    """
    if not (given.words or given.picto):
        raise Refused(Reason.NOTHING)
    body = ReplyBody(words=given.words, picto=given.picto, name=view.reader, audience=for_the_child(view))
    return add(view, body, form_key)


def add(view: ToldView, body: ReplyBody, form_key: str | None) -> Done:
    """Write an answer under what it answers."""
    new = Add(REPLY, body, Only.ACTIVE, under=view.thing)
    return change(view.there, Action.REPLY_ADD, new, form_key=form_key)


def for_the_child(view: ToldView) -> Audience:
    """Who sees an answer: who wrote it, and the child, who is its layer."""
    return Audience(Who.ME_AND, people=(view.thing.plan,))

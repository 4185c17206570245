"""Joins this room to the app."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.children import said_words
from app.children.nouns import ASKS_ANSWER
from app.children.said_store import SaidView
from app.children.told_store import ToldView
from app.config import Config
from app.policy.actor import Actor
from app.rooms import Panel, bring_panel
from app.wishes import answer_views, store, views, words
from app.wishes.room import wishes

# Each adds its routes to the room.
ROUTES = (views, answer_views)
# A page stays small, however much is asked.
MOST = 3


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes, and its part of the pages of other rooms."""
    bring_panel("plan", "wishes", _on_home)
    bring_panel("said", "wishes", _on_said)
    bring_panel("told", "wishes", _on_told)
    said_words.CALLED.update(dict.fromkeys(ASKS_ANSWER, words.called))
    app.register_blueprint(wishes)


def _on_home(actor: Actor, _plan: Any) -> Panel | None:
    """That a child asks something, for the parents it told."""
    waiting = store.waiting(actor)
    if not waiting:
        return None
    first, *others = waiting[:MOST]
    return Panel("wishes/_home.html", {"one": first, "others": others, "words": words}, waits=True)


def _on_said(actor: Actor, view: SaidView) -> Panel | None:
    """On the child's own page of a wish: how it stands, and what it may do."""
    wish = store.own(actor, view.thing.id)
    return None if wish is None else Panel("wishes/_mine.html", {"wish": wish, "words": words})


def _on_told(actor: Actor, view: ToldView) -> Panel | None:
    """On what a child told somebody: the way to answer, for a parent of the family that is asked."""
    wish = store.question(actor, view.thing.id)
    return None if wish is None else Panel("wishes/_told.html", {"wish": wish, "words": words})

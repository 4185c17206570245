"""Joins this room to the app."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask

from app.config import Config
from app.news import store, words
from app.news.views import news
from app.policy.actor import Actor
from app.rooms import Panel, bring_panel
from app.sharing import ledger

SHOWN = 3


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes, and what is new on "Ons plan" and on the page of a link."""
    app.register_blueprint(news)
    bring_panel("plan", "news", _on_the_plan)
    bring_panel("link", "news", _on_a_link)


def _on_the_plan(actor: Actor, _plan: Any) -> Panel | None:
    board = store.of_now(actor)
    return Panel("news/_panel.html", {"changes": board.changes[:SHOWN], "words": words}) if board.changes else None


def _on_a_link(actor: Actor, view: Any) -> Panel | None:
    """Since the last day on which they looked; on their first day all is new, so nothing is."""
    today: date = view.today
    before = None if actor.seat is None else ledger.looked_before(actor.seat, today)
    board = None if before is None else store.since(view.whole, before)
    return Panel("news/_link.html", {"changes": board.changes, "words": words}) if board and board.changes else None

"""Joins this room to the app."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.config import Config
from app.items import Thing
from app.overview import store, words
from app.overview.views import overview
from app.policy.actor import Actor
from app.rooms import Panel, bring_panel


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes."""
    bring_panel("plan", "overview", _on_our_plan)
    app.register_blueprint(overview)


def _on_our_plan(actor: Actor, plan: Thing[Any]) -> Panel | None:
    """On Ons plan, for the family and for guests: who keeps the overview, once somebody chose."""
    view = store.overview(actor) if plan.body.overview is not None else None
    return None if view is None else Panel("overview/_panel.html", {"keeps": words.keeps(view)})

"""Joins this room to the app."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, url_for

from app.config import Config
from app.items import Thing
from app.policy.actor import Actor, ActorKind
from app.rooms import Panel, bring_panel
from app.together import store, words
from app.together.views import together
from app.translations import gettext as _


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes, and the words that every page may need."""
    app.jinja_env.globals["typed_by"] = lambda thing: words.typed(g.get("actor"), thing)
    app.jinja_env.globals["types_now"] = lambda: words.types_now(g.get("actor"))
    bring_panel("person", "together", _write_with)
    app.register_blueprint(together)


def _write_with(actor: Actor, person: Thing[Any]) -> Panel | None:
    """On the page of somebody who may type: the way to do so."""
    desk = store.desk(actor) if actor.kind is ActorKind.PARENT and actor.scribe is None else None
    if desk is None or person.id not in [face.id for face in desk.people]:
        return None
    address = url_for("together.choose", plan=person.plan, wie=person.id)
    return Panel("together/_panel.html", {"label": _("Samen invullen"), "href": address})

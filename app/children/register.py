"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.children import heard_views, ledger, life, said_views, told_panels, told_views
from app.children.models import LAYER, REPLY, SAID, TRUSTED
from app.children.room import children
from app.config import Config
from app.endings import bring_ending
from app.keystore import Ended
from app.moments.photos import bring_shown
from app.rooms import bring_erasing, bring_kind, bring_panel, bring_staying, bring_tidy

# Each adds its routes to the room.
ROUTES = (said_views, told_views, heard_views)


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes, what a child told to whom it chose, and how long a layer lives."""
    for kind in (LAYER, SAID, REPLY, TRUSTED):
        bring_kind(kind)
    # What a child says is in a layer of its own, and comes along in no parent's copy.
    bring_staying("layer", "said", "reply", "trusted")
    bring_panel("plan", "children", told_panels.on_plan)
    bring_panel("link", "children", told_panels.on_link)
    bring_panel("child_today", "children", told_panels.on_today)
    for kind in (SAID, REPLY):
        bring_shown(kind.name, heard_views.address_of)
    bring_erasing(life.forget)
    bring_ending(Ended.LINK, ledger.unlink)
    bring_tidy("children", life.tidy)
    app.register_blueprint(children)

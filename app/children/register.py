"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.children.models import LAYER, REPLY, SAID, TRUSTED
from app.children.room import children
from app.config import Config
from app.rooms import bring_kind


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes."""
    for kind in (LAYER, SAID, REPLY, TRUSTED):
        bring_kind(kind)
    app.register_blueprint(children)

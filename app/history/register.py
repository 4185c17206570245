"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.config import Config
from app.history import store
from app.history.views import history
from app.rooms import bring_finder


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes."""
    bring_finder(store.removed_one)
    app.register_blueprint(history)

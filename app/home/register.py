"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.config import Config
from app.home.views import home, open_home


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes."""
    app.register_blueprint(home)
    app.register_blueprint(open_home)

"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.config import Config
from app.host.views import development, open_host


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes."""
    app.register_blueprint(open_host)
    if config.development:
        app.register_blueprint(development)

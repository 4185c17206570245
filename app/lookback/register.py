"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.config import Config
from app.lookback.views import lookback


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes."""
    app.register_blueprint(lookback)

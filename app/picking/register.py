"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.config import Config
from app.picking.views import open_picking, page_of, picking


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes, and to all templates where a picture for a thing is chosen."""
    app.jinja_env.globals["picto_page"] = page_of
    app.register_blueprint(picking)
    app.register_blueprint(open_picking)

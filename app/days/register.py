"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.config import Config
from app.days import bar
from app.days.views import days


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes, and to every page of a child what stands around it."""
    app.jinja_env.globals["own_level"] = bar.level
    app.jinja_env.globals["own_person"] = bar.me
    app.jinja_env.globals["own_ways"] = bar.ways
    app.jinja_env.globals["own_weekday"] = bar.weekday
    app.jinja_env.globals["own_mine"] = bar.mine
    app.jinja_env.globals["own_table"] = bar.at_table
    app.register_blueprint(days)

"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.config import Config
from app.endings import bring_ending
from app.keystore import Ended
from app.rooms import bring_panel, bring_seat
from app.trusted import commands, helping, person_views, seats, views
from app.trusted.room import trusted

# Each adds its routes to the room.
ROUTES = (views, person_views)


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes, its seat, how it ends again after a restore, and the foot of the pages of children."""
    bring_seat("trusted", seats.trusted_actor)
    bring_ending(Ended.TRUSTED, commands.end_again)
    bring_panel("child_foot", "trusted", helping.foot)
    app.register_blueprint(trusted)
    app.register_blueprint(person_views.open_trusted)

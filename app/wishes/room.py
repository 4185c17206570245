"""The room's routes are added by its views: those of the child who asks, and of the parents who answer."""

from __future__ import annotations

from app.web.room import Room

wishes = Room("wishes", __name__, child=True)

"""The room's routes are added by its views: those of photos on anything, and those of moments."""

from __future__ import annotations

from app.web.room import Room

moments = Room("moments", __name__, child=True)

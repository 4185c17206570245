"""The room's routes are added by its views: those of the child, and of the person it trusts."""

from __future__ import annotations

from app.web.room import Room

trusted = Room("trusted", __name__, child=True)

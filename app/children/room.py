"""The room's routes are added by its views: a child's own pages, and those of whom it chose."""

from __future__ import annotations

from app.web.room import Room

children = Room("children", __name__, child=True)

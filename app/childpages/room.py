"""The room's routes are added by its views: those of the parents, and the open ones of a lent phone."""

from __future__ import annotations

from app.web.public import Open
from app.web.room import Room

childpages = Room("childpages", __name__, child=True)
open_pages = Open("childpages_open", __name__)

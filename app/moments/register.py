"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.config import Config
from app.moments.models import MOMENT
from app.rooms import bring_kind


def register(app: Flask, config: Config) -> None:
    """Bring the room's kind."""
    bring_kind(MOMENT)

"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.config import Config
from app.rooms import bring_kind
from app.sharing.models import SHARE


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes."""
    bring_kind(SHARE)

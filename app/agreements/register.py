"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.agreements.models import AGREEMENT, OUTCOME
from app.config import Config
from app.rooms import bring_kind


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes."""
    bring_kind(AGREEMENT)
    bring_kind(OUTCOME)

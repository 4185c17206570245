"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.config import Config
from app.proposals.models import LINE, PROPOSAL
from app.rooms import bring_kind


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds."""
    bring_kind(PROPOSAL)
    bring_kind(LINE)

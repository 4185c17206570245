"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.accounts.models import CARD
from app.accounts.owners import erase_with
from app.config import Config
from app.rooms import bring_erasing, bring_kind, bring_staying


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes."""
    bring_kind(CARD)
    bring_staying("card")
    bring_erasing(erase_with)

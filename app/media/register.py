"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.config import Config
from app.media import ledger, shelf
from app.rooms import Media, bring_erasing, bring_media, bring_tidy


def register(app: Flask, config: Config) -> None:
    """Bring the shelf of files and its ledger."""
    shelf.install(app, config)
    bring_media(Media(ledger.moved, ledger.is_there, ledger.erased))
    bring_erasing(ledger.erased)
    bring_tidy("media", ledger.tidy)

"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.config import Config
from app.media import models  # noqa: F401 - the table of photos joins the others


def register(app: Flask, config: Config) -> None:
    """Bring the table of photos."""

"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask

from app.config import Config


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes."""

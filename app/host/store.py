"""Reads whether the databases answer; no row of a plan."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.db import db


def databases_answer() -> bool:
    """Whether the content database and the key store both answer."""
    try:
        for engine in db.engines.values():
            with engine.connect() as connection:
                connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True

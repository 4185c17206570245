"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask, url_for

from app.config import Config
from app.goals.models import GOAL, STEP
from app.goals.views import goals
from app.goals.words import told, told_step
from app.rooms import bring_address, bring_kind, bring_told


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes."""
    bring_kind(GOAL)
    bring_kind(STEP)
    bring_address("goal", lambda goal: url_for("goals.show", plan=goal.plan, goal=goal.id))
    bring_address("step", lambda step: url_for("goals.show", plan=step.plan, goal=step.parent))
    bring_told("goal", told)
    bring_told("step", told_step)
    app.register_blueprint(goals)

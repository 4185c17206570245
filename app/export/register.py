"""Joins this room to the app."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from app.config import Config
from app.export import commands, rules, shelf
from app.export.child_views import papers
from app.export.views import export
from app.policy.actor import Actor
from app.rooms import Job, bring_job, bring_tidy


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes and its job."""
    bring_job(commands.JOB, Job(commands.make, shelf.all_waiting, shelf.of_plan))
    bring_tidy("export", _forget_old)
    app.register_blueprint(export)
    app.register_blueprint(papers)


def _forget_old(actor: Actor, at: datetime) -> None:
    shelf.forget(actor, at - rules.KEPT_FOR)

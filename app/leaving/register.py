"""Joins this room to the app."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask

from app.config import Config
from app.endings import bring_ending, bring_restored
from app.items import Thing
from app.keystore import Ended
from app.leaving import again, commands, store, words
from app.leaving.views import leaving
from app.policy.actor import Actor, ActorKind
from app.rooms import Panel, bring_ended, bring_panel, bring_tidy


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes, its notice on "Ons plan", the end of a plan on its day, and both after a restore."""
    bring_panel("plan", "leaving", _asked)
    bring_tidy("leaving", _end_all_over)
    bring_ended(commands.end_if_over)
    bring_ending(Ended.MEMBER, again.leave_again)
    bring_ending(Ended.PLAN, again.end_again)
    bring_restored("leaving", again.wait_again)
    app.register_blueprint(leaving)


def _asked(actor: Actor, _plan: Thing[Any]) -> Panel | None:
    """Somebody asks to delete the plan: every parent reads it, and stops it with one tap."""
    if actor.kind is not ActorKind.PARENT or not store.is_asked(actor):
        return None
    view = store.parents(actor)
    return None if view is None else Panel("leaving/_asked.html", {"said": words.asked(view)}, first=True)


def _end_all_over(_actor: Actor, _at: datetime) -> None:
    commands.end_all_over()

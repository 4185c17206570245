"""Joins this room to the app."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask, g, request

from app.config import Config
from app.endings import bring_ending, bring_restored
from app.items import Thing
from app.keystore import Ended
from app.leaving import again, commands, store, words
from app.leaving.views import leaving
from app.plan import store as plans
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
    app.jinja_env.globals["asked_to_go"] = _is_told_here
    app.register_blueprint(leaving)


def _asked(actor: Actor, _plan: Thing[Any]) -> Panel | None:
    """Somebody asks to delete the plan: every parent reads it, and stops it with one tap."""
    if actor.kind is not ActorKind.PARENT or not store.is_asked(actor):
        return None
    view = store.parents(actor)
    return None if view is None else Panel("leaving/_asked.html", {"said": words.asked(view)}, first=True)


def _is_told_here() -> bool:
    """Whether a page says that the plan may go: every page of a parent, but for those that say when and by whom."""
    actor: Actor | None = g.get("actor")
    if actor is None or actor.plan is None or actor.kind is not ActorKind.PARENT or actor.scribe is not None:
        return False
    return request.endpoint not in {"home.show", "leaving.close"} and plans.is_asked_to_go(actor.plan)


def _end_all_over(_actor: Actor, _at: datetime) -> None:
    commands.end_all_over()

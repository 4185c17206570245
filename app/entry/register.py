"""Joins this room to the app."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.accounts import recovery
from app.accounts import store as accounts
from app.config import Config
from app.entry import keeper as keepers
from app.entry import store
from app.entry.letters import install, send
from app.entry.lost_views import open_entry
from app.entry.proof_views import entry
from app.items import Thing
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.rooms import Job, Panel, bring_job, bring_panel
from app.web.session import seat_in


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes, and what "Ons plan" says about keys."""
    app.register_blueprint(entry)
    app.register_blueprint(open_entry)
    bring_panel("plan", "entry", _about_keys)
    bring_job("recovery", Job(send, recovery.waiting))
    install(app, config)
    app.jinja_env.globals["passkeys_work"] = keepers.passkeys_work
    app.jinja_env.globals["own_keys"] = keepers.of_account


def _about_keys(actor: Actor, _plan: Thing[Any]) -> Panel | None:
    """Whether a member has a way back in, and whether a new device came in as them."""
    if actor.plan is None or actor.seat is None or not permits(actor, Action.ENTRY_SEE):
        return None
    here = seat_in(actor.plan, "member", actor.seat)
    devices = accounts.devices(actor)
    new = accounts.new_among(devices, None if here is None else here.id)
    keeper = keepers.of_seat(actor)
    way_back = keeper.has_way_back or accounts.has_way_back(actor)
    told = {"new": new, "locks": keeper.new_locks, "asked": keeper.asked, "changed": keeper.news}
    only_here = not way_back and len(devices) < 2 and store.is_alone(actor)
    given = {**told, "way_back": way_back, "only_here": only_here, "keeper": keeper}
    news = any(told.values())
    return Panel("entry/_notices.html", given, first=news, waits=True) if news or not way_back else None

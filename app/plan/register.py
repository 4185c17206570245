"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask, url_for

from app.config import Config
from app.endings import bring_ending
from app.keystore import Ended
from app.plan.commands import end_invite
from app.plan.models import CLOSING, HOME, INVITE, MEMBER, PLAN
from app.plan.store import member_actor
from app.plan.views import plan
from app.plan.words import told, told_home, told_way_in
from app.rooms import bring_address, bring_kind, bring_seat, bring_staying, bring_told


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes, and how an invitation ends again after a restore."""
    for kind in (PLAN, MEMBER, INVITE, CLOSING, HOME):
        bring_kind(kind)
    bring_staying("member", "invite", "closing")
    bring_ending(Ended.INVITE, end_invite)
    bring_seat("member", member_actor)
    bring_told("plan", told)
    bring_told("home", told_home)
    bring_told("member", told_way_in)
    bring_told("invite", told_way_in)
    bring_address("plan", lambda thing: url_for("plan.facts", plan=thing.id))
    bring_address("home", lambda home: url_for("plan.homes", plan=home.plan))
    app.register_blueprint(plan)

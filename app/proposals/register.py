"""Joins this room to the app."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.config import Config
from app.items import Thing
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.proposals import ending, panels, reading
from app.proposals.guest_views import proposing
from app.proposals.models import LINE, PROPOSAL
from app.proposals.nouns import Target
from app.proposals.views import proposals
from app.rooms import KINDS, Panel, bring_answers, bring_kind, bring_panel, bring_tidy
from app.scope import load


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes, and its part of the pages of other rooms."""
    bring_kind(PROPOSAL)
    bring_kind(LINE)
    for place in ("goal", "agreement", "person", "home"):
        bring_panel(place, "proposing", _propose_here)
    bring_panel("more", "proposing", _own_proposals)
    bring_panel("plan", "proposing", _an_answer)
    bring_answers(reading.waits)
    bring_panel("plan", "proposals", panels.on_home)
    for place in ("goal", "step", "agreement", "person", "home"):
        bring_panel(place, "proposals", panels.on_thing)
    bring_panel("steps", "proposals", panels.among_steps)
    for place, about in (("agreements", Target.AGREEMENT), ("people", Target.PERSON), ("homes", Target.HOME)):
        bring_panel(place, "proposals", panels.beside_new(about))
    bring_tidy("proposals", ending.end_what_ended)
    app.register_blueprint(proposals)
    app.register_blueprint(proposing)


def _propose_here(actor: Actor, thing: Thing[Any]) -> Panel | None:
    """The way for a guest to propose something about what they look at."""
    if not permits(actor, Action.PROPOSAL_SEND):
        return None
    return Panel("proposals/_here.html", {"asked": {"over": thing.kind.name, "ding": thing.id}})


def _own_proposals(actor: Actor, _plan: Thing[Any]) -> Panel | None:
    """The way to what a guest proposed before."""
    return Panel("proposals/_more.html") if permits(actor, Action.PROPOSAL_SEND) else None


def _an_answer(actor: Actor, _plan: Thing[Any]) -> Panel | None:
    """First on Ons plan of a guest: that the family answered."""
    # The page read all of it: without an answer there is nothing to ask the database.
    answers = (line.state in reading.ANSWERED for line in load(actor, *KINDS.values()).all(LINE))
    may = permits(actor, Action.PROPOSAL_SEND) and any(answers)
    return Panel("proposals/_answered.html", first=True) if may and reading.waits([actor]) else None

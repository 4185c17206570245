"""Pages put together from the rest. HTTP only."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from app.goals import store as goal_store
from app.goals.store import GoalsView
from app.policy.actions import Action
from app.policy.actor import Actor
from app.web.public import Open
from app.web.respond import page
from app.web.room import Room

home = Room("home", __name__)
open_home = Open("home_open", __name__)


@home.get("/", needs=Action.PLAN_SEE, load=goal_store.goals)
def show(_actor: Actor, board: GoalsView) -> Response:
    """Ons plan: what now, who now."""
    return page("home/show.html", board=board, plan=board.plan, tab="plan")


@open_home.post("/weg", because="Snel weg: leads away from every page, with or without a session")
def leave() -> Response:
    """Leave at once for our own neutral page."""
    return redirect(url_for("home.landing"), 303)


@open_home.get("/", because="the landing: shows nothing of any plan")
def landing() -> Response:
    """What Ons Plan is, and the way in."""
    return page("home/landing.html")

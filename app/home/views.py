"""Pages put together from the rest. HTTP only."""

from __future__ import annotations

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

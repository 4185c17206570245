"""Van waar wij komen. HTTP only; nothing here writes."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from app.goals import words as goal_words
from app.lookback import store, words
from app.lookback.store import LookbackView, RoadView
from app.policy.actions import Action
from app.policy.actor import Actor
from app.web.respond import page
from app.web.room import Room

lookback = Room("lookback", __name__)


def _part_asked(actor: Actor) -> RoadView | None:
    """The part of the road the address asks for: `deel` is its number, from the newest back."""
    text = request.args.get("deel", "1")
    return store.road(actor, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else None


@lookback.get("/terugblik", needs=Action.HISTORY_SEE, load=store.lookback)
def show(_actor: Actor, board: LookbackView) -> Response:
    """The begin and now above each other, and what they did themselves."""
    return page(
        "lookback/show.html",
        board=board,
        plan=board.plan,
        words=words,
        goal_words=goal_words,
        part=board.newest,
        tab="plan",
        main_class="wide",
    )


@lookback.get("/terugblik/gedaan", needs=Action.HISTORY_SEE, load=_part_asked)
def road(_actor: Actor, board: RoadView) -> Response:
    """All they did themselves, a part at a time."""
    return page("lookback/road.html", board=board, plan=board.plan, words=words, part=board.part, tab="plan")

"""Wat is er nieuw? HTTP only."""

from __future__ import annotations

from datetime import datetime

from flask import request, url_for
from werkzeug.wrappers import Response

from app.news import marks, store, words
from app.news.store import NewsView
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web.respond import done, page
from app.web.room import Room

news = Room("news", __name__)


@news.get("/nieuw", needs=Action.NEWS_SEE, load=store.news)
def index(_actor: Actor, board: NewsView) -> Response:
    """What others changed since they saw it all."""
    return page("news/index.html", board=board, plan=board.plan, words=words, tab="plan")


@news.post("/nieuw/gezien", needs=Action.NEWS_SEE, load=store.news)
def seen(actor: Actor, board: NewsView) -> Response:
    """Ik heb alles gezien: up to when that page was made, so that what came since stays news."""
    marks.mark(actor, min(_until(request.form.get("until", "")) or board.until, board.until))
    return done(url_for("home.show"), _("Bewaard."))


def _until(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None

"""Wanneer ging mijn doos open? And what a child does when that was not itself. HTTP only."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.childpages import boxes, words
from app.childpages.boxes import Opened
from app.childpages.room import childpages
from app.children import twice
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web.respond import done, page

__all__ = ["childpages"]


@childpages.get("/mij/doos/open", needs=Action.OWN_LOOKS_SEE, load=boxes.opened)
def openings(_actor: Actor, opened: Opened) -> Response:
    """When my box was open, and how."""
    return page("childpages/openings.html", plan=True, tab="me", opened=opened, words=words)


@childpages.post("/mij/doos/sleutels-weg", needs=Action.OWN_LOCK, load=boxes.opened)
def stop_own_keys(actor: Actor, _opened: Opened) -> Response:
    """No key of mine works any more but on this device."""
    twice.end_own_keys(actor)
    return done(url_for("childpages.openings"), _("Geen enkele andere sleutel van jou werkt nog."))


@childpages.post("/mij/doos/alleen-hier", needs=Action.OWN_LINK, load=boxes.opened)
def leave_other_home(actor: Actor, _opened: Opened) -> Response:
    """What I keep is here only."""
    twice.leave_others(actor)
    return done(url_for("childpages.openings"), _("Wat jij bewaart, is nu alleen hier."))

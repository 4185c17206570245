"""Joins this room to the app."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, url_for

from app.config import Config
from app.endings import bring_ending
from app.items import Thing
from app.keystore import Ended
from app.policy.actor import Actor
from app.rooms import (
    Panel,
    bring_going,
    bring_kind,
    bring_looked,
    bring_outlives,
    bring_panel,
    bring_seat,
    bring_staying,
    bring_told,
)
from app.sharing import audiences, commands, ledger, seats, store, visit, words
from app.sharing.audience_views import sharing
from app.sharing.link_views import open_sharing
from app.sharing.models import SHARE
from app.translations import gettext as _


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes, and how a share ends again after a restore."""
    bring_kind(SHARE)
    bring_staying("share")
    bring_outlives("share", seats.outlives)
    bring_seat("link", seats.link_actor)
    bring_seat("guest", seats.guest_actor)
    bring_looked(ledger.record_visit)
    bring_told("share", lambda whole, body, _state: [(_("Met wie?"), whole.name(body.person))])
    bring_going("person", commands.close_with)
    bring_ending(Ended.SHARE, commands.end_again)
    bring_panel("goal", "sharing", _who_sees)
    bring_panel("person", "sharing", _who_sees_a_person)
    app.jinja_env.globals["audience_of"] = lambda thing: audiences.audience_of(g.actor, thing)
    app.jinja_env.globals["visiting"] = visit.visiting
    app.jinja_env.globals["visit_words"] = words.visit
    app.register_blueprint(sharing)
    app.register_blueprint(open_sharing)


def _who_sees(actor: Actor, thing: Thing[Any]) -> Panel | None:
    """Who sees a thing, on its own page."""
    seen = audiences.audience_of(actor, thing)
    return None if seen is None else Panel("sharing/_panel.html", {"seen": seen})


def _who_sees_a_person(actor: Actor, person: Thing[Any]) -> Panel | None:
    """The same for a person, and the way to share with them."""
    seen = audiences.audience_of(actor, person)
    if seen is None:
        return None
    given: dict[str, Any] = {"seen": seen}
    if not any(one.actor.person == person.id for one in store.readers(actor)) and person.body.name:
        href = url_for("sharing.what", plan=person.plan, person=person.id)
        given |= {"label": _("Deel met %(name)s", name=person.body.name), "href": href}
    return Panel("sharing/_panel.html", given)

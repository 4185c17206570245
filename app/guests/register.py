"""Joins this room to the app."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask, url_for

from app.config import Config
from app.endings import bring_ending
from app.guests import store
from app.guests.card_views import open_guests
from app.guests.ledger import stop_card
from app.guests.models import GREETING
from app.guests.views import guests
from app.guests.words import begun, more
from app.items import Thing
from app.keystore import Ended
from app.people.nouns import FamilyRole
from app.policy.actor import Actor, ActorKind
from app.rooms import Panel, bring_farewell, bring_kind, bring_panel
from app.sharing import store as sharing
from app.translations import gettext as _
from app.web.session import visitor


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes, and how a start card ends again after a restore."""
    bring_kind(GREETING)
    bring_ending(Ended.START_CARD, stop_card)
    bring_farewell(_was_guest)
    bring_panel("person", "guests", _invite)
    bring_panel("plan", "guests", _greetings)
    app.register_blueprint(guests)
    app.register_blueprint(open_guests)


def _was_guest(plan: UUID) -> bool:
    """Whether this browser was."""
    return store.was_guest(visitor(), plan)


def _invite(actor: Actor, person: Thing[Any]) -> Panel | None:
    """On the page of somebody with no key and no link: the way to invite them. A child gets a page of its own."""
    if actor.kind is not ActorKind.PARENT or not person.body.name or person.body.family_role is FamilyRole.CHILD:
        return None
    if any(one.actor.person == person.id for one in sharing.readers(actor)):
        return None
    href = url_for("guests.what", plan=person.plan, person=person.id)
    label = _("Nodig %(name)s uit als gast", name=person.body.name)
    return Panel("guests/_invite.html", {"label": label, "href": href})


def _greetings(actor: Actor, _plan: Thing[Any]) -> Panel | None:
    """On Ons plan: who left, and who would like to come."""
    if actor.kind is not ActorKind.PARENT:
        return None
    waiting = store.greetings(actor)
    given = {"waiting": waiting, "begun": begun, "more": more(len(waiting) - 1)}
    return Panel("guests/_greetings.html", given, waits=True) if waiting else None

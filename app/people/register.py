"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask, url_for

from app.config import Config
from app.people.letters import initials
from app.people.models import CONTACT, PERSON
from app.people.views import people
from app.people.words import faces, family_faces, told, told_contact
from app.plan.store import key_holders
from app.rooms import bring_address, bring_faces, bring_kind, bring_stays, bring_told


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds, routes and people to choose from."""
    bring_kind(PERSON)
    bring_kind(CONTACT)
    bring_address("person", lambda person: url_for("people.show", plan=person.plan, person=person.id))
    bring_address("contact", lambda contact: url_for("people.show", plan=contact.plan, person=contact.parent))
    bring_faces("people", faces)
    bring_faces("family", family_faces)
    bring_told("person", told)
    bring_told("contact", told_contact)
    bring_stays("person", lambda actor, person: person.id in key_holders(actor))
    app.jinja_env.globals["initials"] = initials
    app.register_blueprint(people)

"""What choosing a picture says to people."""

from __future__ import annotations

from app.pictos.nouns import Group
from app.translations import gettext as _


def title(group: Group) -> str:
    """A part of the board, as people read it."""
    return {
        Group.FEELINGS: _("Gevoelens"),
        Group.PEOPLE: _("Mensen"),
        Group.HOME: _("Thuis"),
        Group.SCHOOL: _("School"),
        Group.PLAY: _("Spelen"),
        Group.BODY: _("Lichaam"),
        Group.HELP: _("Hulp"),
        Group.MONEY: _("Geld"),
        Group.WEATHER: _("Weer"),
        Group.DAYS: _("Dagen"),
    }[group]


def unknown() -> str:
    """To a choice that is none of the pictures."""
    return _("Kies een beeld dat hier staat.")

"""What the start, "Ons plan" and our neutral page say to people."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.home.rules import Reason
from app.home.store import HomeView
from app.people import words as people_words
from app.people.store import PersonView
from app.plan import domains
from app.plan.words import listed
from app.policy.actor import Ring
from app.rooms import Face
from app.translations import day_in_words, ngettext
from app.translations import gettext as _


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {Reason.NO_NAMES: _("Vul in hoe jullie heten.")}[reason]


def first_options() -> list[dict[str, Any]]:
    """The parts of life as tiles."""
    return [{"value": key, "label": name, "icon": domains.ICONS[key]} for key, name in domains.names().items()]


def first_about(board: HomeView) -> str:
    """The part of life a family chose first, as a word; own words are already a goal."""
    return domains.names().get(board.plan.body.first_about, "")


def family(board: HomeView) -> list[Face]:
    """The faces of the family itself; who has no name yet shows none."""
    return [people_words.face(person.thing) for person in board.people.in_ring(Ring.WE) if person.name]


def family_name(board: HomeView) -> str:
    """What the family calls itself."""
    return board.plan.body.name or listed([face.name for face in family(board)])


def names_typed(people: list[PersonView]) -> str:
    """Names in one field: "oma Lieve, tante Betty"."""
    return ", ".join(person.name for person in people if person.name)


def month(value: date) -> str:
    """A month as people say it: "november 2026"."""
    return day_in_words(value, "LLLL y")


def number(value: date) -> str:
    """A month as it stands in an address: "2026-11"."""
    return f"{value:%Y-%m}"


def weekdays(week: list[date]) -> list[tuple[str, str]]:
    """The days of a week, short and whole: ("ma", "maandag")."""
    return [(day_in_words(day, "EEEEEE"), day_in_words(day, "EEEE")) for day in week]


def day(value: date) -> str:
    """A day as people say it: "zondag 22 november 2026"."""
    return day_in_words(value, "EEEE d MMMM y")


def more_notices(count: int) -> str:
    """How many notices there are beside those that stand here."""
    return ngettext("Nog %(num)s bericht voor jou", "Nog %(num)s berichten voor jou", count)

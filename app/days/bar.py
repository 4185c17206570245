"""What stands around each page of a child: its level, its own face, and the pictures that lead to its pages."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, g

from app.db import now
from app.items import Thing
from app.local import local_day
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.pictos import nouns as pictos
from app.plan.models import PLAN
from app.plan.nouns import Level
from app.plan.store import own_page
from app.policy.actor import Actor, ActorKind
from app.scope import Whole, load
from app.translations import gettext as _

KNOWN = "onsplan.own_ways"
LEVELS = {Level.PICTURES: "beelden", Level.READING: "lezen", Level.YOUNG: "jongere"}


@dataclass(frozen=True, slots=True)
class Way:
    """A page of the child's: its key, where it is below the plan, its word, its pictogram and own icon."""

    key: str
    path: str
    word: str
    picto: str
    icon: str


def level() -> str:
    """How the page of who reads it is: "beelden", "lezen" or "jongere"; empty for who is no child."""
    actor = g.get("actor")
    if actor is None or actor.kind is not ActorKind.CHILD:
        return ""
    return LEVELS[own_page(actor).level]


def me() -> Thing[PersonBody] | None:
    """The child's own row, for its name and its face."""
    actor = g.get("actor")
    return None if actor is None else _around(actor).person(actor.person)


def ways() -> list[Way]:
    """The big steady pictures at the same place on each page, as far as those pages are there: never more than five."""
    return [way for way in _all() if _is_there(way.path)]


def mine() -> list[Way]:
    """What a child finds under its own face, as far as those pages are there."""
    all_of_it = (
        Way("feel", "/voel", _("Hoe voel jij je?"), pictos.FEEL, "health"),
        Way("nice", "/fijn", _("Wat vind ik fijn?"), pictos.NICE, "star"),
        Way("steps", "/stappen", _("Mijn stappen"), pictos.STEPS, "forward"),
        Way("box", "/doos", _("Wat ik bewaar"), pictos.BOX, "lock"),
        Way("trust", "/vertrouw", _("Wie ik vertrouw"), pictos.TRUST, "people"),
    )
    return [way for way in all_of_it if _is_there(way.path)]


def at_table() -> Way | None:
    """Where a child asks for somebody at our table."""
    way = Way("table", "/tafel", _("Ik wil iemand aan onze tafel"), pictos.TABLE, "table")
    return way if _is_there(way.path) else None


def _all() -> tuple[Way, ...]:
    return (
        Way("today", "", _("Vandaag"), pictos.TODAY, "clock"),
        Way("week", "/week", _("Week"), pictos.WEEK, "calendar"),
        Way("who", "/wie", _("Wie helpt?"), pictos.PEOPLE, "people"),
        Way("me", "/ik", _("Ik"), pictos.FEEL, "person"),
        Way("wish", "/wens", _("Mijn wens"), pictos.WISH, "star"),
    )


def weekday() -> int:
    """Which day of the week it is where the family lives; 0 is Monday."""
    actor = g.get("actor")
    zone = "Europe/Brussels" if actor is None else _around(actor).zone
    return local_day(now(), zone).weekday()


def _around(actor: Actor) -> Whole:
    return load(actor, PLAN, PERSON)


def _is_there(path: str) -> bool:
    known: dict[str, frozenset[str]] = current_app.extensions
    if KNOWN not in known:
        known[KNOWN] = frozenset(
            rule.rule for rule in current_app.url_map.iter_rules() if "GET" in (rule.methods or ())
        )
    return f"/p/<uuid:plan>/mij{path}" in known[KNOWN]

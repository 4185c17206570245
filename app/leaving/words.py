"""What leaving a plan and deleting it say to people."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.leaving.nouns import Copy, How, Take
from app.leaving.rules import Reason
from app.leaving.store import ParentsView
from app.translations import day_in_words
from app.translations import gettext as _


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.LAST_PARENT: _("Jij bent de enige ouder. Laat eerst iemand binnen."),
        Reason.CHOOSE: _("Kies een antwoord."),
        Reason.ASKED_ALREADY: _("Iemand vroeg dit al. Kijk bij Ons plan."),
        Reason.NO_LONGER: _("Niemand vraagt dit nog."),
        Reason.NOT_ALONE: _("Er is nog een ouder. Jullie beslissen dit samen."),
    }[reason]


def day(value: date) -> str:
    """A day in some weeks: "3 maart"."""
    return day_in_words(value, "d MMMM")


def asked(view: ParentsView) -> str:
    """Who asks it, and when it happens."""
    if view.asked_by_me:
        return _("Jij vraagt om ons plan weg te doen. Dat gebeurt op %(day)s.", day=day(view.day))
    if not view.asker:
        return _("Iemand vraagt om ons plan weg te doen. Dat gebeurt op %(day)s.", day=day(view.day))
    return _("%(who)s vraagt om ons plan weg te doen. Dat gebeurt op %(day)s.", who=view.asker, day=day(view.day))


def welcome(copy: Copy) -> str:
    """What they read first in their own plan."""
    if copy.lacks:
        return _("Dit is jouw eigen plan. Niet elke foto kon mee. Maak nu je sleutelkaart.")
    return _("Dit is jouw eigen plan. Maak nu je sleutelkaart.")


def take_options() -> list[dict[str, Any]]:
    """With a copy, or without."""
    return [
        {"value": Take.COPY, "label": _("Ja, met een kopie"), "hint": _("Een eigen plan, met wat jij nu ziet.")},
        {"value": Take.NOTHING, "label": _("Nee, zonder kopie"), "hint": _("Wat alleen jij zag, is dan weg.")},
    ]


def how_options(view: ParentsView) -> list[dict[str, Any]]:
    """In 30 days, or now."""
    return [
        {
            "value": How.IN_30_DAYS,
            "label": _("Op %(day)s", day=day(view.day)),
            "hint": _("Tot dan kan je dit stoppen."),
        },
        {"value": How.NOW, "label": _("Nu meteen"), "hint": _("Niemand haalt het nog terug.")},
    ]

"""What guests read: days, and a sentence for every reason."""

from __future__ import annotations

from app.guests.store import Farewell, GuestCard
from app.sharing.words import begun, day
from app.translations import gettext as _

__all__ = ["begun", "day"]


def family(card: GuestCard | Farewell) -> str:
    """What a family calls itself; they may not have said so."""
    return card.family or _("Een gezin")


def until(card: GuestCard) -> str:
    """Until when: "Te gast tot 15 mei."."""
    return _("Te gast tot %(day)s.", day=day(card.until, card.today))


def over(farewell: Farewell) -> str:
    """Since when no more."""
    return _("Je was te gast tot %(day)s.", day=day(farewell.ended, farewell.ended))

"""What guests read: days, and a sentence for every reason."""

from __future__ import annotations

from datetime import date

from app.db import now
from app.guests.rules import Reason
from app.guests.store import CardView, Farewell, GreetingView, GuestCard
from app.local import local_day
from app.sharing import rules
from app.sharing.words import begun, day, length_options, what_options
from app.translations import day_in_words, ngettext
from app.translations import gettext as _

__all__ = ["begun", "day", "length_options", "what_options"]


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.NO_LONGER: _("Dat account is er niet meer. Nodig die persoon opnieuw uit."),
        Reason.NO_NAME: _("Schrijf een naam."),
        Reason.IS_ANSWERED: _("Iemand van jullie gaf al een antwoord."),
        Reason.IS_HERE: _("Je bent hier al te gast."),
        Reason.MANY_CARDS: _("Je hebt al veel kaarten. Stop er eerst één."),
    }[reason]


def today(view: GreetingView) -> date:
    """The plan's local day."""
    return local_day(now(), view.whole.zone)


def usual_day(today: date) -> str:
    """The last day of a guest, unless the family says otherwise."""
    return day(today + rules.DAYS[rules.usual_length(guest=True)], today)


def card_of(card: CardView) -> str:
    """A start card, by the day it was made."""
    return _("Kaart van %(day)s", day=day_in_words(card.made, "d MMMM y"))


def more(count: int) -> str:
    """How many more guests wait for an answer."""
    return ngettext("Nog %(num)s gast", "Nog %(num)s gasten", count)


def family(card: GuestCard | Farewell) -> str:
    """What a family calls itself; they may not have said so."""
    return card.family or _("Een gezin")


def until(card: GuestCard) -> str:
    """Until when: "Te gast tot 15 mei."."""
    return _("Te gast tot %(day)s.", day=day(card.until, card.today))


def over(farewell: Farewell) -> str:
    """Since when no more."""
    return _("Je was te gast tot %(day)s.", day=day(farewell.ended, farewell.ended))

"""What the plan says to people: a sentence for every reason."""

from __future__ import annotations

from app.plan.rules import Reason
from app.translations import gettext as _


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.UNKNOWN_PERSON: _("Kies wie je binnenlaat, of schrijf een naam."),
        Reason.HAS_A_KEY: _("Die persoon kan ons plan al openen. Kies iemand anders."),
        Reason.INVITED_ALREADY: _("Die persoon heeft al een uitnodiging. Je vindt ze bij Wie kan ons plan openen?"),
        Reason.NO_LONGER: _("Deze link werkt niet meer. Vraag een nieuwe aan wie deze link gaf."),
    }[reason]

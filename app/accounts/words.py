"""What getting in says to people."""

from __future__ import annotations

from app.accounts.nouns import DeviceSort
from app.accounts.rules import Reason, Wait, device_sort
from app.translations import gettext as _
from app.translations import ngettext


def sentence(reason: Reason | Wait) -> str:
    """What to say when a key does not open. The same for a number that is not known."""
    if isinstance(reason, Wait):
        return ngettext(
            "Je probeerde het al vaak. Wacht 1 minuut en probeer dan opnieuw.",
            "Je probeerde het al vaak. Wacht %(num)s minuten en probeer dan opnieuw.",
            reason.minutes,
        )
    return {
        Reason.NOT_RIGHT: _("Dit is niet juist. Kijk op je sleutelkaart. Daar staan een nummer en 3 woorden."),
        Reason.NOT_THIS_PASSWORD: _("Deze naam en dit wachtwoord passen niet bij elkaar. Probeer opnieuw."),
        Reason.NOT_THIS_LOCK: _("Dit slot opent hier niets. Probeer opnieuw, of kies een andere sleutel."),
        Reason.LOCK_NOT_MADE: _("Het slot is niet bewaard. Probeer opnieuw."),
        Reason.NO_LOGIN: _("Schrijf een naam of je e-mailadres."),
        Reason.SHORT_PASSWORD: _("Dit wachtwoord is te kort. Schrijf 8 letters of meer."),
        Reason.KNOWN_PASSWORD: _("Dit wachtwoord is te makkelijk. Kies een ander. Een korte zin is goed."),
        Reason.NO_ADDRESS: _("Schrijf een e-mailadres. Bijvoorbeeld: an@voorbeeld.be."),
        Reason.TOO_EARLY: _("Deze link werkt nog niet. Wacht tot er 24 uur voorbij zijn."),
        Reason.NO_LONGER: _("Deze link werkt niet meer."),
    }[reason]


def device(agent: str) -> str:
    """What a person may recognise a browser by, from its User-Agent."""
    return {
        DeviceSort.IPHONE: _("iPhone"),
        DeviceSort.IPAD: _("iPad"),
        DeviceSort.ANDROID_PHONE: _("gsm met Android"),
        DeviceSort.ANDROID_TABLET: _("tablet met Android"),
        DeviceSort.COMPUTER: _("computer"),
        DeviceSort.OTHER: _("een ander toestel"),
    }[device_sort(agent)]

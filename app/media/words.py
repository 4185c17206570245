"""What a photo that is not kept says to people."""

from __future__ import annotations

from app.media.nouns import Fault
from app.translations import gettext as _


def sentence(fault: Fault) -> str:
    """What to say of a file that is not kept: what it is, then what now."""
    return {
        Fault.NOTHING: _("Kies eerst een foto."),
        Fault.TOO_BIG: _("De foto is te groot. Kies een andere foto."),
        Fault.TOO_WIDE: _("De foto is te groot. Kies een andere foto."),
        Fault.NOT_A_PHOTO: _("Dit bestand is geen foto. Kies een foto, of neem er een."),
        Fault.DAMAGED: _("Deze foto gaat niet open. Kies een andere foto."),
        Fault.TOO_SLOW: _("Deze foto openen duurt te lang. Kies een andere foto."),
        Fault.TOO_MANY: _("Er staan al heel veel foto’s in ons plan. Haal er eerst een weg."),
        Fault.BUSY: _("Er komen nu veel foto’s samen. Probeer het zo opnieuw."),
    }[fault]


def no_room() -> str:
    """What to say when a photo cannot be laid away now: the disk is full or broken, or the store does not answer."""
    return _("Het ligt aan ons, niet aan jou. Probeer het over een paar minuten opnieuw.")

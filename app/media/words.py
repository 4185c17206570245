"""What a photo, a voice note or a film that is not kept says to people."""

from __future__ import annotations

from app.media.nouns import BadFile, Fault, Sort
from app.translations import gettext as _


def of(bad: BadFile) -> str:
    """What to say of a file that was refused."""
    return sentence(bad.fault, bad.sort)


def sentence(fault: Fault, sort: Sort = Sort.PHOTO) -> str:
    """What to say of a file that is not kept: what it is, then what now."""
    if fault is Fault.TOO_MANY:
        return _("Er staat al heel veel in ons plan. Haal er eerst iets weg.")
    if fault is Fault.BUSY:
        return _("Er komt nu veel samen. Probeer het zo opnieuw.")
    return {Sort.PHOTO: _of_photo, Sort.VOICE: _of_voice, Sort.FILM: _of_film}[sort](fault)


def no_room() -> str:
    """What to say when it cannot be laid away now: the disk is full or broken, or the store does not answer."""
    return _("Het ligt aan ons, niet aan jou. Probeer het over een paar minuten opnieuw.")


def _of_photo(fault: Fault) -> str:
    return {
        Fault.NOTHING: _("Kies eerst een foto."),
        Fault.TOO_BIG: _("De foto is te groot. Kies een andere foto."),
        Fault.TOO_WIDE: _("De foto is te groot. Kies een andere foto."),
        Fault.WRONG_SORT: _("Dit bestand is geen foto. Kies een foto, of neem er een."),
        Fault.DAMAGED: _("Deze foto gaat niet open. Kies een andere foto."),
        Fault.TOO_SLOW: _("Deze foto openen duurt te lang. Kies een andere foto."),
    }[fault]


def _of_voice(fault: Fault) -> str:
    return {
        Fault.NOTHING: _("Spreek eerst iets in."),
        Fault.TOO_BIG: _("De opname is te groot. Spreek iets korters in."),
        Fault.TOO_WIDE: _("De opname is te groot. Spreek iets korters in."),
        Fault.WRONG_SORT: _("In dit bestand zit geen geluid. Spreek het opnieuw in."),
        Fault.DAMAGED: _("Deze opname gaat niet open. Spreek het opnieuw in."),
        Fault.TOO_SLOW: _("Deze opname openen duurt te lang. Spreek iets korters in."),
    }[fault]


def _of_film(fault: Fault) -> str:
    return {
        Fault.NOTHING: _("Kies eerst een filmpje."),
        Fault.TOO_BIG: _("Het filmpje is te groot. Neem er een van een halve minuut."),
        Fault.TOO_WIDE: _("Het beeld is te groot. Neem het filmpje kleiner op."),
        Fault.WRONG_SORT: _("Dit bestand is geen filmpje. Kies een filmpje, of neem er een op."),
        Fault.DAMAGED: _("Dit filmpje gaat niet open. Kies een ander filmpje."),
        Fault.TOO_SLOW: _("Dit filmpje openen duurt te lang. Neem er een van een halve minuut."),
    }[fault]

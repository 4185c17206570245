"""What moments say to people."""

from __future__ import annotations

from app.history.words import day as day_in_words
from app.items import Thing
from app.media.nouns import Sort
from app.moments.forms import MomentForm
from app.moments.nouns import MomentBody
from app.moments.recorded import WORD_OF
from app.moments.rules import Reason
from app.moments.store import day_of
from app.plan.words import day
from app.scope import Whole
from app.translations import gettext as _
from app.web.both import Side


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.NOTHING_TO_KEEP: _("Kies een foto, of schrijf iets op."),
        Reason.NOT_YET: _("Die dag komt nog. Kies een dag die voorbij is."),
    }[reason]


def recording(sort: Sort) -> str:
    """What the page is called where it is recorded or chosen."""
    return _("Een filmpje") if sort is Sort.FILM else _("Spreek het in")


def new(sort: Sort) -> str:
    """What the page is called on which one more is kept."""
    return {
        Sort.PHOTO: _("Bewaar een foto"),
        Sort.VOICE: _("Spreek iets in"),
        Sort.FILM: _("Bewaar een filmpje"),
    }[sort]


def in_address(sort: Sort) -> str | None:
    """The same in its address; a photo needs no word."""
    return WORD_OF.get(sort)


def kept(moment: Thing[MomentBody]) -> str:
    """What a moment is, when the family gave it no words."""
    body = moment.body
    if body.photo is None and body.film is not None:
        return _("Een filmpje van ons")
    return _("Een opname van ons") if body.photo is None and body.voice is not None else _("Een foto van ons")


def gone(sort: Sort) -> str:
    """What to say once it was taken away."""
    return {
        Sort.PHOTO: _("De foto is weg."),
        Sort.VOICE: _("De opname is weg."),
        Sort.FILM: _("Het filmpje is weg."),
    }[sort]


def field(reason: Reason) -> str:
    """At which field of the form to say it."""
    return "day" if reason is Reason.NOT_YET else "words"


def dated(moment: Thing[MomentBody], whole: Whole) -> str:
    """The day of a moment, as people say it."""
    return day_in_words(day_of(moment, whole.zone), whole.zone)


def in_form(form: MomentForm) -> list[Side]:
    """A moment as a form has it, in words."""
    shown = ((_("Wat is het?"), form.words.data, "words"), (_("Van welke dag?"), day(form.day.data), "day"))
    return [Side(label, text, (field,)) for label, text, field in shown]


def told(_whole: Whole, body: MomentBody, _state: str) -> list[tuple[str, str]]:
    """What history tells of a moment."""
    return [(_("Wat is het?"), body.words), (_("Van welke dag?"), day(body.day))]

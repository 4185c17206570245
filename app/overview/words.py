"""What the page of the overview says to people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.overview.forms import OverviewForm
from app.overview.rules import Reason
from app.overview.store import OverviewView
from app.plan.nouns import Kept, Overview
from app.plan.words import day, face_options, overview_options, overviews
from app.rooms import Face
from app.translations import gettext as _
from app.web.both import Side

__all__ = ["face_options", "overview_options"]


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.NOT_OUR_PERSON: _("Die naam staat niet meer bij onze mensen. Kies iemand anders."),
        Reason.STILL_TO_COME: _("Die dag komt nog. Kies vandaag of een dag die voorbij is."),
        Reason.BEFORE_THE_LAST: _("Toen hield iemand anders het overzicht. Kies een latere dag."),
    }[reason]


def keeps(view: OverviewView) -> str:
    """Who keeps the overview now, as its reader may know it."""
    return _told(view, view.body.overview, view.body.overview_person)


def kept(view: OverviewView, before: Kept) -> str:
    """Who kept it before."""
    return _told(view, before.overview, before.person)


def since(view: OverviewView) -> str:
    """Since when."""
    known = view.body.overview_since
    return "" if known is None else _("Sinds %(day)s", day=day(known))


def time_of(before: Kept) -> str:
    """From when until when."""
    if before.since is None:
        return _until(before.until)
    if before.until is None or before.since == before.until:
        return day(before.since)
    return _("Van %(day)s tot %(end)s", day=day(before.since), end=day(before.until))


def in_form(people: Sequence[Face], form: OverviewForm) -> list[Side]:
    """Who keeps the overview, as a form has it."""
    names = [face.name for face in people if face.id == form.overview_person.data]
    who = ", ".join((*([overviews()[form.overview.data]] if form.overview.data else []), *names))
    return [
        Side(_("Wie houdt het overzicht?"), who, ("overview", "overview_person")),
        Side(_("Sinds wanneer?"), day(form.since.data), ("since",)),
    ]


def _until(end: date | None) -> str:
    return "" if end is None else _("Tot %(day)s", day=day(end))


def _told(view: OverviewView, overview: Overview | None, person: UUID | None) -> str:
    """Words for who keeps it; of a person whom the reader does not see there is no name."""
    name = _("Jij") if person is not None and person == view.whole.actor.person else view.name(person)
    if overview is Overview.TOGETHER:
        return _("Wij en %(name)s samen", name=name) if name else _("Wij, samen met iemand")
    if overview is Overview.SOMEONE:
        return name or _("Iemand van onze mensen")
    return _("Wij zelf") if overview is Overview.WE else _("Wij weten het nog niet")

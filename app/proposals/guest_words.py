"""What a guest reads while proposing: names of lines, choices, and a sentence for every reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from app.items import Thing
from app.people.nouns import FamilyRole, PersonBody
from app.policy.actor import Ring
from app.proposals.nouns import Act, Said, Target
from app.proposals.rules import Reason
from app.translations import day_in_words
from app.translations import gettext as _
from app.words.people import Own, Part

# What the page of a line shows of it; all else of the line travels along.
FIELDS = (
    "what", "who", "who_else", "sort", "day", "other_day", "at", "weekdays", "every", "start", "until", "first", "last",
    "condition", "why", "asked_by",
)  # fmt: skip
ICONS = {
    Target.GOAL: "wool",
    Target.STEP: "check",
    Target.AGREEMENT: "calendar",
    Target.PERSON: "people",
    Target.HOME: "house",
}


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.NOTHING_SAID: _("Schrijf op wat je voorstelt. Klein is goed."),
        Reason.TOO_MANY: _("Dit is veel in één keer. Stuur eerst deze regels."),
        Reason.UNKNOWN_PERSON: _("Die naam staat niet meer bij de mensen. Kies iemand anders."),
        Reason.UNKNOWN_TARGET: _("Dat staat niet in dit plan. Kies iets anders."),
        Reason.NO_GOAL: _("Kies waar deze kleine stap bij hoort."),
        Reason.TOO_SOON: _("Het gezin zei: niet nu. Vraag dit later opnieuw."),
        Reason.DECIDED: _("Het gezin koos net. Kijk hoe het nu staat."),
    }[reason]


def too_soon(again: date) -> str:
    """The same, with the day from which it may be asked again."""
    return _("Het gezin zei: niet nu. Vraag dit opnieuw vanaf %(day)s.", day=from_day(again))


def from_day(day: date) -> str:
    """A day, without its year: it is never far."""
    return day_in_words(day, "d MMMM")


def nothing_changed() -> str:
    """A change that changes nothing."""
    return _("Alles staat nog zoals het was. Verander iets.")


def choose() -> str:
    """Nothing was chosen yet."""
    return _("Kies eerst iets.")


def title(act: Act, about: Target) -> str:
    """What a line is called."""
    return {
        (Act.NEW, Target.GOAL): _("Een nieuw doel"),
        (Act.NEW, Target.STEP): _("Een nieuwe kleine stap"),
        (Act.NEW, Target.AGREEMENT): _("Een nieuwe afspraak"),
        (Act.NEW, Target.PERSON): _("Iemand erbij"),
        (Act.NEW, Target.HOME): _("Een huis erbij"),
        (Act.CHANGED, Target.GOAL): _("Een doel veranderen"),
        (Act.CHANGED, Target.STEP): _("Een kleine stap veranderen"),
        (Act.CHANGED, Target.AGREEMENT): _("Een afspraak veranderen"),
        (Act.CHANGED, Target.PERSON): _("Iets veranderen bij iemand"),
        (Act.CHANGED, Target.HOME): _("Een huis veranderen"),
        (Act.STOPPED, Target.GOAL): _("Stoppen met een doel"),
        (Act.STOPPED, Target.STEP): _("Stoppen met een kleine stap"),
        (Act.STOPPED, Target.AGREEMENT): _("Stoppen met een afspraak"),
        (Act.STOPPED, Target.PERSON): _("Iemand niet meer bij de mensen"),
        (Act.STOPPED, Target.HOME): _("Een huis weg"),
    }[(act, about)]


def acts() -> list[dict[str, Any]]:
    """New, changed, stopped, to choose from."""
    told = {
        Act.NEW: (_("Iets nieuws"), "plus"),
        Act.CHANGED: (_("Iets veranderen"), "pencil"),
        Act.STOPPED: (_("Iets stoppen"), "cross"),
    }
    return [{"value": act.value, "label": word, "icon": icon} for act, (word, icon) in told.items()]


def abouts() -> list[dict[str, Any]]:
    """What a line can be about, to choose from."""
    told = {
        Target.AGREEMENT: _("Een afspraak"),
        Target.STEP: _("Een kleine stap"),
        Target.GOAL: _("Een doel"),
        Target.PERSON: _("Iemand"),
        Target.HOME: _("Een huis"),
    }
    return [{"value": about.value, "label": word, "icon": ICONS[about]} for about, word in told.items()]


def what_label(about: Target) -> str:
    """What is asked first of such a thing."""
    return {Target.PERSON: _("Wat doet die persoon?"), Target.HOME: _("Hoe heet dat huis?")}.get(about, _("Wat?"))


def name_of(thing: Thing[Any]) -> str:
    """What something of the plan is called there."""
    return str(getattr(thing.body, "words", "") or getattr(thing.body, "name", ""))


def present(thing: Thing[Any]) -> Said:
    """Something of the plan as it stands now, in the four lines."""
    body = thing.body
    if isinstance(body, PersonBody):
        return Said(who_else=body.name, what=next((role.relation for role in body.roles if role.relation), ""))
    named = getattr(body, "who", ()) or getattr(body, "helpers", ()) or getattr(body, "whose", ())
    who = named or getattr(body, "sleepers", ())
    said = Said(who=tuple(who), what=name_of(thing))
    return said if not hasattr(body, "when") else Said(who=said.who, what=said.what, when=body.when)


def own_people(people: Iterable[Thing[PersonBody]]) -> tuple[Own, ...]:
    """The people a guest sees, as the hard-words check knows them."""
    return tuple(
        Own(person.body.name, _part(person.body), tuple(role.relation for role in person.body.roles if role.relation))
        for person in people
    )


def _part(body: PersonBody) -> Part:
    if body.ring is not Ring.WE:
        return Part.OTHER
    parts = {FamilyRole.PARENT: Part.PARENT, FamilyRole.CHILD: Part.CHILD}
    return parts.get(body.family_role, Part.OTHER) if body.family_role else Part.OTHER

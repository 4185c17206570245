"""What sharing says to people: days, sentences about who sees what, and a sentence for every reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import current_app, url_for

from app.accounts import words as accounts_words
from app.accounts.rules import Wait
from app.agreements.nouns import WhenSort
from app.agreements.turns import AgreementView, Turn
from app.agreements.words import begun, near_day, rest, when
from app.config import Config
from app.items import Thing
from app.people.nouns import PersonBody
from app.people.store import RING_NUMBER
from app.people.words import help_line, line, names
from app.plan.words import listed
from app.policy.actor import Actor
from app.rooms import Face
from app.sharing import ledger, rules, store
from app.sharing.nouns import Part, What
from app.sharing.onlookers import Onlooker
from app.sharing.rules import Length, Reason
from app.sharing.visit import Visit
from app.translations import day_in_words, ngettext
from app.translations import gettext as _

if TYPE_CHECKING:
    from app.sharing.shown import SharedView

__all__ = ["begun", "help_line", "line", "listed", "names", "near_day", "rest"]


def sentence(reason: Reason | Wait) -> str:
    """What to say when a rule says no."""
    if isinstance(reason, Wait):
        return accounts_words.sentence(reason)
    return {
        Reason.NO_NAME: _("Schrijf een naam."),
        Reason.UNKNOWN_PERSON: _("Die naam staat niet meer bij onze mensen. Kies iemand anders."),
        Reason.HAS_OWN_KEY: _("Deze persoon opent ons plan met een eigen sleutel."),
        Reason.HAS_A_LINK: _("Deze persoon heeft al een link. Kijk hieronder."),
        Reason.IS_A_GUEST: _("Deze persoon is al binnen. Een nieuwe link is niet nodig."),
        Reason.NOT_HERE: _("Dit kan je hier niet delen. Kies iets anders."),
        Reason.NO_DAY: _("Kies een dag. Je kan die later nog veranderen."),
        Reason.PAST_DAY: _("Die dag is voorbij. Kies een dag die nog komt."),
        Reason.TOO_FAR: _("Kies een dag binnen 2 jaar. Later kan er tijd bij."),
        Reason.STOPPED: _("Dit delen is gestopt. Je kan opnieuw delen."),
        Reason.NOBODY_CHOSEN: _("Kies wie het ook ziet."),
        Reason.OPENS_THE_PLAN: _("Deze persoon opent ons plan met een eigen sleutel. Wij zien dit altijd."),
        Reason.WRITER_NARROWS: _("Wie dit schreef, kan het alleen voor zich houden."),
        Reason.WRITER_WIDENS: _("Wie dit schreef, kiest wie het ziet."),
        Reason.WORD_NEEDED: _("Welk woord spraken jullie af?"),
        Reason.WORD_WRONG: _("Dit is niet het woord. Vraag het nog eens."),
    }[reason]


def day(one: date, today: date) -> str:
    """A day: "1 maart"; with its year when that is another than this one."""
    return day_in_words(one, "d MMMM" if one.year == today.year else "d MMMM y")


def until(view: store.ShareView) -> str:
    """Until when: "De link stopt op 1 maart."; of a guest "Te gast tot 1 maart."."""
    last = view.thing.body.until or view.today
    said = _("Te gast tot %(day)s.") if view.thing.body.guest else _("De link stopt op %(day)s.")
    return said % {"day": day(last, view.today)}


def what(view: store.ShareView) -> str:
    """What a share opens: "Afspraken met oma, wat wij willen en onze mensen"."""
    body = view.thing.body
    return what_of(body.opened, view.name, alone=body.alone)


def what_of(opened: Sequence[str], name: str, *, alone: bool) -> str:
    """What these kinds open to somebody, in words."""
    if alone:
        return _("Alleen wat jij met %(name)s deelt", name=name)
    chosen = rules.whats_in(opened)
    first = _("alle afspraken") if What.AGREEMENTS in chosen else _("afspraken met %(name)s", name=name)
    more = {
        What.GOALS: _("wat wij willen"),
        What.PEOPLE: _("onze mensen"),
        What.PHOTOS: _("onze foto’s"),
        What.HOMES: _("waar wij slapen"),
        What.PAPER: _("op papier"),
    }
    return begun(listed([first, *(word for one, word in more.items() if one in chosen)]))


def sees(one: Onlooker) -> str:
    """What somebody sees, in words: all that is ours, what was opened to them, a child's page, or nothing."""
    if one.is_parent:
        return _("Ziet alles wat van ons is")
    said = [help_opens(one)] if one.is_meehelper else []
    if one.is_child:
        said.append(_("Ziet een eigen bladzijde. Jullie kiezen wat erop staat"))
    return ". ".join([*said, *map(what, one.shares)]) or _("Ziet niets")


def see_all(parents: Sequence[Face]) -> str:
    """That the parents see all that is ours."""
    return ngettext(
        "%(names)s ziet alles wat van ons is.",
        "%(names)s zien alles wat van ons is.",
        len(parents),
        names=begun(listed([face.name for face in parents])),
    )


def help_opens(one: Onlooker) -> str:
    """What an own key opens to a meehelper: "Wat wij willen en afspraken met tante Nele"."""
    return what_of(sorted(one.opened), one.face.name, alone=False)


def whats(view: store.ShareView) -> list[str]:
    """The tiles that are chosen now."""
    return [one.value for one in rules.whats_in(view.thing.body.opened)]


def what_options(*, guest: bool = False) -> list[dict[str, str]]:
    """The tiles of what to share, beside the agreements with that person."""
    of_a_guest = [
        {"value": What.HOMES, "label": _("Waar wij slapen"), "icon": "bed"},
        {"value": What.PAPER, "label": _("Mag afdrukken"), "icon": "print"},
    ]
    return [
        {"value": What.AGREEMENTS, "label": _("Alle afspraken"), "icon": "list"},
        {"value": What.GOALS, "label": _("Wat wij willen"), "icon": "star"},
        {"value": What.PEOPLE, "label": _("Onze mensen"), "icon": "people"},
        {"value": What.PHOTOS, "label": _("Onze foto’s"), "icon": "photo"},
        *(of_a_guest if guest else ()),
    ]


def not_for(names: Sequence[str]) -> str:
    """Which parents do not see what one parent keeps."""
    them = listed(names)
    return _("%(names)s zien dit niet.", names=them) if len(names) > 1 else _("%(names)s ziet dit niet.", names=them)


def thing_options(things: Iterable[Thing[Any]]) -> list[dict[str, str]]:
    """Single things to open by hand, in the family's words."""
    return [
        {"value": str(thing.id), "label": thing.kind.label(thing.body) or thing.kind.noun(), "hint": thing.kind.noun()}
        for thing in things
    ]


def length_options(today: date, *, guest: bool = False) -> list[dict[str, str]]:
    """Until when, each with its day."""
    first = {Length.SEASON: _("3 maanden"), Length.HALF: _("6 maanden")}
    names = {
        **(first if guest else {Length.MONTH: _("1 maand"), Length.SEASON: _("3 maanden")}),
        Length.YEAR: _("1 jaar"),
    }
    options = [
        {"value": length, "label": name, "hint": _("tot %(day)s", day=day(today + rules.DAYS[length], today))}
        for length, name in names.items()
    ]
    return [*options, {"value": Length.OWN, "label": _("Een andere dag")}]


def looked(one: ledger.Seen) -> str:
    """What somebody looked at on a day: "Oma keek naar de afspraken en wat wij willen."."""
    parts = {
        Part.AGREEMENTS: _("de afspraken"),
        Part.GOALS: _("wat wij willen"),
        Part.PEOPLE: _("onze mensen"),
        Part.PHOTOS: _("onze foto’s"),
        Part.PLAN: _("ons plan"),
        Part.HOMES: _("waar wie slaapt"),
        Part.PAPER: _("ons plan op papier"),
        Part.NOTHING: _("een bladzijde zonder iets erop"),
    }
    return _(
        "%(name)s keek naar %(parts)s.", name=begun(one.face.name), parts=listed([parts[part] for part in one.parts])
    )


def visit(one: Visit) -> str:
    """Where a guest is, and until when: "Je bent te gast bij familie Peeters, tot 22 mei."."""
    family = one.family or _("dit gezin")
    if one.until is None:
        return _("Je bent te gast bij %(family)s.", family=family)
    return _("Je bent te gast bij %(family)s, tot %(day)s.", family=family, day=day(one.until, one.today))


def ring(person: Thing[PersonBody]) -> int:
    """1, 2 or 3: what the macros of faces need."""
    return RING_NUMBER[person.body.ring]


def face_options(people: Iterable[Face]) -> list[dict[str, Any]]:
    """People to choose from."""
    return [{"value": str(face.id), "label": face.name, "ring": face.ring, "photo": face} for face in people]


def printed_on(view: SharedView) -> str:
    """The day on a sheet of paper."""
    return _("Papier van %(day)s", day=day_in_words(view.today, "d MMMM y"))


def on_paper(agreement: AgreementView, view: SharedView) -> tuple[str, str]:
    """When it is, by its date, and who else does it; nothing for what is open."""
    said = agreement.thing.body.when
    others = listed([face.name for face in agreement.faces if face.id != view.actor.person])
    return ("" if said.sort is WhenSort.OPEN else begun(when(said, view.today, lasting=True))), others


def with_others(turn: Turn, actor: Actor) -> str:
    """With whom somebody does it: "samen met Jef"."""
    return _(
        "samen met %(names)s", names=listed([face.name for face in turn.agreement.faces if face.id != actor.person])
    )


def address(token: str, *, guest: bool = False) -> str:
    """The address of a link or of a guest's invitation, from the address people use for this product."""
    config: Config = current_app.extensions["onsplan.config"]
    return config.address + url_for("guests.arrive" if guest else "sharing.arrive", token=token)


def whatsapp(link: str, *, guest: bool = False) -> str:
    """Where WhatsApp opens with a message that names nobody."""
    said = _("Je bent welkom in een plan: %(link)s", link=link) if guest else message(link)
    return "https://wa.me/?text=" + quote(said)


def message(link: str) -> str:
    """What to send along with a link."""
    return _("Ik deel iets met jou: %(link)s", link=link)

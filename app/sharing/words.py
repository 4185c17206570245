"""What sharing says to people: days, sentences about who sees what, and a sentence for every reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote

from flask import current_app, url_for

from app.accounts import words as accounts_words
from app.accounts.rules import Wait
from app.agreements.turns import Turn
from app.agreements.words import begun, near_day, rest
from app.config import Config
from app.items import Thing
from app.people.nouns import PersonBody
from app.people.store import RING_NUMBER
from app.people.words import help_line, line, names
from app.plan.words import listed
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind, Ring
from app.policy.audience import Audience, Facts, Who, is_private
from app.policy.decide import permits
from app.rooms import Face, faces
from app.sharing import ledger, rules, store
from app.sharing.nouns import Part, What
from app.sharing.rules import Length, Reason
from app.sharing.store import Reader
from app.translations import day_in_words, ngettext
from app.translations import gettext as _

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
    more = {What.GOALS: _("wat wij willen"), What.PEOPLE: _("onze mensen")}
    return begun(listed([first, *(word for one, word in more.items() if one in chosen)]))


def whats(view: store.ShareView) -> list[str]:
    """The tiles that are chosen now."""
    return [one.value for one in rules.whats_in(view.thing.body.opened)]


def what_options() -> list[dict[str, str]]:
    """The tiles of what to share, beside the agreements with that person."""
    return [
        {"value": What.AGREEMENTS, "label": _("Alle afspraken"), "icon": "list"},
        {"value": What.GOALS, "label": _("Wat wij willen"), "icon": "star"},
        {"value": What.PEOPLE, "label": _("Onze mensen"), "icon": "people"},
    ]


def thing_options(things: Iterable[Thing[Any]]) -> list[dict[str, str]]:
    """Single things to open by hand, in the family's words."""
    return [
        {"value": str(thing.id), "label": thing.kind.label(thing.body), "hint": thing.kind.noun()} for thing in things
    ]


def length_options(today: date) -> list[dict[str, str]]:
    """Until when, each with its day."""
    names = {Length.MONTH: _("1 maand"), Length.SEASON: _("3 maanden"), Length.YEAR: _("1 jaar")}
    options = [
        {"value": length, "label": name, "hint": _("tot %(day)s", day=day(today + rules.DAYS[length], today))}
        for length, name in names.items()
    ]
    return [*options, {"value": Length.OWN, "label": _("Een andere dag")}]


def looked(one: ledger.Seen) -> str:
    """What somebody looked at on a day: "Oma keek naar afspraken en wat wij willen."."""
    parts = {
        Part.AGREEMENTS: _("afspraken"),
        Part.GOALS: _("wat wij willen"),
        Part.PEOPLE: _("onze mensen"),
        Part.PLAN: _("ons plan"),
        Part.HOMES: _("waar wie slaapt"),
        Part.PAPER: _("ons plan op papier"),
        Part.NOTHING: _("een bladzijde zonder iets erop"),
    }
    return _(
        "%(name)s keek naar %(parts)s.", name=begun(one.face.name), parts=listed([parts[part] for part in one.parts])
    )


def ring(person: Thing[PersonBody]) -> int:
    """1, 2 or 3: what the macros of faces need."""
    return RING_NUMBER[person.body.ring]


def face_options(people: Iterable[Face]) -> list[dict[str, Any]]:
    """People to choose from."""
    return [{"value": str(face.id), "label": face.name, "ring": face.ring} for face in people]


def with_others(turn: Turn, actor: Actor) -> str:
    """With whom somebody does it: "samen met Jef"."""
    return _(
        "samen met %(names)s", names=listed([face.name for face in turn.agreement.faces if face.id != actor.person])
    )


def address(token: str) -> str:
    """The address of a link, from the address people use for this product."""
    config: Config = current_app.extensions["onsplan.config"]
    return config.address + url_for("sharing.arrive", token=token)


def whatsapp(link: str) -> str:
    """Where WhatsApp opens with a message that names nobody."""
    return "https://wa.me/?text=" + quote(message(link))


def message(link: str) -> str:
    """What to send along with a link."""
    return _("Ik deel iets met jou: %(link)s", link=link)


# ---- who sees an item ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """Who sees an item: what the macro `audience` needs. `href` is where to choose it, when this actor may."""

    sentence: str
    faces: list[Face]
    href: str = ""


def audience_of(actor: Actor, thing: Thing[Any]) -> Seen | None:
    """Who sees this, for a page of the family; None for who is not told (a meehelper knows of no links)."""
    if actor.kind is not ActorKind.PARENT:
        return None
    readers = store.readers(actor)
    may = rules.may_choose_audience_of(thing.kind.name) and permits(actor, Action.AUDIENCE_CHANGE, thing.facts)
    href = url_for("sharing.audience", plan=thing.plan, kind=thing.kind.name, item=thing.id) if may else ""
    seen = store.seen_by(readers, thing.facts)
    return Seen(who_sees(actor, thing.facts, seen), [reader.face for reader in seen], href)


def who_sees(actor: Actor, item: Facts, seen: Sequence[Reader]) -> str:
    """Who sees an item, in one sentence."""
    others = [reader.face.name for reader in seen if not reader.is_parent and reader.face.name]
    if not is_private(item):
        return also(others) if others else _("Alleen wij zien dit")
    with_me = [reader.face.name for reader in seen if reader.is_parent and reader.actor.person != actor.person]
    return (
        _("Alleen %(names)s en jij zien dit", names=listed(shown(with_me + others)))
        if with_me + others
        else _("Alleen jij ziet dit")
    )


def effects(actor: Actor, thing: Thing[Any], chosen: Audience) -> list[str]:
    """What choosing this audience does: who will see it, who not any more, who only after a link."""
    readers, after = store.readers(actor), replace(thing.facts, audience=chosen)
    before, seen = store.seen_by(readers, thing.facts), store.seen_by(readers, after)
    names_of = {face.id: face.name for face in people(actor)}
    seeing = {reader.actor.person for reader in seen}
    lost = [reader.face.name for reader in before if reader.actor.person not in seeing]
    waiting = [names_of[one] for one in chosen.people if one in names_of and one not in seeing]
    said = [who_sees(actor, after, seen)]
    if lost:
        one, more = _("%(names)s ziet dit niet meer"), _("%(names)s zien dit niet meer")
        said.append((one if len(lost) == 1 else more) % {"names": listed(shown(lost))})
    if waiting and is_private(after):
        said.append(_("Voor %(names)s: deel eerst een link, alleen vanuit jou", names=listed(shown(waiting))))
    elif waiting:
        said.append(_("Voor %(names)s: deel eerst een link", names=listed(shown(waiting))))
    return [f"{begun(one)}." for one in said]


def people(actor: Actor) -> list[Face]:
    """The people one may choose: all but the parents."""
    parents = {reader.actor.person for reader in store.readers(actor) if reader.is_parent}
    return [face for face in faces("people", actor) if face.id not in parents and face.name]


def also(names: Sequence[str]) -> str:
    """That these people see it too."""
    return ngettext("Ook %(names)s ziet dit", "Ook %(names)s zien dit", len(names), names=listed(shown(names)))


def shown(names: Sequence[str], most: int = 3) -> list[str]:
    """The first names, and how many more."""
    rest = len(names) - most
    if rest < 2:
        return list(names)
    return [*names[:most], _("%(number)s anderen", number=rest)]


def who_options(thing: Thing[Any], *, writer: bool) -> list[dict[str, str]]:
    """The choices of "Wie ziet dit?": those below "wij" for its writer only."""
    usual = {"value": Who.DEFAULT, "label": _("Zoals gewoon"), "icon": "undo", "hint": usually(thing)}
    ours = [
        {"value": Who.WE, "label": _("Alleen wij"), "icon": "people"},
        {"value": Who.WE_AND, "label": _("Wij en ..."), "icon": "plus"},
    ]
    mine = [
        {"value": Who.ME, "label": _("Alleen ik"), "icon": "lock"},
        {"value": Who.ME_AND, "label": _("Ik en ..."), "icon": "person"},
    ]
    return [*ours, *(mine if writer else []), usual]


def usually(thing: Thing[Any]) -> str:
    """What an item's default says."""
    default = thing.facts.default
    if not default.we:
        return _("Alleen wie het schreef.")
    if default.shared:
        return _("Wij, wie erbij staat en met wie wij dit delen.")
    return _("Wij en wie erbij staat.") if default.named else _("Alleen wij.")


def ring_options() -> list[dict[str, str]]:
    """The rings around the family."""
    return [
        {"value": Ring.CLOSE, "label": _("Dicht bij ons"), "icon": "people"},
        {"value": Ring.SERVICES, "label": _("Diensten en school"), "icon": "school"},
    ]

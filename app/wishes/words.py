"""What wishes say to the child who asks and to the parents who answer, and a sentence for every reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.agreements import rules as agreement_rules
from app.agreements import words as agreement_words
from app.children.nouns import Answer, ReplyBody, SaidState, Sort
from app.children.said_words import Picture
from app.items import Thing
from app.people import rules as people_rules
from app.people import words as people_words
from app.plan.words import listed
from app.translations import day_in_words
from app.translations import gettext as _
from app.translations import lazy_gettext as _l
from app.wishes.rules import Later, Makes, Reason
from app.wishes.store import WishView


@dataclass(frozen=True, slots=True)
class Ready:
    """Something to say with a no, in one tap: the picture that the child sees, and our drawing of it for the parent."""

    label: Any
    said: Any
    icon: str


# By the code of the picture (OpenMoji). What a child reads or hears with it is one short sentence.
WITH_A_NO: dict[str, Ready] = {
    "231B": Ready(_l("Nu nog niet"), _l("Nu nog niet. Misschien later."), "wait"),
    "1F4B8": Ready(_l("Te duur"), _l("Dit kost te veel geld."), "money"),
    "1F4AC": Ready(_l("Wij praten erover"), _l("Dit gaat niet. Wij praten er samen over."), "speech"),
    "1F917": Ready(_l("Een knuffel"), _l("Dit gaat niet. Ik geef jou een knuffel."), "together"),
}


def sentence(reason: Any) -> str:
    """What to say when a rule says no: one of ours, or of the room in which a yes makes something."""
    if isinstance(reason, people_rules.Reason):
        return people_words.sentence(reason)
    if isinstance(reason, agreement_rules.Reason):
        return agreement_words.sentence(reason)
    return {
        Reason.NOTHING_ASKED: _("Kies een plaatje, of schrijf een woord."),
        Reason.NO_WITHOUT_WORDS: _("Kies een plaatje, of schrijf een zin. Een kind krijgt altijd een antwoord."),
        Reason.BUT_WHAT: _("Schrijf wat jullie wel doen."),
        Reason.NOTHING_SAID: _("Schrijf op wat jullie doen. Klein is goed."),
        Reason.NO_NAME: _("Schrijf een naam."),
        Reason.NO_DAY: _("Kies een dag. Je kan die later nog veranderen."),
        Reason.DECIDED: _("Hier is al een antwoord. Kijk hoe het nu staat."),
        Reason.NOT_OPEN: _("Dit veranderde intussen. Kijk nog eens."),
    }[reason]


# ---- the parents -----------------------------------------------------------------------------------------------------


def asks(name: str) -> str:
    """Who asks, and no word of what."""
    return _("%(name)s vraagt jullie iets", name=name)


def head(wish: WishView) -> str:
    """What sort of thing is asked."""
    at_table = wish.body.sort is Sort.AT_TABLE
    said = _("%(name)s wil iemand aan onze tafel") if at_table else _("%(name)s wenst iets")
    return said % {"name": wish.face.name}


def told(wish: WishView) -> str:
    """What became of it, in a sentence; empty while it waits in sight."""
    if wish.is_later:
        return _("Dit komt terug op %(day)s.", day=_day(wish))
    return {
        SaidState.ACCEPTED: _("Hier zeiden jullie ja op."),
        SaidState.ANSWERED: _("Hier zeiden jullie nee op."),
        SaidState.WITHDRAWN: _("Dit is voorbij. Jullie hoeven niets te doen."),
    }.get(wish.standing, "")


def _day(wish: WishView) -> str:
    last = wish.last
    later = None if last is None else last.body.later_on
    return "" if later is None else day_in_words(later, "EEEE d MMMM")


def reaches(wish: WishView) -> str:
    """Who sees what a yes makes, said beforehand."""
    others = [wish.whole.name(one) for one in sorted(wish.told) if one != wish.whole.actor.person]
    names = listed([*filter(None, others), wish.face.name])
    if wish.told >= wish.parents:
        return _("Wat je hier maakt, zien wij en %(name)s.", name=wish.face.name)
    return _("Wat je hier maakt, zien alleen jij en %(names)s.", names=names)


def makes_options(wish: WishView) -> list[dict[str, Any]]:
    """What a yes may become."""
    options = [
        {"value": Makes.NOTHING, "label": _("Niets meer"), "icon": "check"},
        {"value": Makes.GOAL, "label": _("Iets dat wij willen"), "icon": "star"},
        {"value": Makes.AGREEMENT, "label": _("Een afspraak"), "icon": "calendar"},
        {"value": Makes.PERSON, "label": _("Iemand nieuw bij onze mensen"), "icon": "people"},
    ]
    return options if wish.body.sort is not Sort.AT_TABLE else [options[0], options[3], options[2], options[1]]


def no_options() -> list[dict[str, Any]]:
    """What to say with a no."""
    return [{"value": code, "label": one.label, "icon": one.icon} for code, one in WITH_A_NO.items()]


def later_options() -> list[dict[str, Any]]:
    """Until when it waits."""
    words = {Later.TOMORROW: _("Morgen"), Later.WEEK: _("Volgende week")}
    return [{"value": later, "label": word, "icon": "calendar"} for later, word in words.items()]


def sent(name: str) -> str:
    """After an answer."""
    return _("Verstuurd. %(name)s kan jouw antwoord lezen.", name=name)


def answer(reply: Thing[ReplyBody]) -> str:
    """What a parent said before, short."""
    return {
        Answer.YES: _("Ja, dat doen wij"),
        Answer.YES_BUT: _("Ja, maar anders"),
        Answer.NO: _("Nee"),
        Answer.LATER: _("Later"),
        None: "",
    }[reply.body.answer]


# ---- the child -------------------------------------------------------------------------------------------------------


def stands(wish: WishView) -> Picture:
    """How a wish stands, for the child: a word with its picture."""
    if wish.is_later:
        return Picture("later", _("Later: %(day)s", day=_day(wish)), "1F4C5", "calendar")
    last = None if wish.last is None else wish.last.body.answer
    if wish.standing is SaidState.ACCEPTED:
        but = last is Answer.YES_BUT
        return Picture("yes", _("Ja, maar anders") if but else _("Ja"), "1F44D", "check")
    if wish.standing is SaidState.ANSWERED:
        return Picture("no", _("Nee"), "1F44E", "cross")
    if wish.is_waiting:
        return Picture("waits", _("Zij denken na"), "231B", "wait")
    return Picture("mine", _("Dit vraag je nog aan niemand"), "1F512", "lock")


def wishes() -> list[Picture]:
    """What a child may wish in one tap; anything else in words, or with a picture of its own."""
    return [
        Picture("animal", _("Een dier"), "1F436"),
        Picture("play", _("Samen spelen"), "1F9F8"),
        Picture("outside", _("Naar buiten"), "1F333"),
        Picture("ball", _("Sporten"), "26BD"),
        Picture("swim", _("Zwemmen"), "1F3CA"),
        Picture("friend", _("Bij vrienden"), "1F46D", "friends"),
        Picture("family", _("Bij familie"), "1F46A", "family"),
        Picture("calm", _("Rust"), "1F60C"),
        Picture("trip", _("Op uitstap"), "1F3D6"),
        Picture("present", _("Een cadeau"), "1F381"),
        Picture("eat", _("Iets lekkers"), "1F355"),
        Picture("talk", _("Praten"), "1F4AC", "speech"),
    ]


def somebody_new() -> list[Picture]:
    """Who may come to the table beside whom the child sees."""
    return [
        Picture("teacher_f", _("Juf"), "1F469-200D-1F3EB", "school"),
        Picture("teacher_m", _("Meester"), "1F468-200D-1F3EB", "school"),
        Picture("girlfriend", _("Vriendin"), "1F46D", "friends"),
        Picture("friend", _("Vriend"), "1F46C", "friends"),
        Picture("grandmother", _("Oma"), "1F475", "person"),
        Picture("grandfather", _("Opa"), "1F474", "person"),
    ]


def called(picto: str) -> str:
    """What a picture says that the child chose on one of these pages; empty for any other."""
    return next((one.word for one in (*wishes(), *somebody_new()) if one.picto == picto), "")


def kept() -> str:
    """After the child asked again."""
    return _("Jij vraagt het nog eens.")


def taken_back() -> str:
    """After the child took it back."""
    return _("Dit is weer van jou. Niemand ziet het.")

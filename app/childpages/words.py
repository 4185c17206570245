"""What the page of a child says to its parents, and a lent phone to who holds it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from app.accounts import words as account_words
from app.accounts.rules import Reason as KeyReason
from app.accounts.rules import Wait
from app.agreements.models import AGREEMENT
from app.childpages.boxes import Log
from app.childpages.rules import Reason
from app.childpages.store import Child, PageOf, brings_steps
from app.children.code import Reason as LockReason
from app.children.nouns import Opening, Way
from app.children.twice import Reason as HomeReason
from app.goals.models import GOAL
from app.items import Thing
from app.local import PartOfDay
from app.moments.models import MOMENT
from app.people.models import PERSON
from app.people.words import face
from app.pictos.nouns import MOON, SUN, SUNRISE
from app.plan.nouns import Level, MemberBody
from app.sharing.words import day as day_in_words
from app.translations import gettext as _

KINDS = {GOAL.name: "star", AGREEMENT.name: "list", PERSON.name: "person", MOMENT.name: "photo"}


def sentence(reason: Any) -> str:
    """What to say when a rule says no."""
    if not isinstance(reason, Reason):
        return account_words.sentence(reason)
    return {
        Reason.UNKNOWN_CHILD: _("Kies voor wie de bladzijde is."),
        Reason.HAS_A_PAGE: _("Dit kind heeft al een bladzijde."),
    }[reason]


def key_sentence(reason: Any) -> str:
    """What to say to who shows a key and it does not fit."""
    if reason is KeyReason.NOT_THIS_PASSWORD:
        return _("Dit wachtwoord is niet juist. Probeer opnieuw.")
    return account_words.sentence(reason)


def lock_sentence(reason: Any) -> str:
    """What to say to a child whose pictures do not fit."""
    if isinstance(reason, Wait):
        return account_words.sentence(reason)
    return {
        LockReason.NOT_FOUR: _("Tik op 4 prentjes."),
        LockReason.ALL_THE_SAME: _("Neem niet 4 keer hetzelfde prentje."),
        LockReason.NOT_THESE: _("Dit zijn niet jouw prentjes. Probeer nog eens."),
        LockReason.TOMORROW: _(
            "Dat was vandaag te veel keer mis. Probeer morgen opnieuw. Jouw eigen sleutel werkt wel."
        ),
    }[reason]


def picture(code: str) -> str:
    """What a child calls one of the twelve pictures."""
    return {
        "1F431": _("kat"), "1F436": _("hond"), "1F41F": _("vis"), "1F98B": _("vlinder"), "1F34E": _("appel"),
        "1F33B": _("bloem"), "2B50": _("ster"), "1F319": _("maan"), "1F3E0": _("huis"), "1F697": _("auto"),
        "26BD": _("bal"), "2602": _("paraplu"),
    }[code]  # fmt: skip


def home_sentence(reason: Any) -> str:
    """What to say to a child whose code does not fit."""
    return {
        HomeReason.NOT_THIS_CODE: _("Deze code werkt niet. Maak een nieuwe in je andere plan."),
        HomeReason.IS_THIS_PLAN: _("Deze code is van hier. Geef ze in je andere plan."),
        HomeReason.KEEPS_SOMETHING: _("Hier bewaar jij al iets. Haal dat eerst weg."),
        HomeReason.STAYS_CLOSED: _("Toon eerst je prentjes. Wat jij bewaart, is nu dicht."),
        HomeReason.TWO_ALREADY: _("Jij hebt al twee plannen. Meer kan niet."),
    }[reason]


def last_opening(log: Log) -> str:
    """On the page of what a child keeps: when it was open last, beside now."""
    one = log.openings[0]
    return _("Jouw doos ging open: %(day)s, %(part)s.", day=_day(one, log), part=part_of_day(one)[0])


def opening(one: Opening, log: Log) -> str:
    """When it was open, on a list."""
    return f"{_first_upper(_day(one, log))}, {part_of_day(one)[0]}"


def part_of_day(one: Opening) -> tuple[str, str]:
    """A part of the day, as words and as a picture."""
    said, picto = {
        PartOfDay.MORNING: (_("'s ochtends"), SUNRISE),
        PartOfDay.AFTERNOON: (_("'s namiddags"), SUN),
        PartOfDay.EVENING: (_("'s avonds"), MOON),
    }[one.part]
    # One word on one line.
    return said.replace(" ", "\u00a0"), picto


def way(one: Opening, log: Log) -> tuple[str, str, str]:
    """How it was opened: in words, as a picture, and as one of our icons. Of another plan nobody is named."""
    if one.plan != log.here.actor.plan:
        return _("In je andere thuis"), "1F3E0", "house"
    if one.way is Way.LENT:
        name = log.here.name(one.lender)
        said = _("Op de gsm van %(name)s", name=name) if name else _("Op een gsm die jij kreeg")
        return said, "1F4F1", "phone"
    if one.way is Way.CARD:
        return _("Met jouw kaart en jouw prentjes"), "1F511", "card"
    return _("Met jouw eigen sleutel"), "1F511", "key"


def _day(one: Opening, log: Log) -> str:
    near = {log.today: _("vandaag"), log.today - timedelta(days=1): _("gisteren")}
    return near.get(one.day) or str(day_in_words(one.day, log.today))


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def joined(is_new: bool) -> str:
    """To a child that gave the code of its other plan; once more is no mistake."""
    if not is_new:
        return _("Deze code gaf jij al. Alles wat jij bewaart, is ook hier.")
    return _("Alles wat jij bewaart, is nu ook hier.")


def levels() -> dict[Level, tuple[str, str, str]]:
    """The three levels: a word, what it is, and a drawing."""
    return {
        Level.PICTURES: (_("Beelden"), _("Grote prenten. Lezen hoeft niet."), "photo"),
        Level.READING: (_("Lezen"), _("Prenten met korte zinnen."), "book"),
        Level.YOUNG: (_("Jongere"), _("Zoals de bladzijden van de ouders."), "person"),
    }


def level_options() -> list[dict[str, Any]]:
    """The same as tiles."""
    told = levels().items()
    return [{"value": key.value, "label": word, "hint": hint, "icon": icon} for key, (word, hint, icon) in told]


def level(body: MemberBody) -> str:
    """How a page is, as a word."""
    return levels()[body.level][0]


def called(child: Child) -> str:
    """A child, as the family says it."""
    return child.person.body.name


def options(things: Iterable[Thing[Any]]) -> list[dict[str, Any]]:
    """Things as tiles: a person by the face, all else by its own words."""
    return [_option(thing) for thing in things]


def _option(thing: Thing[Any]) -> dict[str, Any]:
    label = thing.kind.label(thing.body) or thing.kind.noun()
    if thing.kind is PERSON:
        own = face(thing)
        return {"value": thing.id, "label": label, "ring": own.ring, "photo": own}
    hint = _("Met de kleine stappen") if brings_steps(thing) else thing.kind.noun()
    return {"value": thing.id, "label": label, "icon": KINDS[thing.kind.name], "hint": hint}


def shown_now(page: PageOf) -> list[str]:
    """What a parent put on the page, in their words."""
    ids = set(page.body.shown)
    return [one.kind.label(one.body) or one.kind.noun() for one in page.offered if one.id in ids]

"""What the page of a child says to its parents, and a lent phone to who holds it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.accounts import words as account_words
from app.accounts.rules import Reason as KeyReason
from app.agreements.models import AGREEMENT
from app.childpages.rules import Reason
from app.childpages.store import Child, PageOf
from app.goals.models import GOAL
from app.items import Thing
from app.moments.models import MOMENT
from app.people.models import PERSON
from app.people.words import face
from app.plan.nouns import Level, MemberBody
from app.translations import gettext as _

KINDS = {GOAL.name: "star", AGREEMENT.name: "list", PERSON.name: "person", MOMENT.name: "photo"}


def sentence(reason: Any) -> str:
    """What to say when a rule says no."""
    if not isinstance(reason, Reason):
        return account_words.sentence(reason)
    return {
        Reason.UNKNOWN_CHILD: _("Kies voor wie de bladzijde is."),
        Reason.HAS_A_PAGE: _("Dit kind heeft al een bladzijde."),
        Reason.NO_KEY: _("Maak eerst een sleutel. Anders krijg je de gsm niet terug."),
        Reason.NOT_THIS_CODE: _("Deze code werkt niet. Vraag een nieuwe aan je kind."),
        Reason.IS_THE_SAME_PLAN: _("Deze code komt uit dit plan. Geef ze in het andere plan."),
        Reason.KEEPS_SOMETHING: _("Hier bewaart je kind al iets. Dat past niet samen."),
        Reason.TWO_ALREADY: _("Je kind heeft al twee plannen. Meer kan niet."),
    }[reason]


def key_sentence(reason: Any) -> str:
    """What to say to who shows a key and it does not fit."""
    if reason is KeyReason.NOT_THIS_PASSWORD:
        return _("Dit wachtwoord is niet juist. Probeer opnieuw.")
    return account_words.sentence(reason)


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
    return {"value": thing.id, "label": label, "icon": KINDS[thing.kind.name], "hint": thing.kind.noun()}


def shown_now(page: PageOf) -> list[str]:
    """What a parent put on the page, in their words."""
    ids = set(page.body.shown)
    return [one.kind.label(one.body) or one.kind.noun() for one in page.offered if one.id in ids]

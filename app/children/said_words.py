"""What a child and whom it told something read about that: from the product, never from a family."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.children import said_rules
from app.children.nouns import Feeling, SaidBody, Sort
from app.children.said_rules import Hearer, Phone, Reason
from app.children.said_store import Own, SaidView
from app.children.told_store import ToldView
from app.items import Thing
from app.pictos import nouns as pictos
from app.pictos import shelf
from app.pictos.nouns import Group, Picto
from app.sharing.words import day as day_in_words
from app.translations import gettext as _
from app.translations import language

# What a room above calls a picture that a child taps on its pages: that word, and no other, comes back on every page.
CALLED: dict[Sort, Callable[[str], str]] = {}


@dataclass(frozen=True, slots=True)
class Picture:
    """A word and its pictogram: the OpenMoji code, and one of our own icons where that is not there."""

    key: str
    word: str
    picto: str
    icon: str = "star"


def feelings() -> list[Picture]:
    """The six that have a name."""
    named = {
        Feeling.HAPPY: _("Blij"),
        Feeling.CALM: _("Rustig"),
        Feeling.TIRED: _("Moe"),
        Feeling.SAD: _("Verdrietig"),
        Feeling.AFRAID: _("Bang"),
        Feeling.ANGRY: _("Boos"),
    }
    return [Picture(one, named[one], pictos.FEELINGS[one]) for one in said_rules.NAMED]


def other() -> Picture:
    """Not one of those."""
    return Picture(Feeling.OTHER, _("Iets anders"), pictos.FEELINGS["other"], "plus")


def more_feelings() -> list[Picto]:
    """Pictures of other feelings than those on the first page."""
    return [one for one in shelf.board()[Group.FEELINGS] if one.code not in pictos.FEELINGS.values()]


def rather_not() -> Picture:
    """And that is fine."""
    return Picture(Feeling.NOT_SAID, _("Zeg ik liever niet"), pictos.FEELINGS["not_said"], "cross")


def houses() -> list[Picture]:
    """The three questions (field term: drie huizen), by their words in addresses."""
    named = {
        "fijn": (_("Vind ik fijn"), pictos.NICE, "check"),
        "niet-fijn": (_("Vind ik niet fijn"), pictos.NOT_NICE, "cross"),
        "droom": (_("Daar droom ik van"), pictos.DREAM, "star"),
    }
    return [Picture(word, *said) for word, said in named.items()]


def ways() -> list[Picture]:
    """The ways from the box to say or to make something; the key is where each leads."""
    return [
        Picture("children.feel", _("Hoe voel jij je?"), pictos.FEEL, "health"),
        Picture("children.houses", _("Wat vind ik fijn?"), pictos.NICE, "check"),
        Picture("children.make", _("Ik maak iets"), pictos.DRAW, "pencil"),
    ]


def picture_of(body: SaidBody) -> Picture:
    """What one thing a child said is called, by its picture."""
    if body.feeling is not None:
        named = {one.key: one for one in feelings()}.get(body.feeling)
        return named or Picture(Feeling.OTHER, _("Zo voel ik mij"), body.picto or pictos.FEELINGS["other"])
    found = {said_rules.HOUSES[one.key]: one for one in houses()} | {
        Sort.WISH: Picture(Sort.WISH, _("Mijn wens"), pictos.WISH),
        Sort.AT_TABLE: Picture(Sort.AT_TABLE, _("Aan onze tafel"), pictos.TABLE, "table"),
    }
    return found.get(body.sort) or Picture(Sort.KEPT, _("Van mij"), pictos.BOX, "box")


def label_of(body: SaidBody) -> str:
    """The word below the picture that a child chose, as it stood where it tapped: "Naar buiten", not "boom"."""
    called = CALLED[body.sort](body.picto) if body.sort in CALLED else ""
    return called or shelf.label(body.picto, language())


def picture_by_means(body: SaidBody) -> str:
    """The pictogram of a voice note or a film, which a list does not play."""
    return pictos.VOICE if body.voice else pictos.FILM if body.film else ""


def board() -> list[tuple[Picture, list[Picto]]]:
    """The pictures a child chooses from, by group: the first of each stands for it."""
    words = {
        Group.PEOPLE: _("Mensen"),
        Group.PLAY: _("Spelen"),
        Group.HOME: _("Thuis"),
        Group.SCHOOL: _("School"),
        Group.BODY: _("Mijn lichaam"),
        Group.FEELINGS: _("Gevoelens"),
        Group.HELP: _("Hulp"),
        Group.WEATHER: _("Weer"),
        Group.DAYS: _("Dagen"),
        Group.MONEY: _("Geld"),
    }
    there = shelf.board()
    return [(Picture(group, word, there[group][0].code), list(there[group])) for group, word in words.items()]


def means() -> list[Picture]:
    """The ways in which a child says something; the key stands in addresses."""
    return [
        by_picture(),
        Picture("teken", _("Tekenen"), pictos.DRAW, "pencil"),
        Picture("foto", _("Foto"), pictos.PHOTO, "camera"),
        Picture("stem", _("Mijn stem"), pictos.VOICE, "microphone"),
        Picture("film", _("Filmpje"), pictos.FILM, "film"),
        Picture("woorden", _("Woorden"), "270F", "pencil"),
    ]


def by_picture() -> Picture:
    """With a pictogram, which stands first."""
    return Picture("plaatje", _("Plaatje"), "1F5BC", "tiles")


def means_from(word: str | None) -> Picture | None:
    """One of those ways, by its word in an address."""
    return next((one for one in means() if one.key == word), None)


def asks(sort: Sort) -> str:
    """The question a page asks."""
    return {
        Sort.NICE: _("Wat vind jij fijn?"),
        Sort.NOT_NICE: _("Wat vind jij niet fijn?"),
        Sort.DREAM: _("Waar droom jij van?"),
        Sort.WISH: _("Wat wens jij?"),
        Sort.AT_TABLE: _("Wie wil jij aan onze tafel?"),
    }.get(sort, _("Wat wil jij bewaren?"))


def you_choose() -> str:
    """Said before anything is."""
    return _("Jij kiest wie dit ziet.")


def look_along(phone: Phone) -> str:
    """What no page can promise on a phone that is lent, and what that will not show again until it is opened."""
    if not phone.is_lent:
        return ""
    said = [_("Wie deze gsm vasthoudt, kan meekijken.")]
    if phone.hides and phone.has_pictures:
        said += [_("Wat alleen van jou is, opent met 4 prentjes."), _("Koos jij die niet? Bewaar hier dan niets.")]
    elif phone.hides:
        said += [_("Wat alleen van jou is, zie je hier niet terug."), _("Wil je dat wel? Kies daarna 4 prentjes.")]
    return " ".join(said)


def close_ones(own: Own) -> list[Hearer]:
    """Whom a child may choose, without professionals."""
    return said_rules.close_ones(own.hearers)


def helpers(own: Own) -> list[Hearer]:
    """The professionals."""
    return said_rules.helpers(own.hearers)


def in_danger(hearers: Sequence[Hearer]) -> str:
    """What a professional cannot promise, said before a child shares (design: access, Children)."""
    return _("Ben jij in gevaar? Dan vraagt %(name)s soms hulp aan anderen.", name=_one_of(hearers))


def by_link(hearers: Sequence[Hearer]) -> str:
    """What a link cannot promise: who made it may open it too."""
    through = [one for one in hearers if one.by_link]
    if not through:
        return ""
    return _("%(name)s kijkt met een link. Wie de link heeft, kan ook kijken.", name=_one_of(through))


def _one_of(hearers: Sequence[Hearer]) -> str:
    *first, last = [one.name for one in hearers]
    return _("%(names)s of %(last)s", names=", ".join(first), last=last) if first else last


def seen_by(view: SaidView) -> str:
    """Who sees it, in a sentence."""
    if view.is_mine_alone:
        return _("Niemand ziet dit. Het is van jou.")
    if not view.seen_by:
        # Whether they still see it is not told: their link may have ended, or this phone may not speak of them.
        return _("Jij koos iemand die hier nu niet staat.")
    names = _all_of([one.name for one in view.seen_by])
    return _("%(names)s zien dit.", names=names) if len(view.seen_by) > 1 else _("%(name)s ziet dit.", name=names)


def answered(view: SaidView) -> str:
    """That somebody said something back."""
    names = list(dict.fromkeys(one.body.name for one in view.replies))
    said = _("%(name)s zeiden iets terug.") if len(names) > 1 else _("%(name)s zei iets terug.")
    return said % {"name": _all_of(names)}


def _all_of(names: Sequence[str]) -> str:
    *first, last = names
    return _("%(names)s en %(last)s", names=", ".join(first), last=last) if first else last


def mine_alone() -> str:
    """After "Niemand"."""
    return _("Dit is van jou. Niemand ziet het.")


def not_said() -> str:
    """To who says nothing."""
    return _("Dat mag. Jij hoeft niets te zeggen.")


def put_away() -> str:
    """Into the bin."""
    return _("Weggelegd. Niemand ziet het nog.")


def back_again() -> str:
    """Out of it."""
    return _("Het is terug.")


def told() -> str:
    """To who answered a child."""
    return _("Verstuurd. Alleen het kind ziet jouw antwoord.")


def sentence(_reason: Reason) -> str:
    """Why it cannot be kept yet."""
    return _("Kies een plaatje, of schrijf een woord.")


@dataclass(frozen=True, slots=True)
class Look:
    """Who looked, on which day."""

    name: str
    day: str


def looks(view: SaidView) -> list[Look]:
    """Wie keek?"""
    return [Look(one.name, _day(one.day, view.own)) for one in view.looks]


def day_of(thing: Thing[SaidBody], own: Own) -> str:
    """When it was said."""
    return _day(thing.body.day, own) if thing.body.day else ""


def _day(day: date, own: Own) -> str:
    return str(day_in_words(day, own.today))


def told_on(view: ToldView) -> str:
    """The day a child told it, for whom it told."""
    said = view.thing.body.day
    return _("Verteld op %(day)s", day=day_in_words(said, view.today)) if said else ""

"""What the sheets of a child say, and the addresses of their pictures."""

from __future__ import annotations

from collections.abc import Callable

from app.days import words as day_words
from app.export.drawn import ChildPaper
from app.export.layout import Column, Tile
from app.export.nouns import Set, Sort
from app.export.photos import all_in, photos_on
from app.picking.words import title as group_title
from app.pictos.nouns import Group
from app.pictos.shelf import label
from app.translations import day_in_words, language
from app.translations import gettext as _
from app.web.picto import line, src

Pen = Callable[[Tile], str]


def pen(paper: ChildPaper) -> Pen:
    """What gives the address of the picture of a tile: in colours, or in lines."""
    address = line if paper.choice.lines else src
    photos = photos_on([*all_in(paper.whole), *paper.liked])

    def drawn(tile: Tile) -> str:
        if tile.photo is not None and tile.root is not None:
            return photos(tile.root, tile.photo)
        return address(tile.picto) if tile.picto else ""

    return drawn


def titles() -> dict[Sort, str]:
    """What each sheet is called."""
    return {
        Sort.STRIP: _("Mijn dag"),
        Sort.WEEK: _("Mijn week"),
        Sort.CARDS: _("Kaartjes"),
        Sort.PICTURES: _("Dit ben ik"),
    }


def hints() -> dict[Sort, str]:
    """What one does with it."""
    return {
        Sort.STRIP: _("Een strook om te knippen. Wat klaar is, vouw je dicht."),
        Sort.WEEK: _("Zeven dagen naast elkaar, en waar ik slaap."),
        Sort.CARDS: _("Kaartjes van 6 op 6 centimeter."),
        Sort.PICTURES: _("Mijn mensen, mijn stappen en wat ik fijn vind."),
    }


def signs() -> dict[Sort, tuple[str, str]]:
    """The pictogram of each sheet, and our own icon in its place."""
    return {
        Sort.STRIP: ("2600", "clock"),
        Sort.WEEK: ("1F4C5", "calendar"),
        Sort.CARDS: ("2702", "tiles"),
        Sort.PICTURES: ("1F642", "person"),
    }


def sets() -> dict[Set, str]:
    """What may come on cards."""
    return {
        Set.PEOPLE: _("Wie mij helpt"),
        Set.FEELINGS: _("Hoe ik mij voel"),
        Set.WEEK: _("Wat er deze week gebeurt"),
    }


def options() -> list[dict[str, str]]:
    """The sheets as a form offers them."""
    named, told = titles(), hints()
    return [{"value": one, "label": named[one], "hint": told[one], "icon": signs()[one][1]} for one in named]


def set_options() -> list[dict[str, str]]:
    """The sets of cards as a form offers them."""
    return [{"value": one, "label": label} for one, label in sets().items()]


def all_sets() -> list[str]:
    """Every set: what is chosen at first."""
    return [one.value for one in Set]


def groups() -> dict[Group, str]:
    """The parts of the board."""
    return {group: group_title(group) for group in Group}


def whose(paper: ChildPaper, title: str) -> str:
    """A heading with the name of the child, when it has one."""
    return _("%(title)s van %(name)s", title=title, name=paper.me.words) if paper.me.words else title


def day_title(paper: ChildPaper) -> str:
    """The heading of a strip: its day."""
    return day_words.weekday(paper.day)


def day(paper: ChildPaper) -> str:
    """The date of a strip."""
    return day_in_words(paper.day, "d MMMM y")


def week(paper: ChildPaper) -> str:
    """From which day until which."""
    first, last = paper.week[0].day, paper.week[-1].day
    return _("%(first)s tot %(last)s", first=day_in_words(first, "d MMMM"), last=day_in_words(last, "d MMMM y"))


def weekday(column: Column) -> str:
    """The name of a day."""
    return day_words.weekday(column.day)


def date(column: Column) -> str:
    """Its date, short."""
    return day_in_words(column.day, "d MMM")


def told(tile: Tile) -> str:
    """What a picture shows, for who hears the sheet read: no picture of a tagged sheet is without words."""
    if tile.photo is not None:
        return tile.photo.alt or _("Foto: %(words)s", words=tile.letters or tile.words)
    return label(tile.picto, language()) or tile.words or _("Tekening")


def code() -> str:
    """What the code on paper is, for who hears the paper read."""
    return _("Code om mijn bladzijde te openen, met een sleutel")

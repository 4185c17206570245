"""What a child's own pages say."""

from __future__ import annotations

from datetime import date, timedelta

from app.local import PartOfDay
from app.people.nouns import Help
from app.pictos.nouns import MOON, SUN, SUNRISE
from app.translations import day_in_words, weekday_names
from app.translations import gettext as _


def weekday(day: date) -> str:
    """The name of a day of the week, with a capital."""
    name = weekday_names()[day.weekday()]
    return name[:1].upper() + name[1:]


def short_weekday(day: date) -> str:
    """The same in two letters."""
    return weekday_names("abbreviated")[day.weekday()]


def in_full(day: date) -> str:
    """A day as people say it: "zondag 22 november"."""
    return day_in_words(day, "EEEE d MMMM")


def heading(day: date, today: date) -> str:
    """What a day is called from where the child stands."""
    near = {
        today: _("Vandaag"),
        today + timedelta(days=1): _("Morgen"),
        today - timedelta(days=1): _("Gisteren"),
    }
    return near.get(day, weekday(day))


def part_of_day(part: str) -> tuple[str, str, str]:
    """The word, the pictogram and the own icon of a part of the day."""
    return {
        PartOfDay.MORNING: (_("Ochtend"), SUNRISE, "clock"),
        PartOfDay.AFTERNOON: (_("Namiddag"), SUN, "clock"),
        PartOfDay.EVENING: (_("Avond"), MOON, "clock"),
    }[PartOfDay(part)]


def done() -> str:
    """After gelukt."""
    return _("Gelukt. Er is een knoop bij.")


def missed() -> str:
    """After niet gelukt."""
    return _("Niet gelukt. Dat kan.")


def step_done() -> str:
    """After a small step."""
    return _("Weer een stap gezet. Dat deed jij zelf.")


def help_of(kind: Help) -> tuple[str, str, str]:
    """A kind of help as a child says it, with its pictogram and our own icon."""
    return {
        Help.DO: (_("Doet iets voor mij"), "1F91D", "hands-on"),
        Help.BE_THERE: (_("Is bij mij"), "1FAC2", "together"),
        Help.ADVISE: (_("Weet raad"), "1F4A1", "advice"),
        Help.LISTEN: (_("Luistert naar mij"), "1F442", "ear"),
    }[kind]

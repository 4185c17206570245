"""What is said of a hard piece of text, to whoever writes it: one plain sentence."""

from __future__ import annotations

from app.translations import gettext as _
from app.words.hard import Found
from app.words.reading import Level
from app.words.table import Sort


def sentence(found: Found) -> str:
    """Why it is hard, and what to do."""
    if found.sort is Sort.LONG:
        return _("Deze zin telt %(number)s woorden. Maak er twee van.", number=found.words)
    return {
        Sort.TERM: _("Zo praat het gezin niet."),
        Sort.IMAGE: _("Dit is een beeld. Zeg het gewoon."),
        Sort.SHORT: _("Dit woord is afgekort."),
        Sort.PASSIVE: _("Zeg wie het doet."),
        Sort.FORMAL: _("Zeg jij of jullie."),
        Sort.TWICE_NOT: _("Hier staat twee keer nee. Zeg wat wel."),
        Sort.NAME: _("Gebruik de naam die het gezin zegt."),
    }[found.sort]


def reads(level: Level) -> str:
    """How a text reads."""
    return {
        Level.PLAIN: _("Dit leest vlot."),
        Level.LESS: _("Dit leest niet vlot. Kies kortere woorden."),
        Level.HARD: _("Dit leest moeilijk. Maak kortere zinnen."),
    }[level]

"""The life domains (field term: levensdomeinen), in the order families are shown them. Own ones are their own words."""

from __future__ import annotations

from app.translations import gettext as _

KEYS = ("living", "money", "school", "work", "health", "together", "friends", "language")


def name(key: str) -> str:
    """The word for a life domain; an own one is its own word."""
    return names().get(key, key)


def key(word: str) -> str:
    """The key of the life domain somebody typed; a word that is none of them stays an own one."""
    folded = word.casefold()
    return next((key for key, name in names().items() if name.casefold() == folded), word)


def names() -> dict[str, str]:
    """Every standard life domain with its word."""
    return {
        "living": _("Wonen"),
        "money": _("Geld en papieren"),
        "school": _("School en opvang"),
        "work": _("Werk"),
        "health": _("Gezond zijn"),
        "together": _("Thuis samen leven"),
        "friends": _("Vrienden en vrije tijd"),
        "language": _("Taal en hulp vinden"),
    }


# The picture beside each (names of templates/_parts/icon.html).
ICONS = {
    "living": "house",
    "money": "money",
    "school": "school",
    "work": "work",
    "health": "health",
    "together": "family",
    "friends": "friends",
    "language": "speech",
}

"""What news says to people: sentences of history, and where to look."""

from __future__ import annotations

from app.history.entries import EntryView
from app.history.words import by_day, day, did, lines, name
from app.policy.actor import ActorKind
from app.rooms import ADDRESSES
from app.translations import gettext as _

__all__ = ["by_day", "day", "did", "lines", "name"]


def address(entry: EntryView) -> str:
    """Where the thing is looked at; empty when it has no page of its own, or lies in the bin."""
    thing, reader = entry.thing, entry.whole.actor
    known = ADDRESSES.get(thing.kind.name)
    if known is None or thing.is_away or reader.kind is ActorKind.LINK_HOLDER:
        return ""
    return "" if thing.kind.name == "plan" and reader.kind is not ActorKind.PARENT else known(thing)


def label(entry: EntryView) -> str:
    """What the thing is called now; of one without a name what there is to tell, or its noun."""
    thing = entry.thing
    called: str = thing.kind.label(thing.body)
    return called or next((line.label for line in lines(entry) if line.label), "") or thing.kind.noun()


def nothing() -> str:
    """When there is nothing."""
    return _("Er is niets nieuws. Jij bent helemaal mee.")

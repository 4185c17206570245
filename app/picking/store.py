"""Reads what a picture is chosen for, and the photos the family has already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.items import Kind, Photo, Thing
from app.moments.models import MOMENT
from app.moments.photos import KIND_OF, PhotoOn
from app.people.models import PERSON
from app.policy.actor import Actor
from app.rooms import KINDS
from app.scope import load

# A plan has a photo and no pictogram.
WORDS = frozenset(KIND_OF) - {"plan"}
MOST_OWN = 6
# What the words of a thing find: a row on a phone. Never for somebody: Kaat is no cat.
MOST_NEAR = 3


@dataclass(frozen=True)
class ChoiceOn(PhotoOn):
    """A thing for which somebody chooses a picture; `thing`, `word`, `label` and `home` are as of its photo."""

    @property
    def own(self) -> list[Thing[Any]]:
        """What holds a photo that may be put here too: people first, then moments, the newest first."""
        people: list[Thing[Any]] = [one for one in self.whole.all(PERSON) if one.body.photo is not None]
        kept: list[Thing[Any]] = [one for one in self.whole.all(MOMENT) if one.body.photo is not None]
        found = [*people, *sorted(kept, key=lambda one: one.created_at, reverse=True)]
        return [one for one in found if one.id != self.thing.id][:MOST_OWN]

    @property
    def meant(self) -> str:
        """The words of the thing to find a picture by, without the names in it; empty for a person."""
        if self.thing.kind is PERSON:
            return ""
        names = {name.casefold() for one in self.whole.all(PERSON) for name in one.body.name.split()}
        return " ".join(word for word in self.label.split() if word.strip(".,:;!?").casefold() not in names)

    def photo_at(self, item: UUID) -> Photo | None:
        """The photo on one of those; None when it is none of them."""
        found = (one.body.photo for one in self.own if one.id == item)
        return next(found, None)

    def with_thing(self, thing: Thing[Any]) -> ChoiceOn:
        """The same for the thing as it is by now."""
        return replace(self, thing=thing)


def choice_on(actor: Actor, word: str, item: UUID) -> ChoiceOn | None:
    """A thing for which a picture can be chosen; None when this actor does not see it."""
    if word not in WORDS:
        return None
    kind = KINDS[KIND_OF[word]]
    kinds: set[Kind[Any]] = {kind, PERSON, MOMENT}
    whole = load(actor, *kinds)
    thing = whole.get(kind, item)
    return None if thing is None or thing.is_away else ChoiceOn(thing, whole)

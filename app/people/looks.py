"""The three equal ways to look at our people, and who stands in the picture of the rings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.people import words
from app.people.store import RING_NUMBER, PeopleView, PersonView, photo_of, picto_of
from app.policy.actor import Actor, Ring
from app.translations import gettext as _

MOST = {Ring.WE: 5, Ring.CLOSE: 8, Ring.SERVICES: 8}
# A ring with fewer people shows an open seat. Of the family itself nobody is missing.
SEAT_BELOW = {Ring.WE: 1, Ring.CLOSE: 4, Ring.SERVICES: 4}


class Look(StrEnum):
    RINGS = "kringen"
    GROUPS = "groepen"
    LIST = "lijst"


def look_from(*told: object) -> Look:
    """The first of these that is a way to look; the rings when none is."""
    return next((look for one in told for look in Look if look.value == one), Look.RINGS)


def ring_of(told: str | None, board: PeopleView) -> Ring:
    """The ring whose list stands beside the drawing: the one asked for, else the first around us with people in it."""
    asked = [ring for ring in Ring if ring.value == told]
    return next((ring for ring in (*asked, Ring.CLOSE, Ring.SERVICES) if asked or board.in_ring(ring)), Ring.WE)


@dataclass(frozen=True)
class RingView:
    """One ring: its people, and how many of them stand in the picture.

    Attributes:
        ring: which one; `name`: what the family calls it.
        people: all of it that this actor sees.
        first: who stands in the picture.
        has_seat: whether an open seat stands beside them.
    """

    ring: Ring
    name: str
    people: Sequence[PersonView]
    first: Sequence[PersonView]
    has_seat: bool

    @property
    def number(self) -> int:
        """1, 2 or 3."""
        return RING_NUMBER[self.ring]

    @property
    def more(self) -> int:
        """How many others there are."""
        return len(self.people) - len(self.first)


def rings_of(board: PeopleView) -> list[RingView]:
    """The three rings, from near to far."""
    found = []
    for ring, name in words.rings().items():
        people = board.in_ring(ring)
        has_seat = board.may_add and len(people) < SEAT_BELOW[ring]
        found.append(RingView(ring, name, people, people[: MOST[ring]], has_seat))
    return found


def told(rings: Sequence[RingView], actor: Actor) -> tuple[object, ...]:
    """All that the drawing and the bands say of these rings: they differ when and only when this does."""
    return tuple(
        (
            ring.ring.value,
            ring.number,
            ring.name,
            len(ring.people),
            ring.has_seat,
            tuple((one.thing.id, words.called(one.thing, actor), _picture(one)) for one in ring.first),
        )
        for ring in rings
    )


def _picture(person: PersonView) -> UUID | str:
    photo = photo_of(person.thing)
    return picto_of(person.thing) if photo is None else photo.id


def ways() -> list[tuple[str, str, str, str]]:
    """The ways to look at people: the value, the picture, the word and the whole name of each."""
    return [
        (Look.RINGS, "rings", _("Kringen"), _("Toon als kringen")),
        (Look.GROUPS, "tiles", _("Groepen"), _("Toon als groepen")),
        (Look.LIST, "rows", _("Lijst"), _("Toon als lijst")),
    ]


def more(number: int, ring: str) -> str:
    """What "+3" in a ring stands for."""
    return _("+%(number)s. Toon iedereen: %(ring)s", number=number, ring=ring)


def everybody(number: int) -> str:
    """The way to the others of a ring."""
    return _("+%(number)s. Toon iedereen", number=number)


def seat(ring: str) -> str:
    """What an open seat is for."""
    return _("%(ring)s: nog iemand", ring=ring)

"""The three equal ways to look at our people, and what the drawing of the rings is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.people import letters, rings, words
from app.people.rings import HALF, Layout, Size, Spot
from app.people.store import RING_NUMBER, PeopleView, PersonView
from app.policy.actor import Ring
from app.translations import gettext as _

MOST = {Ring.WE: 5, Ring.CLOSE: 8, Ring.SERVICES: 8}
# A ring with fewer people shows an open seat. Of the family itself nobody is missing.
SEAT_BELOW = {Ring.WE: 1, Ring.CLOSE: 4, Ring.SERVICES: 4}

# In the units of the drawing, in which the page shows text at 17 px or more (static/css/people.css).
TEXT, LINE, NAME = 18, 22, 20
FACE, UNDER, UP = 46, 2, 18
WIDE, WIDEST, SMALL = 92, 130, 48
RIM = 3
# A quarter of a ring's line as two curves, from aside to below; it lies on the shape of `rings.norm`.
_CURVE = ((1, 0.2608), (1.0029, 0.5845), (0.7937, 0.7937), (0.5845, 1.0029), (0.2608, 1), (0, 1))


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


@dataclass(frozen=True)
class Line:
    """One line of a name: its baseline, and its length when that is sure."""

    text: str
    y: float
    long: int | None


@dataclass(frozen=True)
class Mark:
    """Something that stands in a ring: its name (`lines` alone), a face, "+n" or a seat.

    Attributes:
        spot: its place; `x` its middle, `top` and `left` the corner of what a finger hits.
        person: whose face it is.
        more: how many others stand behind "+n".
    """

    spot: Spot
    lines: tuple[Line, ...] = ()
    person: PersonView | None = None
    more: int = 0

    @property
    def x(self) -> float:
        """The middle, from side to side."""
        return round(self.spot.x, 1)

    @property
    def left(self) -> float:
        """Where it begins."""
        return round(self.spot.x - self.spot.wide / 2, 1)

    @property
    def top(self) -> float:
        """Where its face begins."""
        return round(self.spot.y - self.spot.high / 2, 1)

    @property
    def middle(self) -> float:
        """The middle of its face."""
        return round(self.top + FACE / 2 + 1, 1)


@dataclass(frozen=True)
class RingDrawing:
    """One ring as it is drawn: the line around it, its name, and who stands in it, clockwise."""

    of: RingView
    path: str
    name: Mark
    marks: list[Mark]


@dataclass(frozen=True)
class Drawing:
    """The whole drawing; `box` is its SVG view box."""

    box: str
    rings: list[RingDrawing]


def drawing(shown: Sequence[RingView]) -> Drawing:
    """The rings with everybody for whom there is room; who has the longest name makes way first, into "+n"."""
    while True:
        layout = rings.laid_out(tuple(_sizes(ring) for ring in shown))  # type: ignore[arg-type]
        if layout is not None:
            return _drawn(shown, layout)
        shown = _with_one_less(shown)


def _with_one_less(shown: Sequence[RingView]) -> list[RingView]:
    """The same rings while the widest name waits behind "+n"."""
    standing = [(_size(_name_lines(person)), ring.ring, person) for ring in shown for person in ring.first]
    _wide, where, who = max(standing, key=lambda one: one[0])
    return [
        RingView(one.ring, one.name, one.people, [other for other in one.first if other is not who], one.has_seat)
        if one.ring is where
        else one
        for one in shown
    ]


def _name_lines(person: PersonView) -> tuple[str, ...]:
    return letters.wrapped(words.called(person.thing, person.whole.actor), TEXT, WIDE, WIDEST)


def _seat_lines() -> tuple[str, ...]:
    return letters.wrapped(_("Nog iemand"), TEXT, 0, WIDEST)


def _size(lines: tuple[str, ...]) -> Size:
    """How much room a face takes with these lines under it."""
    high = FACE + UNDER + LINE * len(lines) + 2 if lines else SMALL
    return max(SMALL, round(letters.width_of(lines, TEXT)) + 2) if lines else SMALL, high


def _sizes(ring: RingView) -> tuple[Size, ...]:
    """What stands in a ring, its name first."""
    name = (round(letters.width(ring.name, NAME)) + 6, NAME + 6)
    more = [_size(())] if ring.more else []
    seat = [_size(_seat_lines())] if ring.has_seat else []
    return (name, *(_size(_name_lines(person)) for person in ring.first), *more, *seat)


def _drawn(shown: Sequence[RingView], layout: Layout) -> Drawing:
    half, high = HALF + RIM, round(HALF * layout.stretch) + RIM
    drawn = [
        _ring_drawn(ring, layout.spots[number], path(layout.reach[number], layout.stretch))
        for number, ring in enumerate(shown)
    ]
    return Drawing(f"{-half} {-high} {2 * half} {2 * high}", drawn)


def _ring_drawn(ring: RingView, spots: Iterable[Spot], line: str) -> RingDrawing:
    name, *others = spots
    return RingDrawing(
        ring,
        line,
        Mark(name, (Line(ring.name, round(name.y + 0.35 * NAME, 1), None),)),
        [_mark(ring, spot) for spot in others],
    )


def _mark(ring: RingView, spot: Spot) -> Mark:
    if spot.of <= len(ring.first):
        person = ring.first[spot.of - 1]
        return Mark(spot, _lines(_name_lines(person), spot), person)
    return Mark(spot, more=ring.more) if ring.more else Mark(spot, _lines(_seat_lines(), spot))


def _lines(texts: tuple[str, ...], spot: Spot) -> tuple[Line, ...]:
    first = spot.y - spot.high / 2 + FACE + UNDER + UP
    return tuple(
        Line(text, round(first + LINE * number, 1), round(letters.width(text, TEXT)) if letters.is_known(text) else None)
        for number, text in enumerate(texts)
    )


def path(reach: float, stretch: float) -> str:
    """The line around a ring, as the path of an SVG."""
    parts = [f"M{reach:.1f} 0"]
    points: Sequence[tuple[float, float]] = _CURVE
    for _quarter in range(4):
        for three in (points[:3], points[3:]):
            parts.append("C" + " ".join(f"{x * reach:.1f} {y * reach * stretch:.1f}" for x, y in three))
        points = [(-y, x) for x, y in points]
    return "".join(parts) + "z"

"""The drawing of the rings: lines, faces and names, each in its place, for the template to write as an SVG."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from app.people import letters, rings, widths, words
from app.people.looks import RingView
from app.people.rings import HALF, Layout, Size, Spot
from app.people.store import PersonView
from app.translations import gettext as _

# In the units of the drawing, in which the page shows text at 17 px or more (static/css/people.css).
TEXT, LINE, NAME = 18, 22, 20
FACE, UNDER, UP = 46, 2, 18
# What a finger hits is at least 48 px where the drawing is smallest.
WIDE, WIDEST, SMALL = 92, 130, (51, 51)
RIM = 3
# A quarter of a ring's line as two curves, from aside to below; it lies on the shape of `rings.norm`.
_CURVE = ((1, 0.2608), (1.0029, 0.5845), (0.7937, 0.7937), (0.5845, 1.0029), (0.2608, 1), (0, 1))


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


@dataclass(frozen=True)
class _Ring:
    """A ring of which these people stand in the drawing, each with the lines of their name."""

    of: RingView
    standing: tuple[tuple[PersonView, tuple[str, ...]], ...]

    @property
    def more(self) -> int:
        return len(self.of.people) - len(self.standing)

    @property
    def has_seat(self) -> bool:
        return self.of.has_seat and not self.more

    @property
    def sizes(self) -> tuple[Size, ...]:
        """What stands in it, its name first."""
        name = (round(widths.width(self.of.name, NAME)) + 16, NAME + 6)
        last = [SMALL] if self.more else [_size(_seat_lines())] if self.has_seat else []
        return (name, *(_size(lines) for _person, lines in self.standing), *last)


def drawing(shown: Sequence[RingView]) -> Drawing:
    """The rings with everybody for whom there is room; who has the longest name makes way first, into "+n".

    How many must make way is found by halving: looking for room where there is none takes longest.
    """
    everybody = [_Ring(ring, tuple((person, _name_lines(person)) for person in ring.first)) for ring in shown]
    names = sorted((one for ring in everybody for one in ring.standing), key=lambda one: _size(one[1]), reverse=True)

    def standing(waiting: int) -> list[_Ring]:
        gone = {person.thing.id for person, _lines in names[:waiting]}
        return [
            _Ring(ring.of, tuple(one for one in ring.standing if one[0].thing.id not in gone)) for ring in everybody
        ]

    def fits(waiting: int) -> bool:
        return _layout(standing(waiting)) is not None

    waiting = 0 if fits(0) else bisect_left(range(len(names)), True, lo=1, key=fits)
    layout = _layout(standing(waiting))
    if layout is None:
        raise ValueError("no room for the names of the rings alone")
    return _drawn(standing(waiting), layout)


def _layout(standing: Sequence[_Ring]) -> Layout | None:
    we, close, services = (ring.sizes for ring in standing)
    return rings.laid_out((we, close, services))


def _name_lines(person: PersonView) -> tuple[str, ...]:
    return letters.wrapped(words.called(person.thing, person.whole.actor), TEXT, WIDE, WIDEST)


def _seat_lines() -> tuple[str, ...]:
    return letters.wrapped(_("Nog iemand"), TEXT, 0, WIDEST)


def _size(lines: tuple[str, ...]) -> Size:
    """How much room a face takes with these lines under it."""
    return max(SMALL[0], round(letters.width_of(lines, TEXT)) + 2), FACE + UNDER + LINE * len(lines) + 2


def _drawn(standing: Sequence[_Ring], layout: Layout) -> Drawing:
    half, high = HALF + RIM, round(HALF * layout.stretch) + RIM
    drawn = []
    for ring, reach, spots in zip(standing, layout.reach, layout.spots, strict=True):
        name, *others = spots
        named = Mark(name, (Line(ring.of.name, round(name.y + 0.35 * NAME, 1), None),))
        marks = [_mark(ring, spot) for spot in others]
        drawn.append(RingDrawing(ring.of, path(reach, layout.stretch), named, marks))
    return Drawing(f"{-half} {-high} {2 * half} {2 * high}", drawn)


def _mark(ring: _Ring, spot: Spot) -> Mark:
    if spot.of <= len(ring.standing):
        person, lines = ring.standing[spot.of - 1]
        return Mark(spot, _lines(lines, spot), person)
    return Mark(spot, more=ring.more) if ring.more else Mark(spot, _lines(_seat_lines(), spot))


def _lines(texts: tuple[str, ...], spot: Spot) -> tuple[Line, ...]:
    first = spot.y - spot.high / 2 + FACE + UNDER + UP
    return tuple(Line(text, round(first + LINE * number, 1), _sure_length(text)) for number, text in enumerate(texts))


def _sure_length(text: str) -> int | None:
    """How long a line is; nothing when another font than ours draws some of it."""
    return round(widths.width(text, TEXT)) if widths.is_known(text) else None


def path(reach: float, stretch: float) -> str:
    """The line around a ring, as the path of an SVG."""
    parts = [f"M{reach:.1f} 0"]
    points: Sequence[tuple[float, float]] = _CURVE
    for _quarter in range(4):
        ends = [f"{x * reach:.1f} {y * reach * stretch:.1f}" for x, y in points]
        parts += ["C" + " ".join(ends[:3]), "C" + " ".join(ends[3:])]
        points = [(-y, x) for x, y in points]
    return "".join(parts) + "z"

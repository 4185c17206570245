"""Where everybody stands in the three rings: the geometry of the drawing, from the sizes of faces with names. Pure.

The rings are one soft shape at three sizes (a superellipse: a table with round corners), so that a face with its name
under it fits beside the lines all the way around. What comes out is checked, not hoped: a block lies wholly within its
own ring, away from its lines and from every other block; else the next way is tried, at last with more room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from typing import NamedTuple

# In the units of the drawing.
HALF = 304
FROM_LINE, APART = 6, 9
SMALLEST, LARGEST = 0.31, 0.56
# What is tried, in this order: how much taller than wide, and whether blocks may change places.
TRIES = ((1.0, False), (1.0, True), (1.13, True), (1.26, True), (1.4, True))
# One turn in steps of 4 degrees, from the top, clockwise.
STEPS = 90
_WAYS = [(cos(radians(360 * step / STEPS - 90)), sin(radians(360 * step / STEPS - 90))) for step in range(STEPS)]

Size = tuple[int, int]
Ring = tuple[Size, ...]


class Spot(NamedTuple):
    """A block in the drawing: its middle and its size. `of`: which one of its ring."""

    of: int
    x: float
    y: float
    wide: float
    high: float


# Blocks around, each with the step it stands at.
Turn = list[tuple[int, Spot]]


@dataclass(frozen=True)
class Layout:
    """The drawing. Ring n reaches from the middle to `reach[n]`, times `stretch` up and down."""

    stretch: float
    reach: tuple[float, float, float]
    spots: tuple[tuple[Spot, ...], ...]


def norm(x: float, y: float) -> float:
    """How far a point is from the middle, as the rings measure it: the same all along a line."""
    x, y = abs(x), abs(y)
    return float((x * x * x + y * y * y) ** (1 / 3))


def apart(one: Spot, other: Spot) -> bool:
    """Whether there is room between two blocks."""
    across = abs(one.x - other.x) - (one.wide + other.wide) / 2
    return across >= APART or abs(one.y - other.y) - (one.high + other.high) / 2 >= APART


def farthest(spot: Spot, stretch: float) -> float:
    """How far the farthest corner of a block is."""
    return norm(abs(spot.x) + spot.wide / 2, (abs(spot.y) + spot.high / 2) / stretch)


def nearest(spot: Spot, stretch: float) -> float:
    """How far the nearest point of a block is."""
    return norm(max(abs(spot.x) - spot.wide / 2, 0), max(abs(spot.y) - spot.high / 2, 0) / stretch)


@lru_cache(maxsize=256)
def laid_out(rings: tuple[Ring, Ring, Ring]) -> Layout | None:
    """A place for every block, the first of each ring at its top; None when there is no room for all of them.

    Only sizes are remembered from one drawing to the next, never whose they are.
    """
    for stretch, free in TRIES:
        reach, inside = _middle(rings[0], stretch)
        if reach > LARGEST * HALF:
            continue
        for line in _lines(reach, rings):
            around = _around(rings, (reach, line, HALF), stretch, free)
            if around is not None:
                return Layout(stretch, (reach, line, HALF), (inside, *around))
    return None


def _lines(inner: float, rings: tuple[Ring, Ring, Ring]) -> Iterator[float]:
    """Where the middle ring may end: first by how much each of the two must hold."""
    two, three = (sum(wide * high for wide, high in ring) for ring in rings[1:])
    fair = (inner**2 + (HALF**2 - inner**2) * two / (two + three)) ** 0.5
    room = HALF - inner
    yield min(max(fair, inner + 0.44 * room), inner + 0.56 * room)
    yield inner + 0.5 * room


def _around(
    rings: tuple[Ring, Ring, Ring], reach: tuple[float, float, float], stretch: float, free: bool
) -> tuple[tuple[Spot, ...], tuple[Spot, ...]] | None:
    bands = [_Band(reach[0], reach[1], stretch), _Band(reach[1], reach[2], stretch)]
    if not all(band.takes(size) for band, ring in zip(bands, rings[1:], strict=True) for size in ring):
        return None
    two = bands[0].spread(rings[1], free)
    three = None if two is None else bands[1].spread(rings[2], free)
    return None if two is None or three is None else (two, three)


class _Band:
    """One ring around the middle."""

    def __init__(self, inner: float, outer: float, stretch: float) -> None:
        self.inner, self.outer, self.stretch = inner + FROM_LINE, outer - FROM_LINE, stretch
        self.known: dict[tuple[int, Size], Spot | None] = {}

    def takes(self, size: Size) -> bool:
        """Whether a block fits anywhere in it: straight down or straight aside there is most room."""
        return any(self.at(step, 0, size) for step in (STEPS // 2, STEPS // 4))

    def at(self, step: int, of: int, size: Size) -> Spot | None:
        """The block in that direction, as far from one line as from the other; None when it touches one."""
        if (step, size) not in self.known:
            self.known[step, size] = self._put(step, size)
        spot = self.known[step, size]
        return None if spot is None else spot._replace(of=of)

    def _put(self, step: int, size: Size) -> Spot | None:
        (across, down), (wide, high) = _WAYS[step], size
        long = norm(across, down)
        away = (self.inner + self.outer) / 2
        for _again in range(4):
            spot = Spot(0, away * across / long, away * down / long * self.stretch, wide, high)
            out, into = self.outer - farthest(spot, self.stretch), nearest(spot, self.stretch) - self.inner
            if out >= 0 and into >= 0:
                return spot
            away += (out - into) / 2
        return None

    def spread(self, ring: Ring, free: bool) -> tuple[Spot, ...] | None:
        """All blocks around, as evenly as they go."""
        low, high = 0, STEPS // len(ring)
        found = self._turn(ring, high, free)
        if found is not None:
            return tuple(spot for _step, spot in found)
        found = self._turn(ring, low, free)
        while found is not None and high - low > 1:
            between = (low + high) // 2
            better = self._turn(ring, between, free)
            low, high, found = (between, high, better) if better else (low, between, found)
        return None if found is None else tuple(spot for _step, spot in self._evened(ring, found))

    def _evened(self, ring: Ring, turn: Turn) -> Turn:
        """The same turn while each block stands as near as it may to halfway its neighbours."""
        for _again in range(4):
            for at in range(1, len(turn)):
                now, spot = turn[at]
                after = turn[at + 1][0] if at + 1 < len(turn) else STEPS
                half = (turn[at - 1][0] + after) // 2
                others = [other for _step, other in turn if other is not spot]
                for step in range(half, now, 1 if now > half else -1):
                    moved = self.at(step, spot.of, ring[spot.of])
                    if moved is not None and all(apart(moved, other) for other in others):
                        turn[at] = (step, moved)
                        break
        return turn

    def _turn(self, ring: Ring, least: int, free: bool) -> Turn | None:
        """One turn, each block at least so many steps on from the one before.

        `free`: in any order that fits, but for the last: "+n" and the open seat close the ring.
        """
        top = self.at(0, 0, ring[0])
        if top is None:
            return None
        turn, left, after = [(0, top)], list(range(1, len(ring))), 0
        while left:
            step, spot = self._next(ring, turn, (left[:-1] or left) if free else left[:1], after + least)
            if spot is None or STEPS - step < least:
                return None
            turn.append((step, spot))
            left.remove(spot.of)
            after = step
        return turn

    def _next(self, ring: Ring, turn: Turn, left: Sequence[int], start: int) -> tuple[int, Spot | None]:
        near = [spot for _step, spot in (*turn[-2:], *turn[:2])]
        for step in range(max(start, 1), STEPS):
            for of in left:
                spot = self.at(step, of, ring[of])
                if spot is not None and all(apart(spot, other) for other in near):
                    return step, spot
        return STEPS, None


def _middle(ring: Ring, stretch: float) -> tuple[float, tuple[Spot, ...]]:
    """The inmost ring: rows under its name. How far it reaches, and who stands where."""
    best: tuple[float, tuple[Spot, ...]] = (float(HALF * 9), ())
    for gap, lift in ((20, 0), (20, 12), (APART, 4), (APART, 14), (APART, 24)):
        for rows in _rows(len(ring) - 1):
            spots = tuple(_in_rows(ring, rows, gap, lift))
            reach = max(farthest(spot, stretch) for spot in spots) + FROM_LINE
            best = min(best, (reach, spots), key=lambda way: way[0])
        if best[0] <= HALF * SMALLEST:
            break
    return max(best[0], HALF * SMALLEST), best[1]


@lru_cache(maxsize=32)
def _rows(count: int) -> list[list[int]]:
    """The ways to put so many in at most four rows of at most three, the shorter rows not in the middle."""
    if count == 0:
        return [[]]
    ways = [[first, *rest] for first in (1, 2, 3) if first <= count for rest in _rows(count - first)]
    return [way for way in ways if len(way) <= 4]


def _in_rows(ring: Ring, rows: list[int], gap: int, lift: int) -> Iterator[Spot]:
    of = iter(range(len(ring)))
    each = [[next(of) for _one in range(count)] for count in (1, *rows)]
    highs = [max(ring[one][1] for one in row) for row in each]
    y = -(sum(highs) + APART * (len(highs) - 1)) / 2 - lift
    for row, high in zip(each, highs, strict=True):
        x = -(sum(ring[one][0] for one in row) + gap * (len(row) - 1)) / 2
        for one in row:
            wide, tall = ring[one]
            yield Spot(one, x + wide / 2, y + tall / 2, wide, tall)
            x += wide + gap
        y += high + APART

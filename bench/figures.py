"""Figures and their limits (design: bar, Speed and size). Pure.

A part gives figures; the limit of a figure is found by its name, so that every figure with a limit is judged and no
part judges its own. A kB is 1,000 bytes, which is the stricter reading.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

KB = 1000


@dataclass(frozen=True)
class Limit:
    """What a figure may be: at most, or at least."""

    says: str
    most: float | None = None
    least: float | None = None

    def holds(self, value: float) -> bool:
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)


LIMITS: dict[str, Limit] = {
    "html + css B": Limit("first paint needs one HTML and one CSS, together at most 28 kB", most=28 * KB),
    "first B": Limit("first visit, all of it: at most 90 kB", most=90 * KB),
    "first requests": Limit("first visit: at most 8 requests", most=8),
    "own css B": Limit("own CSS at most 10 kB compressed", most=10 * KB),
    "next B": Limit("next page at most 8 kB", most=8 * KB),
    "next requests": Limit("next page: one request", most=1),
    "fragment B": Limit("a fragment at most 3 kB", most=3 * KB),
    "elements": Limit("at most 500 elements on a page", most=500),
    "script B": Limit("JavaScript at most 25 kB compressed", most=25 * KB),
    "queries": Limit("at most 8 queries on a page", most=8),
    "queries x10": Limit("the same number of queries for a plan ten times as large", most=8),
    "more queries x10": Limit("no query more for a plan ten times as large", most=0),
    "p50 ms": Limit("p50 at most 25 ms", most=25),
    "p50 x empty": Limit("p50 at most 8 x that of an empty page", most=8),
    "p99 x empty": Limit("p99 at most 15 x that of an empty page", most=15),
    "of empty per second": Limit("requests per second at least an eighth of an empty page's", least=1 / 8),
    "readable x line": Limit("readable at most 1.25 x what the line allows for those bytes", most=1.25),
    "performance": Limit("Lighthouse performance 100", least=100),
    "accessibility": Limit("Lighthouse accessibility 100", least=100),
    "best practices": Limit("Lighthouse best practices 100", least=100),
    "layout shift": Limit("CLS 0", most=0),
    "blocking ms": Limit("total blocking time at most 50 ms", most=50),
    "worker MB": Limit("memory per worker at most 150 MB", most=150),
    "slow phones x p99": Limit("p99 within 2 x while 16 uploads trickle in", most=2),
    "pdf s": Limit("poster at most 1 s warm", most=1),
    "qr ms": Limit("QR at most 5 ms", most=5),
    "qr B": Limit("QR at most 3 kB compressed", most=3 * KB),
}
# Limits of one thing only; what else has such a figure is measured beside it. Growth is a difference, told once a page.
ONLY = {"p50 x empty": "Ons plan", "p99 x empty": "Ons plan", "of empty per second": "Ons plan", "pdf s": "poster"}


@dataclass(frozen=True)
class Figure:
    """One figure of one thing: a page, a server, a sheet."""

    of: str
    name: str
    value: float

    @property
    def limit(self) -> Limit | None:
        """Its limit; None where there is none."""
        only = ONLY.get(self.name)
        return LIMITS.get(self.name) if only in {None, self.of} else None

    @property
    def holds(self) -> bool:
        return self.limit is None or self.limit.holds(self.value)


@dataclass(frozen=True)
class Verdict:
    """A limit, and the figure nearest to breaking it."""

    limit: Limit
    worst: Figure
    broken: tuple[Figure, ...]

    @property
    def sentence(self) -> str:
        said = f"{self.limit.says}: {shown(self.worst.value)} ({self.worst.of})"
        if not self.broken:
            return f"holds: {said}"
        others = len(self.broken) - 1
        return f"DOES NOT HOLD: {said}" + (f" and {others} more" if others else "")


def verdicts(figures: Iterable[Figure]) -> list[Verdict]:
    """What each limit comes to, in the order of the bar."""
    by_name: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.limit is not None:
            by_name.setdefault(figure.name, []).append(figure)
    found = []
    for name, limit in LIMITS.items():
        judged = by_name.get(name, [])
        if judged:
            worst = min(judged, key=lambda one: one.value) if limit.least is not None else max(judged, key=_value)
            found.append(Verdict(limit, worst, tuple(one for one in judged if not one.holds)))
    return found


def _value(figure: Figure) -> float:
    return figure.value


def percentile(values: Sequence[float], hundredth: float) -> float:
    """The value that so many of a hundred do not pass: the nearest rank, so it is one that was measured."""
    if not values:
        raise ValueError("nothing was measured")
    rank = math.ceil(len(values) * hundredth / 100)
    return sorted(values)[max(rank, 1) - 1]


def middle(values: Iterable[float], digits: int = 2) -> float:
    """The median of rounds, rounded for reading."""
    return round(median(values), digits)


def shown(value: float) -> str:
    """A figure as people read it: 12,345 or 0.37."""
    if abs(value) < 1:
        return f"{value:.3g}"
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def table(figures: Sequence[Figure]) -> str:
    """A table in markdown: a row for each thing, a column for each figure; `(!)` where a limit does not hold."""
    names = list(dict.fromkeys(figure.name for figure in figures))
    things = list(dict.fromkeys(figure.of for figure in figures))
    cells = {(figure.of, figure.name): figure for figure in figures}
    lines = ["| | " + " | ".join(names) + " |", "|---" + "|---:" * len(names) + "|"]
    for thing in things:
        row = [_cell(cells.get((thing, name))) for name in names]
        lines.append(f"| {thing} | " + " | ".join(row) + " |")
    return "\n".join(lines)


def _cell(figure: Figure | None) -> str:
    return "" if figure is None else shown(figure.value) + ("" if figure.holds else " (!)")

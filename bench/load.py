"""The server's own time: every main page beside an empty one, on the server the product is served with, in one run."""

from __future__ import annotations

from bench.client import Ask, ask_often
from bench.figures import Figure, middle, percentile
from bench.starting import memory_per_worker, serving
from bench.world import World
from bench.wsgi import BARE, EMPTY

IN_A_ROW, LINES, SECONDS, ROUNDS = 100, 8, 1.0, 7
EMPTY_PAGE, BARE_PAGE = "empty page", "bare Flask page"


def measure(world: World) -> list[Figure]:
    """Rounds over all pages, so that what else the machine does meets all of them; medians of the rounds."""
    with serving(world.environment) as server:
        asks = {EMPTY_PAGE: server.ask(EMPTY), BARE_PAGE: server.ask(BARE)}
        asks |= {page.name: server.ask(page.address, world.cookie(page)) for page in world.plan.pages}
        taken = rounds(asks, world.rounds(ROUNDS), IN_A_ROW // 3 if world.quick else IN_A_ROW, SECONDS)
        memory = memory_per_worker(server.pid)
    return [*compared(taken, EMPTY_PAGE), *memory_figures("as served", memory)]


def memory_figures(of: str, memory: dict[str, float]) -> list[Figure]:
    """The limit is about a worker's own share; what all processes hold together stands beside it."""
    return [Figure(of, "worker MB", memory["worker rss MB"]), Figure(of, "all MB", memory["all pss MB"])]


Rounds = dict[str, list[tuple[float, float, float]]]


def rounds(asks: dict[str, Ask], number: int, in_a_row: int, seconds: float) -> Rounds:
    """For each page and round: p50 and p99 of one who asks, and answers a second to eight who do."""
    for ask in asks.values():
        ask_often(ask, lines=LINES, count=4 * LINES)
    taken: Rounds = {name: [] for name in asks}
    for _round in range(number):
        for name, ask in asks.items():
            alone = ask_often(ask, count=in_a_row).each
            many = ask_often(ask, lines=LINES, seconds=seconds)
            taken[name].append((percentile(alone, 50), percentile(alone, 99), many.per_second))
    return taken


def compared(taken: Rounds, empty: str) -> list[Figure]:
    """Each page's medians, and what they are of the empty page's in the same round."""
    figures = []
    for name, found in taken.items():
        figures += [
            Figure(name, "p50 ms", middle(p50 for p50, _p99, _rate in found)),
            Figure(name, "p99 ms", middle(p99 for _p50, p99, _rate in found)),
            Figure(name, "per second", middle((rate for *_times, rate in found), 0)),
        ]
        if name == empty:
            continue
        pairs = list(zip(found, taken[empty], strict=True))
        figures += [
            Figure(name, "p50 x empty", middle(page[0] / nothing[0] for page, nothing in pairs)),
            Figure(name, "p99 x empty", middle(page[1] / nothing[1] for page, nothing in pairs)),
            Figure(name, "of empty per second", middle((page[2] / nothing[2] for page, nothing in pairs), 4)),
        ]
    return figures

"""Servers beside each other: all run at once, and each round asks every one, so that all meet the same machine."""

from __future__ import annotations

from contextlib import ExitStack

from bench.figures import Figure, middle
from bench.load import LINES, SECONDS, memory_figures, rounds
from bench.slow import ratio
from bench.starting import WAYS, Served, memory_per_worker, serving
from bench.world import World
from bench.wsgi import EMPTY

ROUNDS, IN_A_ROW, SLOW_ROUNDS = 5, 60, 3


def measure(world: World) -> list[Figure]:
    """Ons plan and an empty page on each; then the same page while slow phones send."""
    page = world.plan.pages[1]
    cookie = world.cookie(page)
    figures = []
    with ExitStack() as stack:
        running = {way: stack.enter_context(serving(world.environment, way)) for way in WAYS}
        asks = {way: server.ask(page.address, cookie) for way, server in running.items()}
        empty = {f"{way}, empty": server.ask(EMPTY) for way, server in running.items()}
        taken = rounds(asks | empty, world.rounds(ROUNDS), IN_A_ROW, SECONDS)
        memory = {way: memory_per_worker(server.pid) for way, server in running.items()}
        slow = slow_rounds(running, page.address, f"{world.plan.address}/doelen", cookie, world.rounds(SLOW_ROUNDS))
    for way in running:
        own, nothing = taken[way], taken[f"{way}, empty"]
        figures += [
            Figure(way, "page p50 ms", middle(p50 for p50, _p99, _rate in own)),
            Figure(way, "page p99 ms", middle(p99 for _p50, p99, _rate in own)),
            Figure(way, f"page per second ({LINES} ask)", middle((rate for *_times, rate in own), 0)),
            Figure(way, "empty p50 ms", middle(p50 for p50, _p99, _rate in nothing)),
            Figure(way, f"empty per second ({LINES} ask)", middle((rate for *_times, rate in nothing), 0)),
            *memory_figures(way, memory[way]),
            Figure(way, "slow phones: p99 x", slow[way]),
        ]
    return figures


def slow_rounds(running: dict[str, Served], page: str, upload: str, cookie: str, number: int) -> dict[str, float]:
    """For each server the median of how many times longer others wait."""
    found: dict[str, list[float]] = {way: [] for way in running}
    for _round in range(number):
        for way, server in running.items():
            found[way].append(ratio(server, page, upload, cookie))
    return {way: middle(ratios) for way, ratios in found.items()}

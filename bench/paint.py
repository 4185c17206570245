"""Slow 3G in real Chromium on a slow phone: when the first words stand there, and when the page can be used."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, CDPSession
from playwright.sync_api import Page as Opened

from bench.browser import chromium, phone, settle, wired
from bench.figures import KB, Figure, middle
from bench.plan import Page
from bench.starting import Served, serving
from bench.world import World

BYTES_A_SECOND, ROUND_TRIP_MS, SLOWER = 50 * KB, 400, 4
# What a line of this kind allows at best, from its table in the bar: 14 kB in 1.25 s and 28 kB in 1.54 s on a first
# visit, which also connects and asks for a sheet; 4 kB in 0.49 s on a next one.
FIRST_AT_BEST, NEXT_AT_BEST = 0.97, 0.41
ROUNDS = 3
TIMES = """() => {
  const paints = performance.getEntriesByName("first-contentful-paint");
  const page = performance.getEntriesByType("navigation")[0];
  return {
    painted: paints.length ? paints[0].startTime : null,
    ready: page.domContentLoadedEventEnd,
    all: page.loadEventEnd,
  };
}"""


def measure(world: World) -> list[Figure]:
    """A first and a next visit of each page; medians of the rounds."""
    figures: list[Figure] = []
    with serving(world.environment) as server, chromium() as browser:
        for page in world.plan.pages:
            runs = [_run(browser, server, page, world.cookie(page)) for _ in range(world.rounds(ROUNDS))]
            figures += [Figure(page.name, name, middle(run[name] for run in runs)) for name in runs[0]]
    return figures


def at_best(size: int, *, first: bool) -> float:
    """The seconds in which this line can show so many bytes."""
    return (FIRST_AT_BEST if first else NEXT_AT_BEST) + size / BYTES_A_SECOND


def _run(browser: Browser, server: Served, page: Page, cookie: str) -> dict[str, float]:
    with phone(browser, cookie) as context:
        opened = context.new_page()
        first, needed = _visit(opened, server.address + page.address)
        # Away from it, so that the next visit is no reload.
        opened.goto("about:blank")
        again, once_more = _visit(opened, server.address + page.address)
    return {
        "first: words": first["painted"],
        "first: usable": max(first["painted"], first["ready"]),
        "first: all": first["all"],
        "readable x line": first["painted"] / at_best(needed, first=True),
        "next: words": again["painted"],
        "next: usable": max(again["painted"], again["ready"]),
        "next: words x line": again["painted"] / at_best(once_more, first=False),
    }


def _visit(opened: Opened, address: str) -> tuple[dict[str, float], int]:
    """When what was there, in seconds; and the bytes of its HTML and CSS."""
    with wired(opened) as (wire, session):
        slow_down(session)
        opened.goto(address, timeout=60_000)
        settle(opened)
        times: dict[str, Any] = opened.evaluate(TIMES)
    sizes = wire.by_kind
    assert times["painted"], "nothing was painted"
    return {name: value / 1000 for name, value in times.items()}, sizes["html"] + sizes.get("css", 0)


def slow_down(session: CDPSession) -> None:
    """The line and the processor of an old phone far from a mast."""
    conditions = {
        "offline": False,
        "latency": ROUND_TRIP_MS,
        "downloadThroughput": BYTES_A_SECOND,
        "uploadThroughput": BYTES_A_SECOND,
    }
    session.send("Network.emulateNetworkConditions", conditions)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

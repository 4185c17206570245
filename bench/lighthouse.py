"""Lighthouse, as a phone: its three scores, layout shift and blocking time; medians of three."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from playwright._impl._driver import compute_driver_executable

from bench.browser import chromium_arguments, chromium_path
from bench.figures import Figure, middle
from bench.plan import Page
from bench.starting import Served, serving
from bench.world import ROOT, World

# Put there by bin/bench from bench/package-lock.json; run by the node that Playwright brings along.
PROGRAM = ROOT / "bench" / "node_modules" / "lighthouse" / "cli" / "index.js"
SCORES = {"performance": "performance", "accessibility": "accessibility", "best-practices": "best practices"}
# Lighthouse's name, ours, and what its number is divided by.
NUMBERS = {
    "cumulative-layout-shift": ("layout shift", 1),
    "total-blocking-time": ("blocking ms", 1),
    "first-contentful-paint": ("words s", 1000),
    "largest-contentful-paint": ("largest s", 1000),
}
ROUNDS = 3
RUNS_IN = 180


def measure(world: World) -> list[Figure]:
    """Each page in each round; the pages take turns."""
    if not PROGRAM.exists():
        raise SystemExit("Lighthouse is not there: it is installed with npm, which this machine does not have.")
    pages, runs = world.plan.pages, world.rounds(ROUNDS)
    found: dict[str, list[dict[str, float]]] = {page.name: [] for page in pages}
    with serving(world.environment) as server:
        for _round in range(runs):
            for page in pages:
                found[page.name].append(read(run(server, page, world.cookie(page))))
    return [
        Figure(name, figure, middle((one[figure] for one in its), 3))
        for name, its in found.items()
        for figure in its[0]
    ]


def run(server: Served, page: Page, cookie: str) -> dict[str, Any]:
    """One run; what Lighthouse says of it."""
    command = [
        compute_driver_executable()[0],
        str(PROGRAM),
        server.address + page.address,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(SCORES)}",
        f"--chrome-flags={' '.join(['--headless', *chromium_arguments()])}",
    ]
    if cookie:
        command.append(f"--extra-headers={json.dumps({'Cookie': cookie})}")
    own = os.environ | {"CHROME_PATH": chromium_path()}
    told = subprocess.run(command, env=own, check=False, capture_output=True, text=True, timeout=RUNS_IN)
    if told.returncode:
        raise RuntimeError(f"Lighthouse could not measure {page.name}: {told.stderr[-400:]}")
    said: dict[str, Any] = json.loads(told.stdout)
    return said


def read(said: dict[str, Any]) -> dict[str, float]:
    """The figures in what Lighthouse said.

    Raises:
        RuntimeError: it could not see the page.
    """
    if said.get("runtimeError"):
        raise RuntimeError(f"Lighthouse: {said['runtimeError']['message']}")
    found = {ours: round(said["categories"][name]["score"] * 100, 1) for name, ours in SCORES.items()}
    for name, (ours, divisor) in NUMBERS.items():
        found[ours] = round(said["audits"][name]["numericValue"] / divisor, 3)
    return found


def faults(said: dict[str, Any]) -> list[str]:
    """The audits that cost points."""
    weights = {ref["id"] for name in SCORES for ref in said["categories"][name]["auditRefs"] if ref["weight"]}
    audits = (said["audits"][name] for name in weights)
    return sorted(f"{one['id']}: {one['title']}" for one in audits if one["score"] is not None and one["score"] < 1)

"""The product with the measured plan in it, in a folder of its own that goes away; and which machine this is."""

from __future__ import annotations

import os
import platform
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from app.config import Config
from app.db import db, upgrade
from app.main import create_app
from bench import plan as plans
from bench.plan import Page, Plan

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class World:
    """What is measured.

    Attributes:
        environment: settings of the product.
        app: the product in this process, for what needs no server; servers start from `environment`.
        plan: the bench plan; `large`: one ten times as large, in the same databases.
        quick: measure less, to see roughly where things stand.
    """

    environment: dict[str, str]
    app: Flask
    plan: Plan
    large: Plan
    quick: bool

    def rounds(self, full: int) -> int:
        """How many rounds: so many, or at most two when in a hurry."""
        return min(full, 2) if self.quick else full

    def cookie(self, page: Page) -> str:
        return self.plan.cookies[page.who]


@contextmanager
def world(*, quick: bool) -> Iterator[World]:
    """Make the plan, and leave no connection open: servers are processes of their own."""
    with tempfile.TemporaryDirectory(prefix="onsplan-bench-") as data:
        environment = {"ONSPLAN_DATA": data, "ONSPLAN_ZONE": plans.ZONE}
        config = Config.from_env(environment)
        upgrade(config)
        app = create_app(config)
        made, large = plans.make(app), plans.make(app, 10)
        close(app)
        yield World(environment, app, made, large, quick)
        close(app)


def close(app: Flask) -> None:
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def machine() -> str:
    """What it was measured on; figures of two machines are not compared."""
    cores, model = os.cpu_count() or 0, platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
    return f"{model}, {cores} cores, load {load():.1f} at the start, Python {platform.python_version()}, SQLite"


def load() -> float:
    return os.getloadavg()[0]


def commit() -> str:
    """The commit that was measured."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    said = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    return said.stdout.strip() or "unknown"

"""Starts servers as processes of their own, as the product is served and in other ways, and looks at their memory."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.client import Ask, BadAnswer, ask_often
from bench.wsgi import EMPTY

HOST = "localhost"
STARTS_IN = 30.0
ROOT = Path(__file__).resolve().parent.parent

WORKER = "bench.wsgi:worker"
# How the product may be served, by a name. {port} is filled in.
PRODUCT = "as served"


def _granian(workers: int, threads: int) -> tuple[str, ...]:
    told = f"--interface wsgi --factory --no-ws --log-level error --workers {workers} --blocking-threads {threads}"
    return ("granian", "--host", "127.0.0.1", "--port", "{port}", *told.split(), WORKER)


def _gunicorn(workers: int, threads: int = 0) -> tuple[str, ...]:
    told = f"--log-level error --no-control-socket --workers {workers}" + (f" --threads {threads}" if threads else "")
    return ("gunicorn", "--bind", "127.0.0.1:{port}", *told.split(), f"{WORKER}()")


WAYS: dict[str, tuple[str, ...]] = {
    PRODUCT: (sys.executable, "-m", "bench.wsgi", "{port}"),
    "granian 1 x 64 threads": _granian(1, 64),
    "granian 2 x 32 threads": _granian(2, 32),
    "gunicorn sync x 2": _gunicorn(2),
    "gunicorn gthread 1 x 64": _gunicorn(1, 64),
    "gunicorn gthread 2 x 32": _gunicorn(2, 32),
    "waitress 64 threads": ("waitress-serve", "--listen=127.0.0.1:{port}", "--threads=64", "--call", WORKER),
}


@dataclass(frozen=True)
class Served:
    """A server that answers."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def ask(self, path: str, cookie: str = "") -> Ask:
        return Ask("127.0.0.1", self.port, path, cookie)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(environment: dict[str, str], way: str = PRODUCT, port: int | None = None) -> Iterator[Served]:
    """The product of these settings behind a server, until the block ends."""
    port = port or free_port()
    words = [word.format(port=port) for word in WAYS[way]]
    words[0] = shutil.which(words[0], path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}") or words[0]
    own = os.environ | environment | {"ONSPLAN_ADDRESS": f"http://{HOST}:{port}", "PYTHONPATH": str(ROOT)}
    started = subprocess.Popen(words, env=own, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait(Ask("127.0.0.1", port, EMPTY), started)
        yield Served(port, started.pid)
    finally:
        started.terminate()
        try:
            started.wait(15)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def _wait(ask: Ask, started: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_IN
    while True:
        try:
            ask_often(ask, count=4)
        except (OSError, BadAnswer):
            if started.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


# ---- memory ----------------------------------------------------------------------------------------------------------


def family_of(pid: int) -> list[int]:
    """A process and all that come from it."""
    found = [pid]
    for one in found:
        children = Path(f"/proc/{one}/task").glob("*/children")
        found += [int(child) for listed in children for child in listed.read_text().split()]
    return found


def memory_of(pid: int) -> dict[str, float]:
    """MB of one process: what it holds, and its share of what it has in common with others."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return {name: kilobytes_in(text, name) / 1024 for name in ("Rss", "Pss")}


def kilobytes_in(text: str, name: str) -> int:
    """A figure of the kernel's account of a process."""
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith(f"{name}:"))


def memory_per_worker(pid: int) -> dict[str, float]:
    """The largest worker's memory, and that of all its processes together, in MB."""
    all_of_them = [memory_of(one) for one in family_of(pid)]
    workers = all_of_them[1:] or all_of_them
    return {
        "worker rss MB": round(max(one["Rss"] for one in workers), 1),
        "worker pss MB": round(max(one["Pss"] for one in workers), 1),
        "all pss MB": round(sum(one["Pss"] for one in all_of_them), 1),
    }

"""What tests of photos share."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.media import apart, pixels, recordings
from tests.support import off

# Starts what it is told and says how much memory that took. The server's own count of it would be as large as the
# server: a process begins as large as who starts it.
WEIGHS = """
import os, resource, signal, subprocess, sys
end = subprocess.run(sys.argv[2:]).returncode
with open(sys.argv[1], "a") as told:
    told.write(f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}\\n")
if end < 0:
    os.kill(os.getpid(), -end)
sys.exit(end)
"""


class Scales:
    """How much memory the processes of one test took."""

    def __init__(self, told: Path) -> None:
        self._told = told

    def most(self) -> float:
        """The most that one of them took, in MB."""
        return max(map(int, self._told.read_text(encoding="utf-8").split())) * 1024 / 1_000_000


@pytest.fixture
def scales(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Scales:
    """Weighs every process that draws or records during a test."""
    told = tmp_path_factory.mktemp("scales") / "told"
    for room in (pixels, recordings):
        command = (sys.executable, "-I", "-S", "-c", WEIGHS, str(told), *room._command())
        monkeypatch.setattr(room, "_command", lambda command=command: command)
    return Scales(told)


@pytest.fixture(scope="session", autouse=True)
def _elsewhere_too(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A guard that is switched off is off in the process that opens a file too, which loads its own."""
    name = os.environ.get(off.OFF)
    if not name:
        yield
        return
    guard = off.guards()[name]
    copy = tmp_path_factory.mktemp("easel")
    shutil.copytree(off.ROOT / "app" / "media", copy / "app" / "media")
    shutil.copy(off.ROOT / "app" / "__init__.py", copy / "app")
    path = copy / guard.file
    if path.exists():
        path.write_text(path.read_text(encoding="utf-8").replace(guard.there, guard.instead), encoding="utf-8")
    before, apart.ROOT = apart.ROOT, Path(copy)
    yield
    apart.ROOT = before

"""What tests of photos share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.media import pixels
from tests.support import off


@pytest.fixture(scope="session", autouse=True)
def _elsewhere_too(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A guard that is switched off is off in the process that draws as well, which loads its files by itself."""
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
    before, pixels.ROOT = pixels.ROOT, Path(copy)
    yield
    pixels.ROOT = before

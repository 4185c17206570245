"""Guards, switched off one by one: `bin/test --guards`.

A guard is a piece of the product's source that keeps somebody out. To switch one off, its file is loaded with that
piece replaced, before any test imports it; then the tests that should notice are run, and at least one must fail. The
list is `tests/guards.py`; a guard that was moved or reworded is not found, and that is a failure too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
OFF = "ONSPLAN_GUARD_OFF"
AT_ONCE = 2
FAILED = 1


def guards() -> dict[str, Any]:
    """The list, read as a file: this runs before and beside the tests."""
    spec = spec_from_file_location("guards_of_the_product", ROOT / "tests" / "guards.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    found: dict[str, Any] = module.GUARDS
    return found


class Replaced(SourceFileLoader):
    """A file of the product, with one piece of it replaced."""

    def __init__(self, fullname: str, path: str, there: str, instead: str) -> None:
        super().__init__(fullname, path)
        self.there, self.instead = there, instead

    def get_code(self, fullname: str) -> object:
        """Compiled anew each time: what lies in the cache still has its guard."""
        source = Path(self.path).read_text(encoding="utf-8")
        return self.source_to_code(source.replace(self.there, self.instead).encode(), self.path)


class Finder(MetaPathFinder):
    """Finds that one file before anybody else does."""

    def __init__(self, name: str, path: Path, there: str, instead: str) -> None:
        self.name, self.path, self.there, self.instead = name, path, there, instead

    def find_spec(self, fullname: str, _path: object, _target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        loader = Replaced(fullname, str(self.path), self.there, self.instead)
        spec = ModuleSpec(fullname, loader, origin=str(self.path))
        spec.has_location = True
        return spec


def install() -> None:
    """Switch the guard off that the environment names; called before the product is imported."""
    name = os.environ.get(OFF)
    if not name:
        return
    guard = guards()[name]
    path = ROOT / guard.file
    module = guard.file.removesuffix(".py").replace("/", ".")
    if module in sys.modules:
        raise RuntimeError(f"{module} was imported before its guard could be switched off")
    sys.meta_path.insert(0, Finder(module, path, guard.there, guard.instead))


def lost() -> list[str]:
    """Guards that do not stand where the list says, once."""
    return [
        f"{name}: found {found} times in {guard.file}"
        for name, guard in guards().items()
        if (found := (ROOT / guard.file).read_text(encoding="utf-8").count(guard.there)) != 1
    ]


def noticed(name: str) -> bool:
    """Whether a test fails when this guard is off; says what happened."""
    guard = guards()[name]
    with tempfile.TemporaryDirectory() as base:
        command = [
            sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", "-m", "not postgres and not journey",
            f"--basetemp={base}/t", *guard.tests,
        ]  # fmt: skip
        environment = {**os.environ, OFF: name, "PYTHONPATH": str(ROOT)}
        ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    held = ran.returncode == FAILED and " failed" in ran.stdout
    last = next((line for line in reversed(ran.stdout.splitlines()) if line.startswith("FAILED")), ran.stdout[-300:])
    print(f"  {'noticed' if held else 'NOT NOTICED'}  {name}: {last[:150]}", flush=True)
    return held


def main(names: list[str]) -> int:
    """Switch off each guard, or those named; 0 when every one is missed by a test."""
    gone = lost()
    print("\n".join(gone))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(noticed, names or guards()))
    print(f"{sum(results)} of {len(results)} guards are missed by a test when they are off")
    return 0 if all(results) and not gone else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

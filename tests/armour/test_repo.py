"""What holds for the repository as a whole: what may not be in it, and that its lists agree with each other."""

import hashlib
import os
import re
import subprocess
import tomllib

from packaging.requirements import Requirement

from tests.support.templates import ROOT

# Written apart, so that this file does not hold them itself.
REGISTRIES = ("pythonhosted" + ".org", "pypi" + ".org", "npmjs" + ".org", "deb.debian" + ".org", "crates" + ".io")
WORKPLACES = ("/" + "work/", "/" + "root/", "/home" + "/runner", "." + "pyenv")
PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", re.MULTILINE)


def tracked() -> list[str]:
    """Every file that is or would be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return sorted(name for name in set(listed) if (ROOT / name).is_file())


def normal(name: str) -> str:
    """A package's name as lists write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(level: str) -> dict[str, set[str]]:
    """The packages of a locked list and their versions: more than one where Pythons or systems differ."""
    found: dict[str, set[str]] = {}
    for name, version in PINNED.findall((ROOT / "bin" / "locks" / f"{level}.txt").read_text(encoding="utf-8")):
        found.setdefault(normal(name), set()).add(version)
    return found


def test_no_file_names_a_registry_or_the_machine_it_was_made_on() -> None:
    faults = []
    for name in tracked():
        text = (ROOT / name).read_bytes().decode("utf-8", errors="replace")
        faults += [f"{name}: {word}" for word in REGISTRIES + WORKPLACES if word in text]
    assert not faults, "\n".join(faults)


def test_every_dependency_is_locked_at_a_version_it_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {"run": project["project"]["dependencies"], "test": project["dependency-groups"]["test"]}
    for level, wanted in asked.items():
        locked = pins(level)
        for line in wanted:
            requirement = Requirement(line)
            versions = locked.get(normal(requirement.name), set())
            assert versions, f"{line} is not in bin/locks/{level}.txt: run bin/lock"
            assert all(requirement.specifier.contains(version) for version in versions), f"{line}: run bin/lock"


def test_what_is_tested_is_what_runs() -> None:
    tested = pins("test")
    assert {name: tested.get(name) for name in pins("run")} == pins("run")


def test_every_locked_package_carries_hashes_and_no_address() -> None:
    for path in (ROOT / "bin" / "locks").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        packages = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
        assert packages
        assert all("--hash=sha256:" in package for package in packages), path.name
        assert "://" not in text, path.name


def test_vendored_files_are_the_ones_that_were_read() -> None:
    recorded = (ROOT / "tests" / "vendor" / "checksums.sha256").read_text(encoding="utf-8").split()
    found = {f"tests/vendor/{name}": digest for digest, name in zip(recorded[::2], recorded[1::2], strict=True)}
    static = tomllib.loads((ROOT / "static" / "vendor.toml").read_text(encoding="utf-8"))
    found |= {entry["path"]: entry["sha256"] for entry in static["file"]}
    assert {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in found} == found


def test_commands_can_be_started() -> None:
    for name in ("bin/run", "bin/test", "bin/onsplan", "bin/lock", ".ci/run"):
        assert os.access(ROOT / name, os.X_OK), name
        subprocess.run(["bash", "-n", str(ROOT / name)], check=True)


def test_what_is_made_on_a_machine_is_not_committed() -> None:
    left = [name for name in tracked() if re.search(r"(^|/)(\.env|uv\.lock|.*\.(pyc|db|sqlite3?|key|pem))$", name)]
    assert not left, left

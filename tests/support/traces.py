"""The host does not read along, over a whole run: what every test logged, printed, mailed, queued or left in files.

Each test's output and queue are searched when it ends, mails when they go, and what was written in the machine's own
folder for temporary files when all is over: none may hold a word of the cast, or the secret of a link.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import full

# A word so short may stand anywhere by accident.
SHORT = 4
WORDS: set[str] = set()
FOUND: list[str] = []
SEARCHED: Counter[str] = Counter()
_TEMPORARY: set[str] = set()
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def note(words: Iterable[str]) -> None:
    """From now on nobody may find these."""
    WORDS.update(word for word in words if len(word) > SHORT)


def words_in(text: str) -> list[str]:
    """The words that stand in a text."""
    return sorted(word for word in WORDS if word in text)


def look(sort: str, where: str, text: str) -> list[str]:
    """Search one text; what is found is remembered, and fails the run."""
    SEARCHED[sort] += 1
    found = words_in(text)
    if found:
        FOUND.append(f"{sort} of {where}: {', '.join(found)}")
    return found


def look_into(data: Path, where: str) -> None:
    """Search the files of a product that are no database: its queue, and whatever should not be there.

    The databases themselves are searched by tests/armour/test_sealed.py.
    """
    for path in data.rglob("*") if data.is_dir() else ():
        of_the_queue = path.name.startswith("jobs.db")
        sealed = path.suffix in {".db", ".db-wal", ".db-shm"} or path.relative_to(data).parts[0] in {"keys", "files"}
        if path.is_file() and (of_the_queue or not sealed):
            look("queues" if of_the_queue else "files", f"{where}, {path.name}", path.read_bytes().decode("latin-1"))


@pytest.fixture(autouse=True, scope="session")
def mails_hold_no_word() -> Iterator[None]:
    """Whatever mail goes out: a link to make a key with, and no word of a plan."""
    from flask_mailman import EmailMessage

    send = EmailMessage.send

    def searched(self: Any, *given: Any, **more: Any) -> Any:
        look("mails", "a test", f"{self.subject}\n{self.body}")
        return send(self, *given, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EmailMessage, "send", searched)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a test that held printed and logged, once it is over."""
    report = yield
    if report.when == "teardown" and report.passed:
        found = [word for title, text in report.sections for word in look("logs", f"{item.nodeid}, {title}", text)]
        if found:
            report.outcome = "failed"
            report.longrepr = f"in what was logged or printed: {', '.join(found)}"
    return report


def _written(event: str, given: tuple[Any, ...]) -> None:
    if event == "open" and given[2] & _WRITES and isinstance(given[0], str) and given[0].startswith(_PLACE):
        _TEMPORARY.add(given[0])


_PLACE = tempfile.gettempdir() + os.sep
# What pytest keeps for a while, and what the tests' own database servers and browsers hold.
_OF_THE_TESTS = ("pytest-of-", "onsplan-postgres-", "bt-", "playwright")


def pytest_configure() -> None:
    """From the first moment on."""
    sys.addaudithook(_written)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """What this process left in the folder for temporary files; the one that leads hears it from the others."""
    own = [path for path in _TEMPORARY if not path.removeprefix(_PLACE).startswith(_OF_THE_TESTS)]
    base = str(session.config.getoption("basetemp") or "-")
    for name in own:
        path = Path(name)
        if not name.startswith(base) and path.is_file():
            look("temporary files", name, path.read_bytes().decode("latin-1"))
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["traces"] = {"found": FOUND, "searched": dict(SEARCHED)}
        return
    figures = {sort.replace(" ", "_"): number for sort, number in SEARCHED.items()}
    full.keep("the host does not read along", **figures, words_looked_for=len(WORDS), found=len(FOUND))
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if FOUND and reporter:
        reporter.write_line("words of a family lie open in\n  " + "\n  ".join(FOUND), red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker is done: what it found counts."""
    told = getattr(node, "workeroutput", {}).get("traces", {"found": [], "searched": {}})
    FOUND.extend(told["found"])
    SEARCHED.update(told["searched"])

"""Walls around tests: what a test of that kind must not reach, it cannot reach."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import NoReturn

import pytest


class Refused(BaseException):
    """Not an Exception, so that no code under test can swallow it."""


def is_pure(node: pytest.Item) -> bool:
    """Whether a test is of rules or of the policy, which know no web and no SQL."""
    whole = {"test_matrix.py", "test_matrix_words.py", "test_no_trace.py", "test_random_acts.py"}
    policy = node.path.parent.name == "policy" and node.path.name not in whole
    return node.path.name == "test_rules.py" or policy


@pytest.fixture(autouse=True)
def rules_reach_no_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that needs a database is no rule: its test fails at the first connection."""
    if not is_pure(request.node):
        return
    from sqlalchemy.engine import Connection

    def refuse(*_arguments: object, **_options: object) -> NoReturn:
        raise Refused("a test of rules or of the policy opened the database")

    monkeypatch.setattr(Connection, "__init__", refuse)


def is_own(address: object) -> bool:
    """Whether a socket address is on this machine."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def nobody_else_listens() -> Iterator[None]:
    """The product asks nobody outside this machine for anything, whatever a test makes it do."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: object) -> None:
        if not is_own(address):
            raise Refused(f"a connection to {address} left this machine")
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test proves nothing: what did not run counts as failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and session.exitstatus == pytest.ExitCode.OK:
        reporter.write_line(f"{len(skipped)} skipped: a test that did not run counts as failed", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

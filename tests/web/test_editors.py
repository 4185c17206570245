"""Many people write in the same few texts, over HTTP, at the server as it is served, on both databases.

A ledger keeps every text that was said to be saved and every text that came back; each form goes three times. In the
end: what was said to be saved stands in the history as it was typed, written over nothing its writer did not see; what
was refused stood in the form again; and each form had one effect.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select

from app.change import open_sides
from app.db import db
from app.history.models import HistoryLine
from app.rooms import KINDS
from app.web.chosen import joined
from tests.cast import Cast
from tests.support.full import keep, size

pytestmark = [pytest.mark.both_databases, pytest.mark.long]

ROOT = Path(__file__).parent.parent.parent
EDITORS, ROUNDS = size(10, 50), size(10, 100)
TIMES = 3
# What is written in: the address of the form, the kind, the field.
TARGETS = (
    ("doelen", "goal of us", "words"),
    ("stappen", "step of us", "words"),
    ("stappen", "step oma", "words"),
    ("afspraken", "agreement of oma", "words"),
    ("afspraken", "agreement of oma", "where"),
)


@dataclass(frozen=True)
class Written:
    """One text that was said to be saved, and what its writer saw there before."""

    item: str
    field: str
    saw: str
    text: str


@dataclass
class Ledger:
    """What happened to everything that one editor typed."""

    saved: list[Written] = field(default_factory=list)
    refused: int = 0
    gave_way: int = 0
    dropped: int = 0
    lost: list[str] = field(default_factory=list)


@dataclass
class Served:
    """The product behind its own server, in a process of its own."""

    port: int
    process: subprocess.Popen[bytes]
    said: Path


@pytest.fixture
def served(environment: dict[str, str], tmp_path: Path) -> Iterator[Served]:
    """`onsplan serve` on this test's databases."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    others = {name: value for name, value in os.environ.items() if not name.startswith("ONSPLAN_")}
    command = [sys.executable, "-P", "-m", "app.cli", "serve", "--port", str(port)]
    settings = others | environment | {"PYTHONPATH": str(ROOT)}
    said = tmp_path / "said"
    with said.open("wb") as errors:
        process = subprocess.Popen(command, env=settings, stderr=errors)
    try:
        _wait_for(port, process)
        yield Served(port, process, said)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        assert process.poll() is None
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")


class Editor:
    """One browser without JavaScript, of Sara or of Jef, with a session of its own."""

    def __init__(self, served: Served, cast: Cast, number: int) -> None:
        self.cast, self.number = cast, number
        self.chance = random.Random(number)
        client = cast.client_of(("sara", "jef")[number % 2])
        self.cookies = {one.key: one.value for one in (client._cookies or {}).values()}
        self.line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=300)
        self.ledger = Ledger()

    def ask(self, address: str, sent: list[tuple[str, str]] | None = None) -> tuple[int, str]:
        """The status and the page."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        answer = self._answer(address, None if sent is None else urlencode(sent), headers)
        for one in answer.headers.get_all("Set-Cookie", ()):
            self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(one).items()}
        return answer.status, answer.read().decode()

    def _answer(self, address: str, body: str | None, headers: dict[str, str]) -> http.client.HTTPResponse:
        """As a browser does: where a line that was kept open is closed without one word, the same goes over a new one.

        Whoever keeps lines open may close them at any moment (RFC 9112, 9.3.1); a new line must answer.
        """
        method, kept = "GET" if body is None else "POST", self.line.sock is not None
        try:
            self.line.request(method, address, body, headers)
            return self.line.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            if not kept:
                raise
            self.ledger.dropped += 1
            self.line.close()
            self.line.request(method, address, body, headers)
            return self.line.getresponse()

    def work(self, rounds: int) -> Ledger:
        """So many texts, each somewhere by chance."""
        with closing(self.line):
            for turn in range(rounds):
                self.write(*self.chance.choice(TARGETS), f"editor {self.number} keer {turn}")
        return self.ledger

    def write(self, place: str, piece: str, name: str, text: str) -> None:
        """Write one text, and choose for as long as others write too."""
        address = f"/p/{self.cast.plan}/{place}/{self.cast.id(piece)}/verander"
        status, page = self.ask(address)
        assert status == 200, page
        picked = ""
        for _ in range(200):
            sent = _filled_in(page, name, text, picked)
            saw = next((value for key, value in sent if key == f"was_{name}"), "")
            answers = [self.ask(address, sent) for _time in range(TIMES)]
            statuses = {status for status, _page in answers}
            assert statuses <= {303, 422}, answers
            if picked == "now" and statuses == {303}:
                self.ledger.gave_way += 1
                return
            if 303 in statuses:
                # Said to be saved once is saved: sent again it may not be refused.
                assert [status for status, _page in answers] == sorted((status for status, _ in answers), reverse=True)
                kept = joined(saw, text) if picked == "both" else text
                self.ledger.saved.append(Written(str(self.cast.id(piece)), name, saw, kept))
                return
            page = answers[-1][1]
            self.ledger.refused += 1
            typed = _typed(page, name)
            if text not in typed:
                self.ledger.lost.append(text)
            # Who chose both, and was overtaken again, finds both texts in the form.
            text = typed
            picked = self.chance.choice(("mine", "mine", "both", "now"))
            if picked == "both" and 'value="both"' not in page:
                picked = "mine"
        raise AssertionError("others wrote at every try")


def _hidden(page: str) -> list[tuple[str, str]]:
    names = r"csrf_token|form_key|version|(?:was|mine|list)_\w+"
    form = page[page.index('/verander"') :]
    form = form[: form.index("</form>")]
    found = re.findall(rf'type="hidden" name="({names})" value="([^"]*)"', form)
    return [(name, unescape(value)) for name, value in found]


def _filled_in(page: str, name: str, text: str, picked: str) -> list[tuple[str, str]]:
    """The form as a browser would send it: what was there, one other text, and the choice where there is one."""
    hidden = _hidden(page)
    fields = [(key.removeprefix("was_"), value) for key, value in hidden if key.startswith("was_")]
    others = [(key, value) for key, value in fields if key != name]
    choice = re.search(rf'name="(keep_{name})"', page)
    return [*hidden, *others, (name, text), *([(choice[1], picked)] if choice else [])]


def _typed(page: str, name: str) -> str:
    """What stands in a field of the page."""
    area = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n?([^<]*)</textarea>', page)
    line = re.search(rf'<input [^>]*name="{name}" value="([^"]*)"', page)
    found = area or line
    return unescape(found[1]) if found else ""


def test_many_editors_at_once_lose_nothing(cast: Cast, app: Flask, served: Served, database_kind: str) -> None:
    editors = [Editor(served, cast, number) for number in range(EDITORS)]
    begin = time.monotonic()
    with ThreadPoolExecutor(EDITORS) as pool:
        ledgers = list(pool.map(lambda editor: editor.work(ROUNDS), editors))
    seconds = time.monotonic() - begin
    saved = [each for ledger in ledgers for each in ledger.saved]
    changes = _changes(app, cast)
    missing = [each for each in saved if (each.item, each.field, each.saw, each.text) not in changes]
    lost = [text for ledger in ledgers for text in ledger.lost]
    refused, gave_way, dropped = (
        sum(getattr(ledger, name) for ledger in ledgers) for name in ("refused", "gave_way", "dropped")
    )
    keep(
        "two at once",
        database=database_kind,
        editors=EDITORS,
        rounds=ROUNDS,
        times_each_form_was_sent=TIMES,
        acknowledged=len(saved),
        came_back_to_choose=refused,
        gave_way=gave_way,
        lines_closed_between_requests=dropped,
        silent_overwrites=len(missing),
        acknowledged_lost=len(missing),
        typed_lost=len(lost),
        effects=len(changes),
        seconds=round(seconds),
    )
    # A worker that fell or was stopped says so; nobody's text hangs on it, and still it may not happen.
    assert not re.findall(r"\[(?:ERROR|CRITICAL)\].*", served.said.read_text()), served.said.read_text()
    assert not lost
    assert not missing
    # Twice is once: as many effects as texts that were saved, however often each was sent.
    assert len(changes) == len(saved)
    assert len(saved) + gave_way == EDITORS * ROUNDS


def _changes(app: Flask, cast: Cast) -> list[tuple[str, str, str, str]]:
    """Every text that was ever written in place of another: the item, the field, what stood there, what came."""
    found: list[tuple[str, str, str, str]] = []
    with app.app_context():
        for item, name in {(cast.id(piece), name) for _place, piece, name in TARGETS}:
            lines = db.session.execute(select(HistoryLine).where(HistoryLine.item_id == item)).scalars()
            for line in lines:
                sides: Any = open_sides(line.plan_id, line.id, line.sealed)
                if sides.before is None:
                    continue
                kind = KINDS[line.kind]
                before, after = (getattr(kind.decode(bytes(side.body)), name) for side in (sides.before, sides.after))
                if before != after:
                    found.append((str(item), name, before, after))
    return found

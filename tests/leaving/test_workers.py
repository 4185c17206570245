"""Two servers over the same plan, as two workers are: one deletes it, the other serves nothing of it any more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

from flask import Flask

from app.leaving import commands, store
from tests.armour.test_sealed import words_of
from tests.cast import Cast
from tests.support.full import keep
from tests.test_cli import free_port

ROOT = Path(__file__).parent.parent.parent
# The product's own server with one worker, that says all it has to say: every statement and every row too.
SERVE = """
import logging, sys
logging.basicConfig(level=logging.DEBUG)
logging.getLogger("sqlalchemy.engine").setLevel(logging.DEBUG)
from app import serving
serving.WORKERS = 1
serving.run("127.0.0.1", int(sys.argv[1]))
"""


@contextmanager
def serving(environment: dict[str, str], said: Path) -> Iterator[str]:
    """A server of its own over this data; its address. What it says goes to a file."""
    port = free_port()
    with said.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(port)],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=out,
            stderr=out,
        )
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def asked(address: str, cookie: str, sent: bytes | None = None) -> tuple[int, str]:
    """One request, until somebody answers."""
    request = urllib.request.Request(address, data=sent, headers={"Cookie": cookie})
    for _turn in range(200):
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("nobody answers")


def delete(cast: Cast) -> None:
    """The parents delete the plan, in a third process."""
    for parent in (cast.sara, cast.jef):
        view = store.parents(parent)
        assert view is not None
        if parent is cast.sara:
            commands.ask(parent, view, None, uuid4().hex)
        else:
            assert commands.agree(parent, view, at_once=True)


def test_what_one_process_deletes_no_other_serves_and_none_says_a_word(
    cast: Cast, app: Flask, cast_environment: dict[str, str], tmp_path: Path
) -> None:
    cookies = {}
    for who in ("jef", "oma", "lisa"):
        cookie = cast.client_of(who).get_cookie("onsplan")
        assert cookie is not None
        cookies[who] = f"onsplan={cookie.value}"
    pages = {"jef": "/doelen", "lisa": "/", "oma": f"/voor/{cast.oma.seat}"}
    said = [tmp_path / "one.log", tmp_path / "other.log"]
    typed = b"words=Een+Smelleken&csrf_token=wrong"
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(cast_environment, file)) for file in said]
        for server in servers:
            for who, page in pages.items():
                status, text = asked(f"{server}/p/{cast.plan}{page}", cookies[who])
                assert status == 200
                assert any(word in text for word in cast.canaries_for(who).values())
            asked(f"{server}/d/{cast.tokens['oma']}", "")
            asked(f"{server}/p/{cast.plan}/doelen", cookies["jef"], typed)
        with app.app_context():
            delete(cast)
        for server in servers:
            for who, page in pages.items():
                status, text = asked(f"{server}/p/{cast.plan}{page}", cookies[who])
                assert status == 404
                assert [word for word in words_of(cast) if word in text] == []
            assert asked(f"{server}/p/{cast.plan}/doelen", cookies["jef"], typed)[0] == 401
    logs = b"".join(file.read_bytes() for file in said).decode(errors="replace")
    assert "SELECT member" in logs
    secrets = [cookie.removeprefix("onsplan=") for cookie in cookies.values()]
    assert [word for word in (*words_of(cast), *secrets, "Smelleken") if word in logs] == []
    keep("deletion: other processes", pages_served_after=0, log_bytes_searched=len(logs), words=0, tokens=0)

"""Starts the product's server again and again in little time: everything is imported once, each server is a copy.

Run as a program. It reads lines from stdin: `start PORT` begins a server as `onsplan serve` does (migrations looked
at, two workers of many threads), in a process group of its own, and answers with its number; `kill NUMBER` takes that
whole group at once, as a power cut would, and answers when it is gone.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress


def serve(port: int) -> None:
    from app import cli, serving

    cli._prepare(demo=False)
    serving.run(serving.LOOPBACK, port)


def start(port: int) -> int:
    child = os.fork()
    if child == 0:
        os.setsid()
        os.dup2(2, 1)
        try:
            serve(port)
        finally:
            os._exit(1)
    return child


def kill(child: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(child, 0)


def main() -> None:
    import alembic.command
    import gunicorn.arbiter
    import gunicorn.workers.gthread

    import app.cli
    import app.main

    assert alembic.command, gunicorn.workers.gthread
    assert app.cli, app.main
    for line in sys.stdin:
        word, number = line.split()
        answer = start(int(number)) if word == "start" else kill(int(number))
        sys.stdout.write(f"{answer or 0}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""The process of the jobs beside the server: started with it, started again when it falls, stopped with it."""

from __future__ import annotations

import os
import signal
import subprocess  # nosec B404 - our own command
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

COMMAND = [sys.executable, "-P", "-m", "app.cli", "work", "--beside"]
AGAIN_AFTER, PATIENCE = 2.0, 20.0


@contextmanager
def working_beside() -> Iterator[None]:
    """Meanwhile the jobs are done by a process beside this one."""
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep, args=(stopping,), name="beside", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join(PATIENCE + AGAIN_AFTER)


def _keep(stopping: threading.Event) -> None:
    while not stopping.is_set():
        # Its stdin tells it that this process ended, however that came.
        process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE)  # noqa: S603 # nosec B603
        while process.poll() is None and not stopping.wait(0.2):
            pass
        _end(process)
        stopping.wait(AGAIN_AFTER)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_with_parent() -> None:
    """In that process: stop when the one that started it is gone."""

    def watch() -> None:
        while sys.stdin.buffer.read(1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()

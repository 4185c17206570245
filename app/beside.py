"""The process of the jobs beside the server: started with it, started again when it falls, stopped with it."""

from __future__ import annotations

import os
import signal
import subprocess  # nosec B404 - our own command
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

COMMAND = [sys.executable, "-P", "-m", "app.cli", "work", "--beside"]
AGAIN_AFTER, PATIENCE, LOOK_EVERY = 2.0, 20.0, 1.0


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
        # In a group of its own, so that Ctrl-C in a terminal reaches this process only, which then ends that one.
        process = subprocess.Popen([*COMMAND, str(os.getpid())], process_group=0)  # noqa: S603 # nosec B603
        while process.poll() is None and not stopping.wait(0.2):
            pass
        _end(process)
        stopping.wait(AGAIN_AFTER)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_with(server: int) -> None:
    """In that process: stop when the server that started it is gone, however that came."""

    def watch() -> None:
        while os.getppid() == server:
            time.sleep(LOOK_EVERY)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="server", daemon=True).start()

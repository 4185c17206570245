"""The server that `onsplan serve` starts: one worker, many threads, so that a slow phone keeps nobody waiting."""

from __future__ import annotations

import socket
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from app.host.commands import tidy_every_hour
from app.main import served

LOOPBACK = "127.0.0.1"
# Only with --lan, which says so.
EVERYWHERE = "0.0.0.0"  # noqa: S104 # nosec B104
# A thread waits while a slow phone sends its form; it holds no connection to the database until all of it is there.
THREADS = 64


class CannotServe(Exception):
    """Says in one sentence why the server does not start."""


def run(host: str, port: int, target: str = "app.serving:worker") -> None:
    """Serve until Ctrl-C. Requests are not logged: an address tells which plan somebody opened."""
    Server(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        blocking_threads=THREADS,
        backpressure=4 * THREADS,
        websockets=False,
        log_access=False,
        log_level=LogLevels.error,
        workers_kill_timeout=5,
    ).serve()


def worker() -> Any:
    """The app in the server's worker, which also tidies once an hour."""
    app = served()
    tidy_every_hour(app)
    return app


def refuse_busy_port(host: str, port: int) -> None:
    """Find out before anything starts.

    Raises:
        CannotServe: somebody else listens there, or this user may not.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServe(f"Port {port} is in use or not allowed; choose another one with --port.") from error


def lan_address() -> str:
    """This machine's address on its network, asked of the routing table; no packet leaves for that.

    Raises:
        CannotServe: there is no network.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError as error:
            raise CannotServe("This machine has no network, so --lan has nobody to let in.") from error
        address: str = probe.getsockname()[0]
    return address

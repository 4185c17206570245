"""The server that `onsplan serve` starts: two workers of many threads, so that a slow phone keeps nobody waiting.

Chosen by measuring: docs/decisions/0014-the-server.md.
"""

from __future__ import annotations

import socket
import struct
import sys
from importlib import import_module
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from app.host.commands import forget_gone_plans, tidy_every_hour

LOOPBACK = "127.0.0.1"
# Only with --lan, which says so.
EVERYWHERE = "0.0.0.0"  # noqa: S104 # nosec B104
# A thread waits while a slow phone sends its form; it holds no connection to the database until all of it is there.
WORKERS, THREADS = 2, 32
# A phone that is read on keeps its connection so long; such a connection holds no thread.
KEPT_SECONDS = 15
# One that falls silent halfway (no network any more) gives its thread back after so long; a slow one never does. What
# is sent waits longer: a good part of what lies ready for the phone must be gone before there is room for more.
SILENT_SECONDS, UNREAD_SECONDS = 30, 180


class CannotServe(Exception):
    """Says in one sentence why the server does not start."""


class _Quiet(Logger):  # type: ignore[misc]
    """Says what failed, and never at which address: an address tells which plan somebody opened."""

    def exception(self, _msg: str, *_args: Any, **_kwargs: Any) -> None:
        """The kind of failure only; nothing of a phone that fell silent."""
        failure = sys.exc_info()[0]
        if failure is BlockingIOError:
            return
        self.error("The server could not go on: %s", "unknown" if failure is None else failure.__name__)


class _Server(BaseApplication):  # type: ignore[misc]
    """Our settings for gunicorn; it reads none from files or the command line."""

    def __init__(self, host: str, port: int, target: str) -> None:
        self._bind, self._target = f"{host}:{port}", target
        super().__init__()

    def load_config(self) -> None:
        """Requests are not logged; who stands in front is ours to say (ONSPLAN_PROXIES), not the server's to guess."""
        for name, value in {
            "bind": self._bind,
            "workers": WORKERS,
            "threads": THREADS,
            "worker_class": "gthread",
            "keepalive": KEPT_SECONDS,
            "graceful_timeout": 5,
            "loglevel": "error",
            "logger_class": _Quiet,
            # Loaded once and then shared: workers start at once, and hold together what they never change.
            "preload_app": True,
            "when_ready": _patient,
            "post_worker_init": _tidying,
            "secure_scheme_headers": {},
            "forwarder_headers": "",
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The app, in the process that the workers come from."""
        module, _colon, name = self._target.partition(":")
        return getattr(import_module(module), name)()


def run(host: str, port: int, target: str = "app.main:served") -> None:
    """Serve until Ctrl-C."""
    _Server(host, port, target).run()


def _patient(server: Any) -> None:
    """Every connection takes over from its listener how long a thread waits for its phone."""
    for listener in server.LISTENERS:
        for way, seconds in ((socket.SO_RCVTIMEO, SILENT_SECONDS), (socket.SO_SNDTIMEO, UNREAD_SECONDS)):
            listener.sock.setsockopt(socket.SOL_SOCKET, way, struct.pack("ll", seconds, 0))


def _tidying(worker: Any) -> None:
    """Each worker of the product tidies once an hour; a thread is not there any more after the server divided."""
    if isinstance(worker.wsgi, Flask):
        tidy_every_hour(worker.wsgi)
        forget_gone_plans(worker.wsgi)


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

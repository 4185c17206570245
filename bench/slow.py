"""Slow phones: uploads that trickle in, and how long everybody else waits meanwhile."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bench.client import BadAnswer, ask_often
from bench.figures import percentile
from bench.starting import Served

PHONES, BYTES_A_SECOND, BEATS = 16, 2000, 10
# Longer than any measuring here: none of them ever gets to its end.
WHOLE = 150_000
PATIENCE = 5.0
COUNT = 100


class Trickle(threading.Thread):
    """Sends a bit of every upload, ten times a second, until it is told to stop."""

    def __init__(self, server: Served, path: str, cookie: str) -> None:
        super().__init__(daemon=True)
        self._stop_now = threading.Event()
        self._phones = [socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) for _ in range(PHONES)]
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost:{server.port}\r\nCookie: {cookie}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {WHOLE}\r\n\r\nwords="
        )
        for one in self._phones:
            one.sendall(head.encode("ascii"))

    def run(self) -> None:
        bit = b"a" * (BYTES_A_SECOND // BEATS)
        while not self._stop_now.wait(1 / BEATS):
            for one in list(self._phones):
                try:
                    one.sendall(bit)
                except OSError:
                    # A server may hang up on a slow phone: that one is no load any more.
                    self._phones.remove(one)

    def end(self) -> None:
        self._stop_now.set()
        self.join()
        for one in self._phones:
            one.close()


@contextmanager
def slow_phones(server: Served, path: str, cookie: str) -> Iterator[None]:
    """Sixteen of them send while the block runs."""
    trickle = Trickle(server, path, cookie)
    trickle.start()
    try:
        yield
    finally:
        trickle.end()


def waited(server: Served, path: str, cookie: str) -> float:
    """The p99 in milliseconds of who asks for a page; a server that keeps silent counts as long as we listened."""
    try:
        return percentile(ask_often(server.ask(path, cookie), count=COUNT, patience=PATIENCE).each, 99)
    except (BadAnswer, OSError):
        return PATIENCE * 1000


def ratio(server: Served, page: str, upload: str, cookie: str) -> float:
    """How many times longer the p99 is while slow phones send."""
    before = waited(server, page, cookie)
    with slow_phones(server, upload, cookie):
        during = waited(server, page, cookie)
    return during / before

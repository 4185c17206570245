"""A bounded client: asks one address over and over, over so many connections, and tells how long each answer took.

One process without threads, so that it takes little of the machine it shares with the server. Keeps connections open
where the server does.
"""

from __future__ import annotations

import selectors
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field

ANSWER_IN = 30.0
END_OF_HEAD = b"\r\n\r\n"


class BadAnswer(Exception):
    """A server gave something else than the page that was asked for."""


class HungUp(BadAnswer):
    """The connection ended before the answer did."""


@dataclass(frozen=True)
class Ask:
    """A request that is sent as it is, over and over."""

    host: str
    port: int
    path: str
    cookie: str = ""

    @property
    def sent(self) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept-Encoding: gzip, br"]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


@dataclass
class Answer:
    """What came so far of one answer."""

    data: bytes = b""
    length: int | None = None
    head: bytes = b""

    def take(self, more: bytes) -> bool:
        """Add what came; whether the answer is whole now."""
        self.data += more
        if self.length is None:
            end = self.data.find(END_OF_HEAD)
            if end < 0:
                return False
            self.head = self.data[:end].lower()
            self.length = end + len(END_OF_HEAD) + _length_in(self.head)
        return len(self.data) >= self.length

    @property
    def closes(self) -> bool:
        """Whether the server ends the connection after it."""
        return b"\r\nconnection: close" in self.head

    @property
    def status(self) -> int:
        return int(self.head.split(b" ", 2)[1])


def _length_in(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _colon, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    raise BadAnswer("an answer without a length")


@dataclass
class Line:
    """One connection that asks, waits and asks again."""

    ask: Ask
    open: socket.socket | None = None
    answer: Answer = field(default_factory=Answer)
    begun: float = 0.0
    used: bool = False

    def begin(self) -> None:
        self.begun = time.perf_counter()
        self.send()

    def send(self) -> None:
        if self.open is None:
            self.open = socket.create_connection((self.ask.host, self.ask.port), timeout=ANSWER_IN)
            self.open.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answer = Answer()
        # A line that was let go shows itself when its answer is read.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.open.sendall(self.ask.sent)

    def read(self) -> float | None:
        """Take what came: the milliseconds the answer took when it is whole."""
        assert self.open is not None
        try:
            more = self.open.recv(262144)
        except ConnectionResetError:
            more = b""
        if not more:
            raise HungUp("the server hung up in the middle of an answer")
        if not self.answer.take(more):
            return None
        if self.answer.status != 200:
            raise BadAnswer(f"{self.ask.path.split('/')[-1]}: {self.answer.status}")
        self.used = True
        return (time.perf_counter() - self.begun) * 1000

    def close(self) -> None:
        if self.open is not None:
            self.open.close()
            self.open, self.used = None, False


@dataclass(frozen=True)
class Took:
    """How long every answer took in milliseconds, and all of them together in seconds."""

    each: list[float]
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.each) / self.seconds


@dataclass
class Asking:
    """Some lines that ask until it is enough."""

    selector: selectors.BaseSelector
    count: int
    end: float
    asked: int = 0
    each: list[float] = field(default_factory=list)

    def begin(self, line: Line) -> None:
        """Let a line ask; a new connection is watched from then on."""
        fresh = line.open is None
        line.begin()
        self.asked += 1
        if fresh and line.open is not None:
            self.selector.register(line.open, selectors.EVENT_READ, line)

    def again(self, line: Line) -> None:
        """Ask the same once more over a new connection."""
        self.leave(line)
        line.send()
        if line.open is not None:
            self.selector.register(line.open, selectors.EVENT_READ, line)

    def leave(self, line: Line) -> None:
        """Close a line, and watch it no more."""
        if line.open is not None:
            self.selector.unregister(line.open)
            line.close()

    def read(self, line: Line) -> None:
        """Take what came on a line, and ask again when an answer is whole and it is not enough yet."""
        try:
            took = line.read()
        except HungUp:
            if not line.used or line.answer.data:
                raise
            # The server let go of a connection it had kept, just as it was asked again; the clock goes on.
            self.again(line)
            return
        if took is None:
            return
        self.each.append(took)
        again = self.asked < self.count if self.count else time.perf_counter() < self.end
        if line.answer.closes or not again:
            self.leave(line)
        if again:
            self.begin(line)


def ask_often(ask: Ask, *, lines: int = 1, count: int = 0, seconds: float = 0.0, patience: float = ANSWER_IN) -> Took:
    """Ask over so many connections at once, `count` times in all or for so many seconds.

    Raises:
        BadAnswer: another answer than 200 came, or none within `patience` seconds.
    """
    all_lines = [Line(ask) for _ in range(lines)]
    begun = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        asking = Asking(selector, count, begun + seconds)
        try:
            for line in all_lines:
                asking.begin(line)
            while selector.get_map():
                ready = selector.select(patience)
                if not ready:
                    raise BadAnswer(f"no answer in {patience:g} s")
                for key, _events in ready:
                    asking.read(key.data)
        finally:
            for line in all_lines:
                line.close()
    return Took(asking.each, time.perf_counter() - begun)

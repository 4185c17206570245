"""The client: what it makes of answers, and that it asks as often as it was told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bench.client import Answer, Ask, BadAnswer, ask_often

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"


def test_an_answer_is_whole_when_as_much_came_as_its_head_says() -> None:
    answer = Answer()
    whole = OK + b"\r\nhello"
    assert [answer.take(whole[at : at + 1]) for at in range(len(whole))] == [False] * (len(whole) - 1) + [True]
    assert answer.status == 200


@pytest.mark.parametrize(("head", "closes"), [(b"Connection: close\r\n", True), (b"", False), (b"X: close\r\n", False)])
def test_it_sees_whether_the_server_hangs_up(head: bytes, closes: bool) -> None:
    answer = Answer()
    assert answer.take(OK + head + b"\r\nhello")
    assert answer.closes is closes


def test_an_answer_without_a_length_is_a_fault() -> None:
    with pytest.raises(BadAnswer, match="without a length"):
        Answer().take(b"HTTP/1.1 200 OK\r\n\r\n")


@contextmanager
def server(head: bytes, *, closes: bool) -> Iterator[tuple[int, list[bytes]]]:
    """Answers everything with one head and the word hello; its port, and what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def talk(line: socket.socket) -> None:
            with line:
                while request := line.recv(4096):
                    asked.append(request)
                    line.sendall(head + b"\r\nhello")
                    if closes:
                        return

        def listen() -> None:
            while True:
                try:
                    line, _address = listener.accept()
                except OSError:
                    return
                threading.Thread(target=talk, args=(line,), daemon=True).start()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield listener.getsockname()[1], asked
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize("closes", [True, False])
@pytest.mark.parametrize("lines", [1, 3])
def test_it_asks_as_often_as_told(lines: int, closes: bool) -> None:
    head = OK + (b"Connection: close\r\n" if closes else b"")
    with server(head, closes=closes) as (port, asked):
        took = ask_often(Ask("127.0.0.1", port, "/a", "onsplan=x"), lines=lines, count=12)
    assert len(took.each) == len(asked) == 12
    assert all(b"GET /a HTTP/1.1\r\n" in request and b"\r\nCookie: onsplan=x\r\n" in request for request in asked)


def test_another_answer_than_the_page_is_a_fault() -> None:
    with server(b"HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n", closes=False) as (port, _asked):
        ask = Ask("127.0.0.1", port, "/p/secret")
        with pytest.raises(BadAnswer, match="404"):
            ask_often(ask, count=1)


def test_a_connection_that_was_let_go_is_made_again() -> None:
    # It says nothing of closing: that is what a server does whose patience with an idle line is over.
    with server(OK, closes=True) as (port, asked):
        took = ask_often(Ask("127.0.0.1", port, "/a"), lines=2, count=6)
    assert len(took.each) == 6
    assert len(asked) == 6


def test_a_server_that_hangs_up_at_once_is_a_fault() -> None:
    with server(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n", closes=True) as (port, _asked):
        ask = Ask("127.0.0.1", port, "/a")
        with pytest.raises(BadAnswer, match="hung up"):
            ask_often(ask, count=1)

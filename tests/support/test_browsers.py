"""The server of journeys: a browser that hangs up leaves nothing open behind it."""

from collections.abc import Iterator

from tests.support.browsers import whole


class Answer:
    """An answer that knows whether it was closed."""

    closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield b"een "
        yield b"twee"

    def close(self) -> None:
        self.closed = True


def test_an_answer_is_whole_and_closed_before_it_is_sent() -> None:
    answer = Answer()
    assert list(whole(lambda _environ, _start: answer)({}, lambda *_said: lambda _data: None)) == [b"een twee"]
    assert answer.closed

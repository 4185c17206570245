"""Sealed files: whatever is done to one is noticed before its end, and none holds what was written into it."""

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.safekeeping.nouns import Damaged, OtherKey, moment_of, read_moment, told
from app.safekeeping.streams import HEAD_BYTES, PIECE, TAG_BYTES, Sealing, Unsealing
from app.vault import new_secret

SECRET = new_secret()
WHOLE = PIECE + TAG_BYTES


def sealed(data: bytes, purpose: str = "rows", secret: bytes = SECRET) -> bytes:
    out = io.BytesIO()
    stream = Sealing(out, secret, purpose)
    for start in range(0, len(data), 1000):
        stream.write(data[start : start + 1000])
    written = stream.close()
    assert written.size == len(out.getvalue())
    return out.getvalue()


def opened(data: bytes, purpose: str = "rows", secret: bytes = SECRET) -> bytes:
    return io.BufferedReader(Unsealing(io.BytesIO(data), secret, purpose)).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7])
def test_what_is_sealed_opens_whatever_its_length(size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    assert opened(sealed(data[:size])) == data[:size]


@given(at=st.integers(0), bit=st.integers(0, 7), size=st.sampled_from([0, 10, PIECE, PIECE + 10, 2 * PIECE]))
def test_a_bit_that_changed_anywhere_is_noticed(at: int, bit: int, size: int) -> None:
    data = bytearray(sealed(b"x" * size))
    data[at % len(data)] ^= 1 << bit
    with pytest.raises((Damaged, OtherKey)):
        opened(bytes(data))


@given(kept=st.integers(0, 2 * WHOLE + HEAD_BYTES))
def test_a_file_that_was_cut_off_anywhere_is_noticed(kept: int) -> None:
    data = sealed(b"x" * (2 * PIECE + 5))
    assert kept < len(data)
    with pytest.raises(Damaged):
        opened(data[:kept])


def test_pieces_that_change_places_go_missing_or_come_in_are_noticed() -> None:
    data = sealed(b"x" * (3 * PIECE + 5))
    head, pieces = data[:HEAD_BYTES], [data[HEAD_BYTES + n * WHOLE :][:WHOLE] for n in range(4)]
    other = sealed(b"x" * (3 * PIECE + 5))
    stranger = other[HEAD_BYTES : HEAD_BYTES + WHOLE]
    for wrong in (
        [pieces[1], pieces[0], *pieces[2:]],
        pieces[1:],
        [*pieces[:2], pieces[3]],
        [*pieces, pieces[3]],
        [stranger, *pieces[1:]],
        pieces[:3],
        [],
    ):
        with pytest.raises(Damaged):
            opened(head + b"".join(wrong))
    with pytest.raises(Damaged):
        opened(other[:HEAD_BYTES] + b"".join(pieces))


def test_a_file_for_something_else_or_under_another_key_does_not_open() -> None:
    with pytest.raises(Damaged):
        opened(sealed(b"words"), "files")
    with pytest.raises(OtherKey):
        opened(sealed(b"words"), secret=new_secret())


def test_it_holds_nothing_of_what_was_written_and_never_the_same_twice() -> None:
    first, second = sealed(b"goudplevier"), sealed(b"goudplevier")
    assert b"goudplevier" not in first
    assert first[HEAD_BYTES:] != second[HEAD_BYTES:]
    assert SECRET not in first


def test_neither_writing_nor_reading_holds_more_than_a_few_pieces() -> None:
    class Counted(io.RawIOBase):
        size = 0

        def write(self, data: object) -> int:
            self.size += len(data)  # type: ignore[arg-type]
            return len(data)  # type: ignore[arg-type]

    counted = Counted()
    tracemalloc.start()
    out = Sealing(counted, SECRET, "rows")  # type: ignore[arg-type]
    for _ in range(1000):
        out.write(b"x" * 20_000)
    out.close()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert counted.size > 20_000_000
    assert most < 20 * PIECE


def test_a_moment_is_read_as_it_is_written() -> None:
    at = read_moment("20261122T103001.042Z")
    assert at is not None
    assert moment_of(at) == "20261122T103001.042Z"
    assert told("20261122T103001.042Z") == "2026-11-22 10:30 UTC"
    assert told("yesterday") == "yesterday"


@pytest.mark.parametrize("name", ["files", ".lock", "20261122", "20261122T103001Z", "20261122T103001.0420Z", ""])
def test_other_names_are_no_moments(name: str) -> None:
    assert read_moment(name) is None

"""A database as a row of messages: what it is about, each table and its rows, and how many there were.

Neutral: ids are 16 bytes, instants microseconds since 1970, so that SQLite and PostgreSQL read each other's. Only as
much as one message holds is ever in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BufferedReader
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from app.safekeeping import store
from app.safekeeping.nouns import FORMAT, About, Damaged, Trouble
from app.safekeeping.store import Shape
from app.safekeeping.streams import Sealing

MESSAGE_BYTES, LENGTH_BYTES = 1024 * 1024, 4
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Watch = Callable[[Shape, tuple[Any, ...]], None]


class TableMessage(msgspec.Struct, frozen=True, tag="table"):
    """A table begins."""

    name: str
    columns: tuple[tuple[str, str], ...]


class RowsMessage(msgspec.Struct, frozen=True, tag="rows"):
    """Rows of the table that began last; each is encoded by itself."""

    rows: tuple[msgspec.Raw, ...]


class EndMessage(msgspec.Struct, frozen=True, tag="end"):
    """All of it was written: so many rows of each table."""

    counts: dict[str, int]


Message = TableMessage | RowsMessage | EndMessage


def write(connection: Connection, about: About, out: Sealing, watch: Watch) -> dict[str, int]:
    """Write a whole database; how many rows each table has.

    Args:
        connection: from `store.snapshot`.
        about: what stands first.
        out: where it goes.
        watch: is shown every row that goes by.
    """
    counts = {}
    put_message(out, about)
    for shape in store.shapes(connection):
        put_message(out, TableMessage(shape.name, shape.columns))
        counts[shape.name] = 0
        held: list[msgspec.Raw] = []
        weight = 0
        for row in store.rows(connection, shape):
            watch(shape, row)
            encoded = msgspec.msgpack.encode(_neutral(row))
            held.append(msgspec.Raw(encoded))
            weight += len(encoded)
            counts[shape.name] += 1
            if weight >= MESSAGE_BYTES:
                put_message(out, RowsMessage(tuple(held)))
                held, weight = [], 0
        put_message(out, RowsMessage(tuple(held)))
    put_message(out, EndMessage(counts))
    return counts


@dataclass
class Dump:
    """A dump being read: `about` at once, then the tables with their rows, once."""

    about: About
    _source: BufferedReader
    counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, source: BufferedReader, name: str, kept: str) -> Dump:
        """Begin to read.

        Args:
            source: where it comes from.
            name: what a sentence calls it.
            kept: the store it must be of.

        Raises:
            Damaged: it is not what was written.
            Trouble: a newer product wrote it.
        """
        about: About = get_message(source, name, About)
        if about.format != FORMAT:
            raise Trouble("A newer version of Ons Plan made this backup: update this one first.")
        if about.store != kept:
            raise Damaged(name)
        return cls(about, source)

    def tables(self) -> Iterator[tuple[Shape, Iterator[list[tuple[Any, ...]]]]]:
        """Every table with its rows in bunches, to be read in this order and whole.

        Raises:
            Damaged: it ends too early, or does not hold what it says.
        """
        message = self._message()
        while isinstance(message, TableMessage):
            shape = Shape(message.name, message.columns)
            self.counts[shape.name] = 0
            after: list[Message] = []
            yield shape, self._bunches(shape, after)
            message = after[0]
        if not isinstance(message, EndMessage) or message.counts != self.counts or self._source.read(1):
            raise Damaged(self.about.store)

    def _bunches(self, shape: Shape, after: list[Message]) -> Iterator[list[tuple[Any, ...]]]:
        message = self._message()
        while isinstance(message, RowsMessage):
            rows = [_own(shape, row) for row in message.rows]
            self.counts[shape.name] += len(rows)
            if rows:
                yield rows
            message = self._message()
        after.append(message)

    def _message(self) -> Message:
        found: Message = get_message(self._source, self.about.store, Message)
        return found


def put_message(out: Sealing, message: Any) -> None:
    """Write one message."""
    data = msgspec.msgpack.encode(message)
    out.write(len(data).to_bytes(LENGTH_BYTES, "big") + data)


def get_message(source: BufferedReader, name: str, sort: Any) -> Any:
    """Read one message.

    Raises:
        Damaged: there is none of this sort.
    """
    length = source.read(LENGTH_BYTES)
    data = source.read(int.from_bytes(length, "big"))
    try:
        return msgspec.msgpack.decode(data, type=sort)
    except (msgspec.DecodeError, ValueError) as error:
        raise Damaged(name) from error


def _neutral(row: tuple[Any, ...]) -> list[Any]:
    return [
        value.bytes
        if isinstance(value, UUID)
        else (value - _EPOCH) // _MICROSECOND
        if isinstance(value, datetime)
        else value
        for value in row
    ]


def _own(shape: Shape, row: msgspec.Raw) -> tuple[Any, ...]:
    """A row as Python holds it."""
    values = msgspec.msgpack.decode(row)
    if len(values) != len(shape.columns):
        raise Damaged(shape.name)
    return tuple(_value(sort, value) for (_name, sort), value in zip(shape.columns, values, strict=True))


def _value(sort: str, value: Any) -> Any:
    if value is None:
        return None
    if sort == "id":
        return UUID(bytes=value)
    return _EPOCH + value * _MICROSECOND if sort == "instant" else value

"""What tests of backups share: products beside each other, and databases held against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Config

Rows = dict[str, dict[Any, tuple[Any, ...]]]


def backed_up(app: Flask, place: Path) -> str:
    """Make a backup of an app's content; its moment."""
    from app.safekeeping import content
    from app.safekeeping.restore import secret_of

    with app.app_context():
        return content.make(app.extensions["onsplan.config"], place, secret_of(make=True)).moment


def elsewhere(config: Config, environment: dict[str, str]) -> Config:
    """A product with an empty content database of its own, and the keys of another."""
    from app.config import Config

    there = Config.from_env(environment)
    return replace(config, data=there.data, database_url=there.database_url)


def rows_of(url: str) -> Rows:
    """Every row of every table, by its id, as Python holds it."""
    from app.safekeeping import store

    found: Rows = {}
    with store.snapshot(url) as connection:
        for shape in store.shapes(connection):
            found[shape.name] = {row[_id(shape)]: row for row in map(_by_name(shape), store.rows(connection, shape))}
    return found


def _id(shape: Any) -> int:
    return sorted(name for name, _sort in shape.columns).index("id")


def _by_name(shape: Any) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    names = [name for name, _sort in shape.columns]
    return lambda row: tuple(value for _name, value in sorted(zip(names, row, strict=True), key=lambda pair: pair[0]))


@contextmanager
def running(config: Config) -> Iterator[Flask]:
    """A product of its own, for as long as it is needed."""
    from app.main import create_app
    from app.safekeeping.restore import close

    app = create_app(config)
    try:
        yield app
    finally:
        close(app)


def flipped(path: Path, at: int, bit: int = 0) -> None:
    """Change one bit of a file."""
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= 1 << bit
    path.write_bytes(bytes(data))

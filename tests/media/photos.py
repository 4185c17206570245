"""Photos for tests of what becomes of them: drawn by nobody, so that a test costs no process."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from app.change import Done, Put, change
from app.db import db
from app.items import Photo
from app.media import commands
from app.media.commands import Taken
from app.media.models import MediumRow
from app.media.pixels import Pixels
from app.policy.actions import Action
from tests.cast import Cast

CANARY = b"RIFF....WEBPVP8 Winterkoning"


# What the cast brought along, for a test that counts only its own.
_brought: dict[str, set[Any]] = {"rows": set(), "files": set()}


@pytest.fixture(autouse=True)
def drawn(cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing again gives the two sizes something of their own, with the canary in it."""
    monkeypatch.setitem(_brought, "rows", set(cast.on))
    monkeypatch.setitem(_brought, "files", set())
    monkeypatch.setitem(_brought, "files", names(app))

    def redraw(data: bytes) -> Pixels:
        return Pixels(CANARY + b" small " + data, CANARY + b" large " * 40 + data, 1280, 960)

    monkeypatch.setattr(commands, "redraw", redraw)


def put(cast: Cast, name: str, photo: Photo | None, who: str = "sara", **more: Any) -> Done:
    """Somebody puts a photo on a thing, or takes it away (in an app context)."""
    thing = cast.thing(name, who)
    body = msgspec.structs.replace(thing.body, photo=photo)
    return change(cast.actors[who], Action.PHOTO_CHANGE, Put(thing, body), **more)


def put_new(cast: Cast, name: str, who: str = "sara", data: bytes = b"") -> Taken:
    """Somebody puts a new photo on a thing (in an app context)."""
    plan = cast.actors[who].plan
    assert plan is not None
    taken = commands.take(plan, data)
    put(cast, name, taken.medium, who, beside=taken.keep)
    return taken


def rows(plan: UUID | None = None) -> dict[UUID, tuple[UUID | None, datetime | None]]:
    """What each photo of the test is on, and since when it is on nothing (in an app context)."""
    query = select(MediumRow.id, MediumRow.item_id, MediumRow.removed_at)
    if plan is not None:
        query = query.where(MediumRow.plan_id == plan)
    found = {row.id: (row.item_id, row.removed_at) for row in db.session.execute(query)}
    return {photo: found[photo] for photo in found.keys() - _brought["rows"]}


def files(app: Flask) -> Iterator[Path]:
    """Every file of the test on the shelf of this product, halves too."""
    folder: Path = app.extensions["onsplan.config"].data / "files"
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return (path for path in found if name_of(path) not in _brought["files"])


def names(app: Flask) -> set[str]:
    """The same, as the shelf calls them."""
    return {name_of(path) for path in files(app)}


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"

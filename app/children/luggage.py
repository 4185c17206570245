"""What a child takes along: all it keeps in one file, a page to open anywhere with its pictures beside it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from app.children.said_store import Own
from app.items import Film, Medium, Photo, Sound, media_in
from app.media import store as media

PAGE = "index.html"
CALLED: dict[type, str] = {Photo: "beeld-%d.webp", Sound: "stem-%d.m4a", Film: "film-%d.mp4"}


class _Sink(io.RawIOBase):
    """Where a zip is written: what it holds is sent on, and never lies anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Hold a piece until it is taken."""
        piece = bytes(data)
        self._held.append(piece)
        return len(piece)

    def taken(self) -> list[bytes]:
        """What came since the last time."""
        held, self._held = self._held, []
        return held


def names(own: Own) -> dict[UUID, str]:
    """What each photo, voice note and film is called in the file."""
    return {one.id: CALLED[type(one)] % number for number, one in enumerate(_media(own), 1)}


def files(own: Own, page: str) -> Iterator[tuple[str, bytes]]:
    """The page, then what is on it; one whose file is gone or damaged is left out."""
    yield PAGE, page.encode()
    called, layer = names(own), own.there.plan
    if layer is None:
        return
    for medium, data in media.each_of(layer, list(called)):
        yield called[medium], data


def _media(own: Own) -> list[Medium]:
    bodies = [body for view in own.box for body in (view.thing.body, *(one.body for one in view.replies))]
    return [one for body in bodies for one in media_in(body).values()]


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """A zip of these files, by their names, a piece at a time: one file lies in memory, not all."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for name, data in files:
            archive.writestr(ZipInfo(name), data)
            yield from sink.taken()
    yield from sink.taken()

"""What a child takes along: all it keeps in one file, a page to open anywhere with its pictures beside it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from app.children.said_store import Own
from app.items import Photo, photos_in
from app.media import store as media
from app.media.nouns import Size

PAGE = "index.html"


class _Sink(io.RawIOBase):
    """Where a zip is written: what it holds is sent on, and never lies anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: object) -> int:
        """Hold a piece until it is taken."""
        piece = bytes(data)  # type: ignore[call-overload]
        self._held.append(piece)
        return len(piece)

    def taken(self) -> list[bytes]:
        """What came since the last time."""
        held, self._held = self._held, []
        return held


def names(own: Own) -> dict[UUID, str]:
    """What each picture is called in the file."""
    return {photo.id: f"beeld-{number}.webp" for number, photo in enumerate(_photos(own), 1)}


def files(own: Own, page: str) -> Iterator[tuple[str, bytes]]:
    """The page, then each picture; one whose file is gone or damaged is left out."""
    yield PAGE, page.encode()
    for photo_id, name in names(own).items():
        data = media.bytes_of(own.there.plan, photo_id, Size.LARGE) if own.there.plan else None
        if data is not None:
            yield name, data


def _photos(own: Own) -> list[Photo]:
    bodies = [body for view in own.box for body in (view.thing.body, *(one.body for one in view.replies))]
    return [photo for body in bodies for photo in photos_in(body).values()]


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """A zip of these files, by their names, a piece at a time: one file lies in memory, not all."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for name, data in files:
            archive.writestr(ZipInfo(name), data)
            yield from sink.taken()
    yield from sink.taken()

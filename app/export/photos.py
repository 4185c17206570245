"""The photos of a sheet: where they all lie is asked at once, however many there are; each is opened as it is drawn."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from app.items import Photo, Thing
from app.media.nouns import Size, Sort
from app.media.store import files_of, opened
from app.rooms import KINDS
from app.scope import Whole
from app.web.press import PHOTO

# The address of the small photo in the page itself; empty while its file is away, and the sheet is made anew once that
# is back.
Drawn = Callable[[UUID, Photo], str]


def all_in(whole: Whole) -> list[Thing[Any]]:
    """Everything that a sheet may show."""
    return [thing for kind in KINDS.values() for thing in whole.all(kind)]


def photos_on(things: Iterable[Thing[Any]]) -> Drawn:
    """What draws the photos on these things, of a plan or of a child's layer."""
    named: dict[UUID, list[UUID]] = {}
    for thing in things:
        if thing.body.photo is not None:
            named.setdefault(thing.plan, []).append(thing.body.photo.id)
    there = {root: files_of(root, photos) for root, photos in named.items()}

    def drawn(root: UUID, photo: Photo) -> str:
        files = there.get(root, {}).get(photo.id)
        try:
            data = None if files is None or files.sort is not Sort.PHOTO else opened(root, photo.id, files, Size.SMALL)
        except OSError:
            data = None
        return "" if data is None else PHOTO + base64.b64encode(data).decode("ascii")

    return drawn

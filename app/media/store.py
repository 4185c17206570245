"""Reads photos, voice notes and films."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from sqlalchemy import select

from app.db import db
from app.keystore import key_of
from app.media.ledger import AT_ONCE, Files
from app.media.models import MediumRow
from app.media.nouns import Size, Sort
from app.media.shelf import NotThere, shelf
from app.vault import NotOpened, RootKey, unseal


def place_of(sort: Sort | str, size: Size) -> str:
    """What a file is bound to, beside the plan and its row: none opens as another sort or size."""
    return f"{sort}/{size.name.lower()}"


def bytes_of(plan: UUID, medium: UUID, size: Size = Size.LARGE, sort: Sort = Sort.PHOTO) -> bytes | None:
    """A file of a plan, opened: of a photo, or of the first picture of a film (`SMALL`), WebP; else MP4.

    None when there is none of that sort, or its file is gone or damaged. Who may see it is for the item to say that it
    is on: whoever asks has that item at hand.

    Raises:
        NoAnswer: the store of files does not answer.
    """
    name = _name_of(plan, medium, size, sort)
    return None if name is None else _opened(key_of(plan), medium, size, sort, name)


def each_of(plan: UUID, media: Collection[UUID]) -> Iterator[tuple[UUID, bytes]]:
    """These photos, voice notes and films in the order given, large and opened; without those that are not there.

    Raises:
        NoAnswer: the store of files does not answer.
    """
    key, there = key_of(plan), files_of(plan, media)
    for medium in media:
        if (files := there.get(medium)) is not None:
            data = _opened(key, medium, Size.LARGE, files.sort, files.large)
            if data is not None:
                yield medium, data


def opened(plan: UUID, medium: UUID, files: Files, size: Size) -> bytes | None:
    """One of the files that `files_of` found, opened; None when it is gone or damaged.

    Raises:
        NoAnswer: the store of files does not answer.
    """
    name = files.small if size is Size.SMALL else files.large
    return None if name is None else _opened(key_of(plan), medium, size, files.sort, name)


def _opened(key: RootKey, medium: UUID, size: Size, sort: Sort, name: str) -> bytes | None:
    try:
        return unseal(key, place_of(sort, size), medium, shelf().get(name))
    except (NotThere, NotOpened):
        return None


def _name_of(plan: UUID, medium: UUID, size: Size, sort: Sort) -> str | None:
    column = MediumRow.small if size is Size.SMALL else MediumRow.large
    mine = (MediumRow.id == medium, MediumRow.plan_id == plan, MediumRow.sort == sort.value)
    return db.session.scalar(select(column).where(*mine))


def files_of(plan: UUID, media: Collection[UUID]) -> dict[UUID, Files]:
    """The files of these photos, voice notes and films of a plan, as far as they are there."""
    row = MediumRow
    query = select(row.id, row.sort, row.small, row.large, row.size).where(row.plan_id == plan)
    if len(media) <= AT_ONCE:
        query = query.where(row.id.in_(media))
    rows = db.session.execute(query).all()
    return {one.id: Files(Sort(one.sort), one.small, one.large, one.size) for one in rows if one.id in media}

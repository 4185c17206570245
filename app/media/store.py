"""Reads photos."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from app.db import db
from app.keystore import key_of
from app.media.models import PhotoRow
from app.media.nouns import Size
from app.media.shelf import NotThere, shelf
from app.vault import NotOpened, unseal

# What a file is bound to, beside the plan and the photo: one size never opens as the other.
PLACES = {Size.SMALL: "photo/small", Size.LARGE: "photo/large"}


def bytes_of(plan: UUID, photo: UUID, size: Size) -> bytes | None:
    """A photo of a plan, opened: WebP. None when there is none, or its file is gone or damaged.

    Who may see it is for the item to say that it is on: whoever asks has that item at hand.

    Raises:
        NoAnswer: the store of files does not answer.
    """
    name = name_of(plan, photo, size)
    try:
        return None if name is None else unseal(key_of(plan), PLACES[size], photo, shelf().get(name))
    except (NotThere, NotOpened):
        return None


def name_of(plan: UUID, photo: UUID, size: Size) -> str | None:
    """The name of the file in which a photo of this plan lies."""
    column = PhotoRow.small if size is Size.SMALL else PhotoRow.large
    return db.session.scalar(select(column).where(PhotoRow.id == photo, PhotoRow.plan_id == plan))


def names_of(plan: UUID, photos: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """The names of both files, small and large, of these photos of a plan, as far as they are there."""
    query = select(PhotoRow.id, PhotoRow.small, PhotoRow.large).where(PhotoRow.plan_id == plan)
    rows = db.session.execute(query).all()
    return {row.id: (row.small, row.large) for row in rows if row.id in photos}

"""Where the files of photos, voice notes and films lie."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.media.nouns import Sort

_SORTS = ", ".join(f"'{sort.value}'" for sort in Sort)


class MediumRow(Base):
    """The files of one photo, voice note or film, by their random names. What is in it, and on which words it is, is
    sealed elsewhere.

    `item_id` is the item it is on; `removed_at` says since when it is on nothing any more. `small` is a small photo or
    the first picture of a film; a voice note has none. `size` counts the bytes of its files.
    """

    __tablename__ = "medium"
    __table_args__ = (CheckConstraint(f"sort IN ({_SORTS})", "sort"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[UUID | None] = mapped_column(index=True)
    sort: Mapped[str] = mapped_column(String(8))
    small: Mapped[str | None] = mapped_column(String(64), unique=True)
    large: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None] = mapped_column(index=True)

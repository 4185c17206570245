"""Where the files of photos lie."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class PhotoRow(Base):
    """The two files of one photo, by their random names. What is on it, and on which words it is, is sealed elsewhere.

    `item_id` is the item it is on; `removed_at` says since when it is on nothing any more.
    """

    __tablename__ = "photo"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[UUID | None] = mapped_column(index=True)
    small: Mapped[str] = mapped_column(String(64), unique=True)
    large: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None] = mapped_column(index=True)

"""The table of marks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class NewsMark(Base):
    """Up to when the holder of a seat (a member or a share) saw what is new."""

    __tablename__ = "news_mark"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    holder_id: Mapped[UUID] = mapped_column(unique=True)
    at: Mapped[datetime]

"""The table of finished sheets."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.export.nouns import SheetState, Sort


def _one_of(column: str, allowed: type[StrEnum]) -> CheckConstraint:
    values = ", ".join(f"'{value.value}'" for value in allowed)
    return CheckConstraint(f"{column} IN ({values})", column)


class SheetRow(Base):
    """A sheet of one member: at most one of each sort. A copy of what lies elsewhere, so no item of the plan."""

    __tablename__ = "sheet"
    __table_args__ = (UniqueConstraint("member_id", "sort"), _one_of("sort", Sort), _one_of("state", SheetState))

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    sort: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime] = mapped_column(index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

"""Tables of the door: an entry per change, a line per item changed, and the form keys that make twice once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Act(StrEnum):
    """What happened to one item."""

    ADD = "add"
    PUT = "put"
    REMOVE = "remove"
    RESTORE = "restore"


class HistoryEntry(Base):
    """One change by one person, of one or more items. `reason` is set for the system only."""

    __tablename__ = "history_entry"
    __table_args__ = (CheckConstraint("(actor_id IS NULL) = (reason <> '')", "somebody_or_a_reason"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(40))
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(String(80), default="")
    undoes_id: Mapped[UUID | None] = mapped_column(ForeignKey("history_entry.id", ondelete="SET NULL"), index=True)


class HistoryLine(Base):
    """One item in one change; `sealed` holds it before and after, whole."""

    __tablename__ = "history_line"
    __table_args__ = (
        CheckConstraint("act IN ('add', 'put', 'remove', 'restore')", "act"),
        CheckConstraint("version >= 1", "version"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("history_entry.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    act: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class FormKey(Base):
    """A form that was saved; its id is a keyed hash of the plan and the key in the form."""

    __tablename__ = "form_key"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)

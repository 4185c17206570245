"""Tables of getting in. No secret lies here: tokens and numbers are keyed hashes, words are hashed like passwords."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.nouns import CardBody, CardState
from app.db import Base, PlanItemRow, states
from app.items import Kind
from app.policy.audience import ONLY_ME, Default
from app.translations import gettext as _


class BrowserSession(Base):
    """A browser that was let in somewhere. Ended rows are kept a while, so that a stop is a fact, not a gap."""

    __tablename__ = "session"
    __table_args__ = (CheckConstraint("length(token_hash) = 32", "token_hash"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]


class SeatRow(Base):
    """A place in one plan that a session holds, through a member row or a share. `sealed` names the device."""

    __tablename__ = "seat"
    __table_args__ = (CheckConstraint("kind IN ('member', 'guest', 'link')", "kind"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    holder_id: Mapped[UUID] = mapped_column(index=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Card(PlanItemRow):
    """A sleutelkaart of one member: found by the keyed hash of its number, opened by its three words."""

    __tablename__ = "card"
    __table_args__ = (*states(CardState), CheckConstraint("length(number_hash) = 32", "number_hash"))

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    number_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    words_hash: Mapped[str] = mapped_column(String(200))


def _only_its_member(_body: CardBody) -> Default:
    return ONLY_ME


CARD = Kind(
    name="card",
    table=Card,
    body=CardBody,
    label=lambda _body: "",
    noun=lambda: _("Sleutelkaart"),
    default=_only_its_member,
    undoable=False,
)


class Attempt(Base):
    """A guess at a secret, counted per subject (hashed number, address, all), so that guessing is slow."""

    __tablename__ = "attempt"

    subject: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    at: Mapped[datetime] = mapped_column(index=True)

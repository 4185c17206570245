"""Tables of shares and looks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, PlanItemRow, states
from app.items import Kind
from app.policy.audience import ONLY_ME, ONLY_WE, Default
from app.sharing.nouns import ShareBody, ShareState
from app.translations import gettext as _


class ShareRow(PlanItemRow):
    """A personal link. `due_at` is when it ends; only a hash of its token lies here.

    Without `person_id` one parent hosts it alone for somebody whose row was erased: see `ShareBody.called`.
    """

    __tablename__ = "share"
    __table_args__ = (*states(ShareState), CheckConstraint("length(token_hash) = 32", "token_hash"))

    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)


def _share_default(body: ShareBody) -> Default:
    return ONLY_ME if body.alone else ONLY_WE


SHARE = Kind(
    name="share",
    table=ShareRow,
    body=ShareBody,
    label=lambda _body: "",
    noun=lambda: _("Delen"),
    default=_share_default,
    gates=("audience", "opened", "until", "word_hash"),
    lasts=True,
    undoable=False,
)


class Look(Base):
    """Somebody from outside the family looked: which share, what and on which local day is sealed."""

    __tablename__ = "look"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    share_id: Mapped[UUID] = mapped_column(ForeignKey("share.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

"""Tables of guests: stays and start cards, which are an account's own, and what is said at coming and leaving."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, PlanItemRow, states
from app.guests.nouns import GreetingBody, GreetingState
from app.items import Kind
from app.policy.audience import ON_A_SEAT, Default
from app.sharing.models import SHARE
from app.translations import gettext as _


class StayRow(Base):
    """An invitation that an account took: once, for `holder_id` is unique. `sealed` is under the plan's key."""

    __tablename__ = "stay"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("share.id", ondelete="CASCADE"), unique=True)
    created_at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class StartCardRow(Base):
    """A card with which a family begins a plan of its own. Its token follows from its id and is stored as a hash."""

    __tablename__ = "start_card"
    __table_args__ = (CheckConstraint("length(token_hash) = 32", "token_hash"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]


class GreetingRow(PlanItemRow):
    """Words of who leaves, under their share; or somebody who would like to come, on its own."""

    __tablename__ = "greeting"
    __table_args__ = states(GreetingState)

    share_id: Mapped[UUID | None] = mapped_column(ForeignKey("share.id", ondelete="CASCADE"), index=True)


def _for_the_hosts(_body: GreetingBody) -> Default:
    return ON_A_SEAT


GREETING = Kind(
    name="greeting",
    table=GreetingRow,
    body=GreetingBody,
    # Whom somebody would send is asked on Ons plan, and told nowhere else.
    label=lambda _body: "",
    noun=lambda: _("Gast"),
    under=SHARE,
    parent_column="share_id",
    default=_for_the_hosts,
    undoable=False,
)

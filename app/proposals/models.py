"""Tables of proposals and their lines."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Only, PlanItemRow, states
from app.items import Kind
from app.policy.audience import ON_A_SEAT
from app.proposals.nouns import LineBody, LineState, ProposalBody
from app.sharing.models import SHARE
from app.translations import gettext as _


class ProposalRow(PlanItemRow):
    """One visit of a guest, sent at once."""

    __tablename__ = "proposal"
    __table_args__ = states(Only)

    share_id: Mapped[UUID] = mapped_column(ForeignKey("share.id", ondelete="CASCADE"), index=True)


PROPOSAL = Kind(
    name="proposal",
    table=ProposalRow,
    body=ProposalBody,
    label=lambda _body: "",
    noun=lambda: _("Voorstel"),
    under=SHARE,
    parent_column="share_id",
    default=lambda _body: ON_A_SEAT,
    undoable=False,
    aside=True,
    silent=True,
)


class LineRow(PlanItemRow):
    """One line of it. `due_at`: a line for later is in sight again. `read_at`: its guest read the answer."""

    __tablename__ = "proposed"
    __table_args__ = states(LineState)

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    read_at: Mapped[datetime | None]


LINE = Kind(
    name="proposed",
    table=LineRow,
    body=LineBody,
    label=lambda _body: "",
    noun=lambda: _("Voorstel"),
    under=PROPOSAL,
    parent_column="proposal_id",
    default=lambda _body: ON_A_SEAT,
    about=lambda body: body.points_at,
    undoable=False,
    aside=True,
)

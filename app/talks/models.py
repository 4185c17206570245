"""Tables of talks about the family, and of with whom a guest may talk."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Only, PlanItemRow, states
from app.items import Kind
from app.policy.audience import ON_A_SEAT
from app.sharing.models import SHARE
from app.talks.nouns import TalkBody, TalkState, WithBody
from app.translations import gettext as _


class TalkRow(PlanItemRow):
    """One talk, said beforehand by who sits in the share."""

    __tablename__ = "talk"
    __table_args__ = states(TalkState)

    share_id: Mapped[UUID] = mapped_column(ForeignKey("share.id", ondelete="CASCADE"), index=True)


TALK = Kind(
    name="talk",
    table=TalkRow,
    body=TalkBody,
    label=lambda body: body.about,
    noun=lambda: _("Overleg over ons"),
    under=SHARE,
    parent_column="share_id",
    default=lambda _body: ON_A_SEAT,
    undoable=False,
)


class WithRow(PlanItemRow):
    """With whom who sits in the share may talk: one row a share, whose id follows from the share."""

    __tablename__ = "talk_with"
    __table_args__ = states(Only)

    share_id: Mapped[UUID] = mapped_column(ForeignKey("share.id", ondelete="CASCADE"), index=True)


WITH = Kind(
    name="talk_with",
    table=WithRow,
    body=WithBody,
    label=lambda _body: "",
    noun=lambda: _("Met wie een begeleider mag praten"),
    under=SHARE,
    parent_column="share_id",
    default=lambda _body: ON_A_SEAT,
    undoable=False,
)

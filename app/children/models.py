"""The tables of a child's own layer. Its root is a row beside those of plans (decision 0024)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.children.nouns import LayerBody, ReplyBody, SaidBody, SaidState, TrustedBody, TrustedState
from app.db import Base, Only, PlanItemRow, states
from app.items import Body, Kind
from app.plan.models import PlanRow, RootState
from app.policy.audience import IN_OWN_LAYER, Default
from app.translations import gettext as _


def _own(_body: Body) -> Default:
    return IN_OWN_LAYER


LAYER = Kind(
    name="layer",
    table=PlanRow,
    body=LayerBody,
    label=lambda _body: "",
    noun=lambda: _("Van mij"),
    default=_own,
    gates=("audience", "code", "since"),
    root=True,
    row_state=RootState.LAYER,
    undoable=False,
)


class SaidRow(PlanItemRow):
    __tablename__ = "said"
    __table_args__ = states(SaidState)


SAID = Kind(
    name="said",
    table=SaidRow,
    body=SaidBody,
    label=lambda body: body.words,
    noun=lambda: _("Wat ik zei"),
    default=_own,
    gates=("audience", "chosen"),
    pictured=True,
)


class ReplyRow(PlanItemRow):
    """An answer, under what it answers."""

    __tablename__ = "reply"
    __table_args__ = states(Only)

    said_id: Mapped[UUID] = mapped_column(ForeignKey("said.id", ondelete="CASCADE"), index=True)


REPLY = Kind(
    name="reply",
    table=ReplyRow,
    body=ReplyBody,
    label=lambda body: body.words,
    noun=lambda: _("Een antwoord"),
    under=SAID,
    parent_column="said_id",
    default=_own,
    pictured=True,
    undoable=False,
)


class TrustedRow(PlanItemRow):
    """A vertrouwenspersoon's way to what the child chose for them; only a hash of its token. `due_at` is its end."""

    __tablename__ = "trusted"
    __table_args__ = (*states(TrustedState), CheckConstraint("length(token_hash) = 32", "token_hash"))

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)


TRUSTED = Kind(
    name="trusted",
    table=TrustedRow,
    body=TrustedBody,
    label=lambda body: body.name,
    noun=lambda: _("Wie ik vertrouw"),
    default=_own,
    gates=("audience", "until"),
    lasts=True,
    undoable=False,
)


class SaidLookRow(Base):
    """Who looked at what a child said, on which day: sealed under the layer's key, for the child only."""

    __tablename__ = "said_look"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    said_id: Mapped[UUID] = mapped_column(ForeignKey("said.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class LayerBoxRow(Base):
    """When and how one box was opened, and how often its pictures were guessed wrong today: one row a layer, sealed."""

    __tablename__ = "layer_box"
    __table_args__ = (UniqueConstraint("plan_id"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class LayerCodeRow(Base):
    """The one code with which a child brings its layer along to a second plan: only a hash of it, for a day, once.

    `given_hash`: by whom, for which child of which plan it was given in, which it tells to nobody else.
    """

    __tablename__ = "layer_code"
    __table_args__ = (CheckConstraint("length(code_hash) = 32", "code_hash"), UniqueConstraint("plan_id"))

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    expires_at: Mapped[datetime]
    given_hash: Mapped[bytes | None] = mapped_column(LargeBinary)

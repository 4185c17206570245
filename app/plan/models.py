"""Tables of the plan itself, its members, homes and invitations."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, ItemRow, Only, PlanItemRow, states
from app.items import Body, Kind
from app.plan.nouns import (
    ClosingBody,
    ClosingState,
    HomeBody,
    InviteBody,
    InviteState,
    MemberBody,
    MemberState,
    PlanBody,
)
from app.policy.audience import EVERYBODY_INSIDE, ONLY_WE, Default
from app.translations import gettext as _


class RootState(StrEnum):
    """What a root is: a family's plan, or the own layer of a child (decision 0024)."""

    ACTIVE = "active"
    LAYER = "layer"


class PlanRow(ItemRow):
    __tablename__ = "plan"
    __table_args__ = states(RootState)


class LayerLinkRow(Base):
    """Which child of which plan a layer is of. A child has one layer, in one plan or two."""

    __tablename__ = "layer_link"
    __table_args__ = (UniqueConstraint("person_id"), UniqueConstraint("layer_id", "plan_id"))

    layer_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    # The table of people comes after this one: without its type said here, whoever asks under another name gets text.
    person_id: Mapped[UUID] = mapped_column(Uuid(), ForeignKey("person.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]


def _of_the_parents(_body: Body) -> Default:
    return ONLY_WE


def _of_all_inside(_body: Body) -> Default:
    return EVERYBODY_INSIDE


def _front(body: PlanBody) -> PlanBody:
    """What a guest reads: how the family calls itself and who keeps the overview; no fact of how the help began."""
    return PlanBody(
        writer=body.writer,
        language=body.language,
        name=body.name,
        zone=body.zone,
        overview=body.overview,
        overview_person=body.overview_person,
        overview_since=body.overview_since,
        overview_before=body.overview_before,
    )


PLAN = Kind(
    name="plan",
    table=PlanRow,
    body=PlanBody,
    label=lambda body: body.name,
    noun=lambda: _("Ons plan"),
    default=_of_all_inside,
    front=_front,
    pictured=True,
    root=True,
    row_state=RootState.ACTIVE,
)


def _its_person(body: MemberBody | InviteBody) -> frozenset[UUID]:
    return frozenset() if body.person is None else frozenset({body.person})


class MemberRow(PlanItemRow):
    __tablename__ = "member"
    __table_args__ = states(MemberState)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


MEMBER = Kind(
    name="member",
    table=MemberRow,
    body=MemberBody,
    label=lambda _body: "",
    noun=lambda: _("Wie ons plan kan openen"),
    default=_of_the_parents,
    gates=("audience", "opened", "own_key", "shown"),
    named=_its_person,
    undoable=False,
)


class InviteRow(PlanItemRow):
    """A new parent's or meehelper's way in: one use, short life, only a hash of its token."""

    __tablename__ = "invite"
    __table_args__ = (*states(InviteState), CheckConstraint("length(token_hash) = 32", "token_hash"))

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)


INVITE = Kind(
    name="invite",
    table=InviteRow,
    body=InviteBody,
    label=lambda _body: "",
    noun=lambda: _("Uitnodiging"),
    default=_of_the_parents,
    named=_its_person,
    undoable=False,
)


class ClosingRow(PlanItemRow):
    """The plan goes on the day `due_at`, as long as this runs."""

    __tablename__ = "closing"
    __table_args__ = states(ClosingState)


CLOSING = Kind(
    name="closing",
    table=ClosingRow,
    body=ClosingBody,
    label=lambda _body: "",
    noun=lambda: _("Ons plan wegdoen"),
    default=_of_the_parents,
    undoable=False,
)


class HomeRow(PlanItemRow):
    __tablename__ = "home"
    __table_args__ = states(Only)


HOME = Kind(
    name="home",
    table=HomeRow,
    body=HomeBody,
    label=lambda body: body.name,
    noun=lambda: _("Een huis"),
    named=lambda body: frozenset(body.sleepers),
    pictured=True,
)

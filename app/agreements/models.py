"""Tables of agreements and how each occurrence went."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.agreements.nouns import AgreementBody, AgreementState, OutcomeBody, Result, YesBody
from app.db import Only, PlanItemRow, states
from app.items import Kind
from app.policy.audience import WE_AND_DOERS, WE_AND_NAMED, Default
from app.translations import gettext as _


class AgreementRow(PlanItemRow):
    __tablename__ = "agreement"
    __table_args__ = states(AgreementState)


AGREEMENT = Kind(
    name="agreement",
    table=AgreementRow,
    body=AgreementBody,
    label=lambda body: body.words,
    noun=lambda: _("Afspraak"),
    named=lambda body: frozenset(body.who),
    pictured=True,
)


class OutcomeRow(PlanItemRow):
    """How one occurrence went. What it says is sealed, also whether it went well."""

    __tablename__ = "outcome"
    __table_args__ = states(Only)

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"), index=True)


def _outcome_default(body: OutcomeBody) -> Default:
    return WE_AND_DOERS if body.result is Result.MISSED else WE_AND_NAMED


OUTCOME = Kind(
    name="outcome",
    table=OutcomeRow,
    body=OutcomeBody,
    label=lambda body: body.why,
    noun=lambda: _("Hoe het ging"),
    under=AGREEMENT,
    parent_column="agreement_id",
    default=_outcome_default,
    named=lambda body: frozenset(body.who),
)


class YesRow(PlanItemRow):
    """Somebody's yes to one text of an agreement."""

    __tablename__ = "yes"
    __table_args__ = states(Only)

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"), index=True)


YES = Kind(
    name="yes",
    table=YesRow,
    body=YesBody,
    label=lambda _body: "",
    noun=lambda: _("Goed voor mij"),
    under=AGREEMENT,
    parent_column="agreement_id",
    default=lambda _body: WE_AND_DOERS,
    named=lambda body: frozenset() if body.writer is None else frozenset({body.writer}),
    undoable=False,
    silent=True,
)

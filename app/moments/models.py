"""The table of moments."""

from __future__ import annotations

from app.db import Only, PlanItemRow, states
from app.items import Kind
from app.moments.nouns import MomentBody
from app.translations import gettext as _


class MomentRow(PlanItemRow):
    __tablename__ = "moment"
    __table_args__ = states(Only)


MOMENT = Kind(
    name="moment",
    table=MomentRow,
    body=MomentBody,
    label=lambda body: body.words,
    noun=lambda: _("Foto"),
    pictured=True,
)

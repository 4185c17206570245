"""Tables of goals and their small steps."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PlanItemRow, states
from app.goals.nouns import GoalBody, GoalState, StepBody, StepState
from app.items import Kind
from app.translations import gettext as _


class GoalRow(PlanItemRow):
    __tablename__ = "goal"
    __table_args__ = states(GoalState)


GOAL = Kind(
    name="goal",
    table=GoalRow,
    body=GoalBody,
    label=lambda body: body.words,
    noun=lambda: _("Wat wij willen"),
    named=lambda body: frozenset({*body.whose, *([body.arranger] if body.arranger else [])}),
    pictured=True,
)


class StepRow(PlanItemRow):
    __tablename__ = "step"
    __table_args__ = states(StepState)

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), index=True)


STEP = Kind(
    name="step",
    table=StepRow,
    body=StepBody,
    label=lambda body: body.words,
    noun=lambda: _("Kleine stap"),
    under=GOAL,
    parent_column="goal_id",
    named=lambda body: frozenset(body.helpers),
    pictured=True,
)

"""What the host's tidying writes down: which proposals ended with their share or their target.

Every page knows that by itself at the next request; this keeps the rows true. It reads rows of all plans, for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import literal, select

from app.change import BothChanged, NotPermitted, Put, change
from app.db import db
from app.goals.models import GOAL, STEP, GoalRow, StepRow
from app.items import Kind, Thing
from app.keystore import NoKey, key_of
from app.people.models import PersonRow
from app.policy.actions import Action
from app.policy.actor import Actor
from app.proposals import rules
from app.proposals.models import LINE, LineRow, ProposalRow
from app.proposals.nouns import Event, LineBody, LineState
from app.proposals.store import KIND_OF
from app.scope import open_row
from app.sharing.models import ShareRow
from app.sharing.nouns import ShareState
from app.sharing.seats import outlives


def end_what_ended(actor: Actor, at: datetime) -> None:
    """Write down of every waiting line whose share or target is gone that it ended; somebody's answer goes first."""
    for line in ended(at):
        state = rules.after(LineState(line.state), Event.END, actor.kind)
        if state is LineState.WITHDRAWN:
            with suppress(BothChanged, NotPermitted):
                change(replace(actor, plan=line.plan), Action.PROPOSAL_END, Put(line, state=state, alone=True))


def ended(at: datetime) -> list[Thing[LineBody]]:
    """Every waiting line, of all plans, whose share ended or whose target is gone."""
    rows = db.session.execute(
        select(
            LineRow.__table__,
            literal(None).label("parent_id"),
            ((ShareRow.state == ShareState.ACTIVE) & (ShareRow.due_at > at) & ShareRow.removed_at.is_(None)).label(
                "works"
            ),
            ShareRow.id.label("share_id"),
            (PersonRow.id.is_(None) | PersonRow.removed_at.is_not(None)).label("away"),
        )
        .join(ProposalRow, ProposalRow.id == LineRow.proposal_id)
        .join(ShareRow, ShareRow.id == ProposalRow.share_id)
        .outerjoin(PersonRow, PersonRow.id == ShareRow.person_id)
        .where(LineRow.state == LineState.WAITING)
    ).all()
    opened = [(thing, _works(row)) for row in rows if (thing := _opened(row)) is not None]
    there = _there(thing.body for thing, works in opened if works)
    return [thing for thing, works in opened if not works or not _needs(thing.body) <= there]


def _works(row: Any) -> bool:
    """Whether the share of a line still lets its guest in. Who takes a person away ends nothing of what another parent
    hosts alone.
    """
    return bool(row.works) and (not row.away or outlives(row.plan_id, row.share_id))


def _opened(row: Any) -> Thing[LineBody] | None:
    """A line; None in a plan whose key is gone: its rows are noise, and on their way out."""
    try:
        return open_row(key_of(row.plan_id), LINE, row)
    except NoKey:
        return None


def _needs(body: LineBody) -> set[UUID]:
    return {one for one in (body.target, body.goal) if one is not None}


def _there(bodies: Iterable[LineBody]) -> set[UUID]:
    """What these lines point at that does not lie in the bin; a small step goes with its goal."""
    asked: dict[Kind[Any], set[UUID]] = {}
    for body in bodies:
        for kind, one in ((KIND_OF[body.about], body.target), (GOAL, body.goal)):
            if one is not None:
                asked.setdefault(kind, set()).add(one)
    found: set[UUID] = set()
    for kind, ids in asked.items():
        query = select(kind.table.id).where(kind.table.id.in_(ids), kind.table.removed_at.is_(None))
        if kind is STEP:
            query = query.join(GoalRow, GoalRow.id == StepRow.goal_id).where(GoalRow.removed_at.is_(None))
        found.update(db.session.scalars(query))
    return found

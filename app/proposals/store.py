"""Reads proposals as far as the actor sees them: a line about what they do not see is not there for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import g
from sqlalchemy import literal, select

from app.agreements.models import AGREEMENT
from app.db import db, now
from app.goals.models import GOAL, STEP
from app.items import Kind, Thing
from app.keystore import key_of
from app.local import local_day
from app.people.models import PERSON
from app.people.store import face_of
from app.plan.models import HOME, PLAN
from app.plan.nouns import PlanBody
from app.policy.actor import Actor, ActorKind
from app.proposals import rules
from app.proposals.models import LINE, PROPOSAL, LineRow, ProposalRow
from app.proposals.nouns import Act, LineBody, LineState, ProposalBody, Target
from app.rooms import Face
from app.scope import Whole, load, open_row
from app.sharing.models import SHARE, ShareRow
from app.sharing.store import ShareView, shares_in

KIND_OF: dict[Target, Kind[Any]] = {
    Target.GOAL: GOAL,
    Target.STEP: STEP,
    Target.AGREEMENT: AGREEMENT,
    Target.PERSON: PERSON,
    Target.HOME: HOME,
}
NEEDED = (PLAN, PERSON, HOME, GOAL, STEP, AGREEMENT, SHARE, PROPOSAL, LINE)


@dataclass(frozen=True)
class LineView:
    """One line, what it is about and who proposes it. `target` is None for something new."""

    thing: Thing[LineBody]
    share: ShareView
    target: Thing[Any] | None
    goal: Thing[Any] | None
    whole: Whole

    @property
    def body(self) -> LineBody:
        return self.thing.body

    @property
    def visit(self) -> UUID | None:
        """The proposal it came with."""
        return self.thing.parent

    @cached_property
    def standing(self) -> LineState:
        """How it stands now."""
        there = all(one is None or not one.is_away for one in (self.target, self.goal)) and not self._is_gone
        return rules.standing(LineState(self.thing.state), self.share.works, there)

    @property
    def _is_gone(self) -> bool:
        """Whether what it points at was erased from the bin."""
        body = self.body
        return (body.target is not None and self.target is None) or (body.goal is not None and self.goal is None)

    @property
    def is_waiting(self) -> bool:
        return self.standing is LineState.WAITING

    @property
    def is_later(self) -> bool:
        """Waiting, and out of sight until the day the family chose."""
        return self.is_waiting and rules.is_out_of_sight(self.thing.due_at, now())

    @property
    def is_over(self) -> bool:
        """Answered, taken back or ended."""
        return not self.is_waiting

    @property
    def is_here(self) -> bool:
        """Waiting, and in sight."""
        return self.is_waiting and not self.is_later


@dataclass(frozen=True)
class Board:
    """All proposals an actor sees, oldest first; for a guest those of their own seat."""

    whole: Whole
    lines: list[LineView]

    @property
    def plan(self) -> Thing[PlanBody] | None:
        return self.whole.get(PLAN, self.whole.actor.plan)

    @property
    def today(self) -> date:
        """The plan's local day."""
        return local_day(now(), self.whole.zone)

    def day_after(self, instant: datetime) -> date:
        """The first local day that lies wholly after an instant."""
        return local_day(instant, self.whole.zone) + timedelta(days=1)

    @cached_property
    def people(self) -> list[Face]:
        """Whom this actor may name: people they see, and people named in what they see."""
        seen = [person.id for person in self.whole.all(PERSON)]
        kinds: tuple[Kind[Any], ...] = (GOAL, STEP, AGREEMENT, HOME)
        things = (thing for kind in kinds for thing in self.whole.all(kind))
        named = {one for thing in things for one in thing.facts.named}
        mine = {self.whole.actor.person} - {None}
        found = [*seen, *sorted(one for one in {*named, *mine} if one is not None and one not in seen)]
        return [face_of(self.whole, one, 2) for one in found if self.whole.name(one)]

    @cached_property
    def here(self) -> list[LineView]:
        """What waits in sight, oldest first."""
        return [line for line in self.lines if line.is_here]

    @cached_property
    def later(self) -> list[LineView]:
        """What waits out of sight, what comes back first first."""
        return sorted((line for line in self.lines if line.is_later), key=lambda line: str(line.thing.due_at))

    @cached_property
    def answered(self) -> list[LineView]:
        """What is over, last first."""
        over = (line for line in self.lines if line.is_over)
        return sorted(over, key=lambda line: line.body.decided_at or line.thing.changed_at, reverse=True)

    def of_visit(self, proposal: UUID | None) -> list[LineView]:
        """The lines of one visit."""
        return [line for line in self.lines if line.visit == proposal]

    def made(self, thing: Thing[Any]) -> list[LineView]:
        """The accepted lines that made something what it is, last first."""
        return [line for line in self.answered if line.body.applied == thing.id]

    def about(self, thing: Thing[Any]) -> list[LineView]:
        """What waits in sight about something, or would belong to it."""
        return [line for line in self.here if thing.id in {line.body.target, line.body.goal}]

    def new(self, about: Target) -> list[LineView]:
        """The new things of a kind that wait in sight."""
        return [line for line in self.here if line.body.about is about and line.body.act is Act.NEW]

    def thing(self, about: Target, id: UUID | None) -> Thing[Any] | None:  # noqa: A002
        """Something of the plan that a line may be about; what lies in the bin is not there."""
        found = self.whole.get(KIND_OF[about], id)
        return None if found is None or found.is_away else found


@dataclass(frozen=True)
class Question:
    """One line, as the page about it needs it."""

    line: LineView
    board: Board

    @property
    def thing(self) -> Thing[LineBody]:
        """What the policy is asked about."""
        return self.line.thing

    @cached_property
    def beside(self) -> list[LineView]:
        """What else of the same visit waits."""
        others = (one for one in self.board.of_visit(self.line.visit) if one.thing.id != self.thing.id)
        return [one for one in others if one.is_here]

    @cached_property
    def next(self) -> LineView | None:
        """What to answer after this one: of the same visit, else the oldest that waits."""
        waiting = (one for one in (*self.beside, *self.board.here) if one.thing.id != self.thing.id)
        return next(waiting, None)


@dataclass(frozen=True)
class Visit:
    """A proposal, and what of it still waits in sight."""

    thing: Thing[ProposalBody]
    waiting: list[LineView]


def board(actor: Actor) -> Board:
    """All proposals."""
    return board_in(load(actor, *NEEDED, removed=True))


def board_in(whole: Whole, *, look_for_hidden: bool = True) -> Board:
    """The proposals of a whole that was loaded with `NEEDED`.

    Args:
        whole: also from the bin, so that what was taken away is known from what was hidden.
        look_for_hidden: otherwise what is not there counts as gone, and is of no interest.
    """
    shares = {share.thing.id: share for share in shares_in(whole)}
    things = whole.all(LINE)
    # A guest's own words stay theirs; what they point at is gone for them, whether it was hidden or taken away.
    is_guest = whole.actor.kind is ActorKind.GUEST
    hidden = set() if is_guest or not look_for_hidden else _hidden(whole, (thing.body for thing in things))
    lines = [
        LineView(
            thing,
            shares[proposal.parent],
            whole.get(KIND_OF[thing.body.about], thing.body.target),
            whole.get(GOAL, thing.body.goal),
            whole,
        )
        for thing in things
        if (proposal := whole.get(PROPOSAL, thing.parent)) is not None
        and proposal.parent in shares
        and not hidden & thing.body.points_at
    ]
    return Board(whole, sorted(lines, key=lambda line: (line.thing.created_at, line.thing.position)))


def at_hand(actor: Actor) -> Board:
    """The same without what lies in the bin, for the part of another room's page: what waits there is there."""
    whole = load(actor, *NEEDED)
    # Every small step on a page asks for it.
    kept: dict[Whole, Board] = g.setdefault("proposals", {})
    if whole not in kept:
        kept[whole] = board_in(whole, look_for_hidden=False)
    return kept[whole]


def line(actor: Actor, line: UUID) -> LineView | None:
    """One line."""
    return next((found for found in board(actor).lines if found.thing.id == line), None)


def question(actor: Actor, line: UUID) -> Question | None:
    """One line, and what stands beside it."""
    found = board(actor)
    return next((Question(one, found) for one in found.lines if one.thing.id == line), None)


def visit(actor: Actor, proposal: UUID) -> Visit | None:
    """One proposal; None when nothing of it is this actor's to see."""
    found = board(actor)
    thing, lines = found.whole.get(PROPOSAL, proposal), found.of_visit(proposal)
    return None if thing is None or not lines else Visit(thing, [line for line in lines if line.is_here])


def _hidden(whole: Whole, bodies: Iterable[LineBody]) -> set[UUID]:
    """What these lines point at that is there and not this actor's to see; what was erased is not there for anybody."""
    asked: dict[Kind[Any], set[UUID]] = {}
    for body in bodies:
        for kind, one in ((KIND_OF[body.about], body.target), (KIND_OF[body.about], body.applied), (GOAL, body.goal)):
            if one is not None and whole.get(kind, one) is None:
                asked.setdefault(kind, set()).add(one)
    found = (select(kind.table.id).where(kind.table.id.in_(ids)) for kind, ids in asked.items())
    return {row for query in found for row in db.session.scalars(query)}


def seat(actor: Actor) -> Thing[Any] | None:
    """The share that lets this guest in."""
    return load(actor, SHARE).get(SHARE, actor.seat)


def declined(actor: Actor) -> list[LineBody]:
    """What this guest heard "Niet nu" to, through any seat that the same host gave: the person and the host count."""
    rows = db.session.execute(
        select(LineRow.__table__, literal(None).label("parent_id"), ProposalRow.share_id)
        .join(ProposalRow, ProposalRow.id == LineRow.proposal_id)
        .join(ShareRow, ShareRow.id == ProposalRow.share_id)
        .where(
            LineRow.plan_id == actor.plan,
            ShareRow.person_id == actor.person,
            LineRow.state == LineState.DECLINED,
            LineRow.changed_at > now() - rules.QUIET,
        )
    ).all()
    if not rows or actor.plan is None:
        return []
    key = key_of(actor.plan)
    shares = select(ShareRow.__table__, literal(None).label("parent_id")).where(
        ShareRow.id.in_({row.share_id for row in rows})
    )
    opened = (open_row(key, SHARE, row) for row in db.session.execute(shares))
    same_host = {one.id for one in opened if (one.body.writer if one.body.alone else None) == actor.hosted_by}
    return [open_row(key, LINE, row).body for row in rows if row.share_id in same_host]

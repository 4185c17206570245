"""Reads what leaving a plan and deleting it are about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.change import open_sides
from app.db import db, now
from app.history.models import HistoryLine
from app.items import Thing, facts_of
from app.leaving import rules
from app.people.models import PERSON
from app.plan import store as plans
from app.plan.models import CLOSING, MEMBER, PLAN
from app.plan.nouns import ClosingBody, ClosingState, MemberBody, MemberState, PlanBody
from app.policy.actor import Actor
from app.policy.audience import sees
from app.rooms import SEATS
from app.scope import Whole, load


@dataclass(frozen=True)
class ParentsView:
    """The parents of a plan, and the question to delete it when it runs."""

    plan: Thing[PlanBody]
    whole: Whole
    members: list[Thing[MemberBody]]
    closing: Thing[ClosingBody] | None

    @property
    def me(self) -> UUID | None:
        """Who looks."""
        return self.whole.actor.person

    @property
    def my_name(self) -> str:
        """How the family calls who looks."""
        return self.whole.name(self.me) if self.me is not None else ""

    @property
    def parents(self) -> frozenset[UUID]:
        """The people who are parents now."""
        return plans.parents(self.members)

    @property
    def is_only_parent(self) -> bool:
        """Whether nobody else is."""
        return rules.why_not_leave(self.me, self.parents) is not None

    @property
    def asked_by_me(self) -> bool:
        """Whether the question that runs is one's own."""
        return self.closing is not None and self.closing.body.writer == self.me

    @property
    def said_yes(self) -> bool:
        """Whether one said yes to it already."""
        return self.closing is not None and self.me in self.closing.body.agreed

    @property
    def yes_ends_it(self) -> bool:
        """Whether one's own yes is the last."""
        agreed = () if self.closing is None else self.closing.body.agreed
        return rules.all_agree((*agreed, self.me) if self.me else agreed, self.parents)

    @property
    def asker(self) -> str:
        """Who asked, by name."""
        return "" if self.closing is None else self.whole.name(self.closing.body.writer)

    @property
    def day(self) -> date:
        """On which local day the plan goes; when nobody asked yet, if one asked now."""
        due = None if self.closing is None else self.closing.due_at
        return (due or rules.goes_on(now())).astimezone(ZoneInfo(self.whole.zone)).date()


@dataclass(frozen=True)
class LeaveView:
    """A parent's own place in the plan, and who else is there."""

    thing: Thing[MemberBody]
    parents: ParentsView


def parents(actor: Actor) -> ParentsView | None:
    """The parents of the plan."""
    whole = load(actor, PLAN, MEMBER, CLOSING, PERSON)
    plan = whole.get(PLAN, actor.plan)
    if plan is None:
        return None
    members = [one for one in whole.all(MEMBER) if one.state == MemberState.ACTIVE]
    closing = next((one for one in whole.all(CLOSING) if one.state == ClosingState.RUNNING), None)
    return ParentsView(plan, whole, members, closing)


def is_asked(actor: Actor) -> bool:
    """Whether somebody asks to delete the plan."""
    return plans.closing(actor) is not None


def leave(actor: Actor) -> LeaveView | None:
    """One's own place in the plan."""
    view = parents(actor)
    mine = next((one for one in view.members if one.id == actor.seat), None) if view is not None else None
    return None if view is None or mine is None else LeaveView(mine, view)


def lines_of_nobody(things: Iterable[Thing[Any]], readers: Collection[Actor]) -> list[UUID]:
    """The lines of these things' history that none of the readers may ever read: they tell of what was kept then."""
    by_id = {thing.id: thing for thing in things}
    query = select(HistoryLine.id, HistoryLine.item_id, HistoryLine.sealed).where(HistoryLine.item_id.in_(by_id))
    found = []
    for row in db.session.execute(query):
        thing = by_id[row.item_id]
        sides = open_sides(thing.plan, row.id, row.sealed)
        versions = [side for side in (sides.before, sides.after) if side is not None]
        facts = [
            facts_of(thing.kind, thing.plan, thing.id, thing.kind.decode(bytes(one.body)), thing.under)
            for one in versions
        ]
        if not any(all(sees(reader, one) for one in facts) for reader in readers):
            found.append(row.id)
    return found


def others(view: ParentsView) -> list[Actor]:
    """Everybody with an own key who stays when this parent leaves, meehelpers too."""
    found = (SEATS["member"](view.plan.id, one.id) for one in view.members if one.body.person != view.me)
    return [other for other in found if other is not None]

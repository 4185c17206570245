"""A guest's visit: with which family, until when, and which of its pages hold something for them.

Asked once a request, for the door that notes the look and for what stands around every page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g

from app.agreements.models import AGREEMENT
from app.db import now
from app.goals.models import GOAL
from app.items import Kind
from app.local import local_day
from app.moments.models import MOMENT
from app.people.models import PERSON
from app.plan.models import HOME, PLAN
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.decide import permits
from app.scope import load
from app.sharing.models import SHARE


@dataclass(frozen=True, slots=True)
class Visit:
    """What is around a guest on every page.

    Attributes:
        family: how the family calls itself; may be empty.
        today: the plan's local day.
        until: the last day of the visit.
        sees: the kinds of thing of which this guest sees at least one.
        may_print: whether the family lets them print.
    """

    family: str
    today: date
    until: date | None
    sees: frozenset[str]
    may_print: bool


def visit_of(actor: Actor) -> Visit:
    """The visit of a guest, read once a request."""
    known: dict[Actor, Visit] = g.setdefault("visits", {})
    if actor not in known:
        known[actor] = _read(actor)
    return known[actor]


def visiting() -> Visit | None:
    """The visit of who reads this page; None for the family itself, and on a page that says something is not there."""
    actor: Actor | None = g.get("actor")
    if actor is None or actor.kind is not ActorKind.GUEST:
        return None
    return visit_of(actor) if g.get("let_in") else None


def _read(actor: Actor) -> Visit:
    kinds: tuple[Kind[Any], ...] = (PERSON, GOAL, AGREEMENT, HOME, MOMENT)
    whole = load(actor, PLAN, SHARE, *kinds)
    plan, seat = whole.get(PLAN, actor.plan), whole.get(SHARE, actor.seat)
    return Visit(
        family="" if plan is None else plan.body.name,
        today=local_day(now(), whole.zone),
        until=None if seat is None else seat.body.until,
        sees=frozenset(kind.name for kind in kinds if whole.all(kind)),
        may_print=permits(actor, Action.PAPER_MAKE),
    )

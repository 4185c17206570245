"""What can be done about who keeps the overview: load -> rules -> change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec

from app.change import Done, Put, Refused, change, was_saved
from app.overview import rules
from app.overview.rules import Reason
from app.overview.store import OverviewView
from app.plan.nouns import Overview
from app.policy.actions import Action
from app.policy.actor import Actor


@dataclass(frozen=True)
class OverviewInput:
    """Who keeps it, and since when; each may stay open."""

    overview: Overview | None = None
    person: UUID | None = None
    since: date | None = None


def choose(actor: Actor, view: OverviewView, given: OverviewInput, seen: int | None, form_key: str | None) -> Done:
    """Choose who keeps the overview; who did until then stays to read.

    Raises:
        Refused: somebody who is not of ours, or since a day that cannot be.
        BothChanged: somebody chose otherwise since version `seen`.
    """
    if was_saved(actor, form_key):
        return Done(None, (view.thing.id,), repeated=True)
    person = rules.keeper_of(given.overview, given.person)
    if person not in {None, view.body.overview_person, *(face.id for face in view.people)}:
        raise Refused(Reason.NOT_OUR_PERSON)
    reason = rules.why_not_since(view.body, given.overview, person, given.since, view.today)
    if reason is not None:
        raise Refused(reason)
    body = msgspec.structs.replace(
        view.body, **rules.chosen(view.body, given.overview, person, given.since, view.today)
    )
    return change(actor, Action.PLAN_CHANGE, Put(view.thing, body, seen=seen), form_key=form_key)

"""Reads what is new to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement

from app.db import now
from app.history import store as history_store
from app.history.entries import EntryView, LineView
from app.history.models import Act
from app.items import Thing
from app.news import marks, rules
from app.plan.models import MEMBER, PLAN
from app.plan.nouns import PlanBody
from app.policy.actor import Actor
from app.policy.audience import OUTSIDE
from app.rooms import KINDS, told
from app.scope import Whole, load
from app.sharing.models import SHARE


@dataclass(frozen=True)
class NewsView:
    """What others changed since somebody saw it all, newest first.

    Attributes:
        changes: the last change of each thing.
        until: this instant: what comes later is news next time.
        whole: what the reader sees.
    """

    changes: list[EntryView]
    until: datetime
    whole: Whole

    @property
    def plan(self) -> Thing[PlanBody] | None:
        """The plan it is about."""
        return self.whole.get(PLAN, self.whole.actor.plan)


def news(actor: Actor) -> NewsView:
    """What is new to somebody who holds a seat; to the family what was taken away too."""
    return _news(load(actor, *KINDS.values(), removed=actor.kind not in OUTSIDE), marks.since(actor, now()))


def of_now(actor: Actor) -> NewsView:
    """The same without what was taken away, for a page that read all there is already."""
    return _news(load(actor, *KINDS.values()), marks.since(actor, now()))


def since(whole: Whole, instant: datetime) -> NewsView:
    """What is new in a whole since an instant, for who holds no mark."""
    return _news(whole, instant)


def _news(whole: Whole, begin: datetime | ColumnElement[datetime]) -> NewsView:
    moment = now()
    longest = moment - rules.LONGEST
    found = history_store.since(whole, begin, max(longest, _came_in(whole, longest)))
    if whole.actor.kind in OUTSIDE:
        found = [entry for entry in found if all(_is_told(whole, line) for line in entry.lines)]
    changes = rules.newest_of_each(found, lambda entry: entry.thing.id)
    return NewsView(changes, moment, whole)


def _came_in(whole: Whole, otherwise: datetime) -> datetime:
    """When the reader's seat was made: who just came in is not met with how all of it came about."""
    seats = (whole.get(kind, whole.actor.seat) for kind in (MEMBER, SHARE))
    return next((seat.created_at for seat in seats if seat is not None), otherwise)


def _is_told(whole: Whole, line: LineView) -> bool:
    # Their own seat is no news to them; of what they read the front only, no change is told.
    if line.kind is SHARE or line.kind.front is not None:
        return False
    before, after = line.before, line.after
    same = before is not None and told(line.kind, whole, before.body, before.state) == told(
        line.kind, whole, after.body, after.state
    )
    return rules.told_to_outsiders(added=line.act is Act.ADD, moved=line.only_moved, same_words=same)

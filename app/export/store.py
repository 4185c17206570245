"""Reads what comes on the paper of one actor: what they see, without what stays off paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from app.agreements import store as agreement_store
from app.agreements.store import Board
from app.agreements.turns import AgreementView
from app.db import now
from app.export import rules, shelf
from app.export.nouns import Choice, SheetState, Sort
from app.export.shelf import Sheet
from app.goals.models import STEP
from app.goals.nouns import GoalState
from app.goals.store import GoalsView, GoalView, goals_in
from app.items import Thing
from app.local import local_day
from app.moments.models import MOMENT
from app.moments.nouns import MomentBody
from app.moments.store import moments_in
from app.people.models import CONTACT, PERSON
from app.people.store import PeopleView, PersonView, people_in
from app.plan.models import HOME, PLAN
from app.plan.nouns import HomeBody, PlanBody
from app.policy.actor import Actor, ActorKind, Ring
from app.scope import Whole, load


@dataclass(frozen=True)
class Most:
    """How much of each stands on a sheet."""

    goals: int | None = None
    agreements: int | None = None
    to_call: int = 4


MOST_MOMENTS = 18
# One page for the fridge holds so much; with long words less. The first that stays on one page is the poster.
POSTERS = (Most(4, 8, 4), Most(4, 6, 2), Most(4, 3, 2), Most(2, 3, 2))


@dataclass(frozen=True)
class Paper:
    """The plan as one actor's paper shows it."""

    sort: Sort
    choice: Choice
    day: date
    plan: Thing[PlanBody]
    whole: Whole
    most: Most = Most()

    @cached_property
    def people(self) -> PeopleView:
        return people_in(self.whole)

    @cached_property
    def _goals(self) -> GoalsView:
        return GoalsView(self.plan, goals_in(self.whole), self.whole.all(PERSON), self.whole)

    @property
    def now(self) -> list[GoalView]:
        """What the family wants now; on a poster as much as fits."""
        return self._goals.in_state(GoalState.NOW)[: self.most.goals]

    @property
    def later(self) -> list[GoalView]:
        return self._goals.in_state(GoalState.LATER)

    @property
    def reached(self) -> list[GoalView]:
        return self._goals.in_state(GoalState.REACHED)

    @cached_property
    def _board(self) -> Board:
        return agreement_store.board_in(self.whole)

    @property
    def agreements(self) -> list[AgreementView]:
        """What is agreed from now on, each once, soonest first; on a poster as much as fits."""
        return [turn.agreement for turn in self._board.coming][: self.most.agreements]

    @property
    def has_more(self) -> bool:
        """Whether the plan holds goals of now or agreements that did not fit."""
        goals, agreements = self._goals.in_state(GoalState.NOW), self._board.coming
        return len(goals) > len(self.now) or len(agreements) > len(self.agreements)

    @property
    def is_guests(self) -> bool:
        """Whether a guest prints it: what they do not see is not there, and nothing asks for it."""
        return self.whole.actor.kind is ActorKind.GUEST

    @property
    def homes(self) -> list[Thing[HomeBody]]:
        return self.whole.all(HOME)

    @property
    def moments(self) -> list[Thing[MomentBody]]:
        """The last photos the family kept, as many as two pages hold."""
        return moments_in(self.whole)[:MOST_MOMENTS]

    def ring(self, ring: Ring) -> list[PersonView]:
        """The people of one ring who have a name."""
        return [person for person in self.people.in_ring(ring) if person.name]

    @property
    def to_call(self) -> list[PersonView]:
        """Whom to call in the evening."""
        return self.people.to_call[: self.most.to_call]

    def versions(self) -> Iterator[Paper]:
        """The sheet, and for a poster the same with less and less on it, for when it takes more than one page."""
        for most in POSTERS if self.sort is Sort.POSTER else (Most(),):
            yield replace(self, most=most)


@dataclass(frozen=True)
class SheetView:
    """A sheet on the shelf, and the plan for who sees that: a child does not."""

    sheet: Sheet
    plan: Thing[PlanBody] | None = None

    @property
    def is_waiting(self) -> bool:
        return self.sheet.state is SheetState.WAITING

    @property
    def takes_long(self) -> bool:
        return rules.takes_long(self.sheet.asked_at, now())

    @property
    def has_failed(self) -> bool:
        return self.sheet.state is SheetState.FAILED


def plan(actor: Actor) -> Thing[PlanBody] | None:
    """The plan itself."""
    return load(actor, PLAN).get(PLAN, actor.plan)


def of_member(actor: Actor) -> Thing[PlanBody] | None:
    """The same for a member, whose sheets lie on the shelf; a guest's are made while they wait."""
    return None if actor.kind is ActorKind.GUEST else plan(actor)


def guests_paper(actor: Actor) -> Paper | None:
    """What comes on the paper of a guest: all that they see, and nothing of what they do not."""
    return paper(actor, Sort.WHOLE, Choice()) if actor.kind is ActorKind.GUEST else None


def paper(actor: Actor, sort: Sort, choice: Choice, at: datetime | None = None) -> Paper | None:
    """What comes on this actor's paper, now; the day that stands on it is that of `at`, today when not said."""
    all_of_it = load(actor, CONTACT, HOME, STEP, MOMENT, *agreement_store.NEEDED)
    whole = all_of_it.without(lambda thing: rules.stays_off(actor, thing.facts, choice))
    found = whole.get(PLAN, actor.plan)
    if found is None:
        return None
    return Paper(sort, choice, local_day(at or now(), whole.zone), found, whole)


def sheet(actor: Actor, sheet: UUID) -> SheetView | None:
    """A sheet of one's own."""
    found, about = shelf.of_actor(actor, sheet), plan(actor)
    return None if found is None or about is None else SheetView(found, about)


def own_sheet(child: Actor, sheet: UUID) -> SheetView | None:
    """A sheet of a child itself."""
    found = shelf.of_actor(child, sheet) if child.kind is ActorKind.CHILD else None
    return None if found is None else SheetView(found)

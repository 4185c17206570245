"""What a link shows, made by the same code for its holder and for the family that looks beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from app.agreements import rules as agreement_rules
from app.agreements import store as agreement_store
from app.agreements.assent import Assent
from app.agreements.nouns import AgreementBody, AgreementState
from app.agreements.turns import AgreementView, Turn
from app.goals.models import STEP
from app.goals.nouns import GoalState
from app.goals.store import GoalView, goals_in
from app.items import Thing, media_in
from app.moments.models import MOMENT
from app.moments.nouns import MomentBody
from app.moments.store import moments_in
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.plan.models import HOME
from app.plan.nouns import HomeBody
from app.policy.actor import Actor, ActorKind
from app.policy.audience import Who
from app.scope import Supposing, Whole, load
from app.sharing import seats
from app.sharing.nouns import Part

NEEDED = (*agreement_store.NEEDED, STEP, MOMENT)
# A guest walks through more pages than the one of a link.
OF_A_GUEST = (*NEEDED, HOME)


@dataclass(frozen=True)
class SharedView:
    """All that one link shows. `share` is None for a link that is not made yet."""

    actor: Actor
    whole: Whole

    @property
    def share(self) -> UUID | None:
        """The share, when it is made."""
        return self.actor.seat

    @property
    def name(self) -> str:
        """Whose link it is, as the family says it."""
        found = self.whole.name(self.actor.person)
        if not found and self.actor.away and self.share is not None:
            return seats.called(self.share)
        return found

    @property
    def today(self) -> date:
        """The plan's local day."""
        return self.board.today

    @cached_property
    def until(self) -> date | None:
        """The last day its link works; None for one that is not made yet."""
        return None if self.share is None else seats.last_day(self.share, self.whole.zone)

    @cached_property
    def board(self) -> agreement_store.Board:
        """The agreements it shows."""
        return agreement_store.board_in(self.whole)

    @cached_property
    def mine(self) -> list[Turn]:
        """What is agreed with the holder: this week whatever became of it, else the next time, else the last."""
        ours = (one for one in self._agreements if self.actor.person in one.thing.body.who)
        return sorted((turn for one in ours for turn in _turns(one)), key=lambda turn: turn.order)

    @property
    def agreed(self) -> list[AgreementView]:
        """What is agreed with the holder from now on, each once: what comes on their paper."""
        turns = [turn for turn in self.board.coming if self.actor.person in turn.thing.body.who]
        return [turn.agreement for turn in turns]

    @cached_property
    def changed(self) -> list[Assent]:
        """What they said yes to and was changed since."""
        return [found for found in map(Assent, self._agreements) if found.is_changed]

    @cached_property
    def others(self) -> list[Turn]:
        """What others will do."""
        return [turn for turn in self.board.coming if self.actor.person not in turn.thing.body.who]

    @cached_property
    def goals(self) -> list[GoalView]:
        """What the family wants, with small steps; not what it wants no longer."""
        return [goal for goal in goals_in(self.whole) if goal.thing.state != GoalState.DROPPED]

    @cached_property
    def people(self) -> list[Thing[PersonBody]]:
        """Who matters to the family, the holder left out."""
        return [person for person in self.whole.all(PERSON) if person.id != self.actor.person and person.body.name]

    @cached_property
    def moments(self) -> list[Thing[MomentBody]]:
        """The photos the family keeps."""
        return moments_in(self.whole)

    @property
    def is_guest(self) -> bool:
        """Whether it is for a guest, who has no link."""
        return self.actor.kind is ActorKind.GUEST

    @cached_property
    def homes(self) -> list[Thing[HomeBody]]:
        """Where the family sleeps: for guests; the page of a link says nothing of it."""
        return self.whole.all(HOME) if self.is_guest else []

    @property
    def parts(self) -> tuple[Part, ...]:
        """Which parts there are to look at."""
        there = {
            Part.AGREEMENTS: self.mine or self.others,
            Part.GOALS: self.goals,
            Part.PEOPLE: self.people,
            Part.PHOTOS: self.moments,
        }
        return tuple(part for part, things in there.items() if things) or (Part.NOTHING,)

    @property
    def wants_a_word(self) -> bool:
        """Whether it shows a photo, or something that was opened by hand: then a word told aloud keeps it safer
        (design: access, Links). Which photos, sounds and films are of children nobody can tell, so any counts.
        """
        things: list[Thing[Any]] = [
            *(goal.thing for goal in self.goals),
            *(step for goal in self.goals for step in goal.steps),
            *(one.thing for one in self._agreements),
            *self.people,
            *self.moments,
        ]
        return any(one.body.audience.who is not Who.DEFAULT or media_in(one.body) for one in things)

    @property
    def _agreements(self) -> Iterator[AgreementView]:
        return (one for one in self.board.agreements if one.thing.state != AgreementState.STOPPED)


def shown_to(actor: Actor, supposing: Supposing | None = None) -> SharedView:
    """What a link holder sees, or would see when these items had another audience."""
    needed = OF_A_GUEST if actor.kind is ActorKind.GUEST else NEEDED
    return SharedView(actor, load(actor, *needed, supposing=supposing))


def shared(actor: Actor, share: UUID) -> SharedView | None:
    """What the link of this share shows to who holds it."""
    return shown_to(actor) if actor.seat == share else None


@dataclass(frozen=True)
class SharedTurn:
    """One occurrence of an agreement, on the page of a link."""

    turn: Turn
    view: SharedView

    @property
    def thing(self) -> Thing[AgreementBody]:
        """What the policy is asked about."""
        return self.turn.thing


def shared_turn(actor: Actor, share: UUID, agreement: UUID, day: str) -> SharedTurn | None:
    """One occurrence that the link of this share shows."""
    view = shared(actor, share)
    turn = None if view is None else agreement_store.turn(actor, agreement, day)
    return None if view is None or turn is None else SharedTurn(turn, view)


def _turns(one: AgreementView) -> list[Turn]:
    day: date | None = agreement_rules.key_day(one.thing.body.when)
    if one.week or one.is_weekly:
        return one.week or [turn for turn in [one.next] if turn is not None]
    return [one.next or one.last_done or Turn(one, day)]

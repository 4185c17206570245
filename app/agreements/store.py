"""Reads agreements and how they went, as far as the actor sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property
from uuid import UUID, uuid4

from app.agreements import rules
from app.agreements.models import AGREEMENT, OUTCOME, YES
from app.agreements.nouns import AgreementBody, AgreementState, Part
from app.agreements.turns import NO_DAY, AgreementView, Around, Turn
from app.db import now
from app.goals.models import GOAL
from app.items import Thing, facts_of
from app.local import local_day
from app.people.models import PERSON
from app.plan.models import PLAN
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.decide import permits
from app.scope import Whole, load

NEEDED = (PLAN, PERSON, GOAL, AGREEMENT, OUTCOME, YES)
MOST_TODAY = 3
# On the page of all agreements a part shows its first few; the rest has pages of its own, so that a page stays small.
MOST_OF_PART, MOST_ON_PAGE = 8, 30


@dataclass(frozen=True)
class Board(Around):
    """All agreements an actor sees, as "Deze week", "Later" and "Gedaan"."""

    agreements: list[AgreementView]

    def _in(self, state: AgreementState) -> list[AgreementView]:
        return [one for one in self.agreements if one.thing.state == state]

    @cached_property
    def this_week(self) -> list[Turn]:
        """What is open until Sunday, and what is still open of earlier in the week."""
        turns = [turn for one in self._in(AgreementState.OPEN) for turn in one.week if not turn.is_done]
        return sorted(turns, key=lambda turn: turn.order)

    @cached_property
    def later(self) -> list[Turn]:
        """The next time of everything that is not in this week; without a day last."""
        shown = {turn.thing.id for turn in self.this_week}
        coming = [one.next for one in self._in(AgreementState.OPEN) if one.thing.id not in shown]
        return sorted((turn for turn in coming if turn is not None), key=lambda turn: turn.order)

    @cached_property
    def done(self) -> list[Turn]:
        """What went well, of each the last time; last told first."""
        found = (one.last_done for one in self.agreements if one.thing.state != AgreementState.STOPPED)
        return sorted((turn for turn in found if turn is not None), key=lambda turn: turn.done_at, reverse=True)

    def pile(self, part: Part, most: int = MOST_OF_PART, start: int = 0) -> Pile:
        """So many of one part, from `start` on."""
        return Pile(self, part, start, most)

    @cached_property
    def parts(self) -> dict[Part, list[Turn]]:
        """Everything there is, in the order of the page."""
        return {
            Part.NOW: self.now,
            Part.SOON: self.soon,
            Part.LATER: self.later,
            Part.DONE: self.done,
            Part.BEFORE: self.before,
            Part.STOPPED: self.stopped,
        }

    @property
    def now(self) -> list[Turn]:
        """Of this week, what one can say of how it went: each agreement once, today before what was still open."""
        found = _grouped(turn for turn in reversed(self.this_week) if turn.is_now)
        return sorted(found, key=lambda turn: (turn.day != self.today, turn.order))

    @property
    def soon(self) -> list[Turn]:
        """Of this week, what comes yet: each agreement once, with all its days."""
        return _grouped(turn for turn in self.this_week if not turn.is_now)

    @property
    def before(self) -> list[Turn]:
        """What is over by the calendar while nobody said more of it: nothing gets lost, and nothing is late."""
        shown = {turn.thing.id for turn in (*self.this_week, *self.later, *self.done)}
        return [_only(one) for one in self._in(AgreementState.OPEN) if one.thing.id not in shown]

    @property
    def stopped(self) -> list[Turn]:
        """What is not needed any more."""
        return [_only(one) for one in self._in(AgreementState.STOPPED)]

    @property
    def coming(self) -> list[Turn]:
        """Every open agreement once: its first open time."""
        turns = [*self.this_week, *self.later]
        return list({turn.thing.id: turn for turn in reversed(turns)}.values())[::-1]

    def for_person(self, person: UUID) -> list[Turn]:
        """What is agreed with one person now: each agreement once, its first open time."""
        return self._of([one for one in self.agreements if person in one.thing.body.who]).coming

    def for_goal(self, goal: UUID) -> list[Turn]:
        """What is agreed for one goal now, in the same way."""
        return self._of([one for one in self.agreements if one.thing.body.goal == goal]).coming

    def _of(self, agreements: list[AgreementView]) -> Board:
        return replace(self, agreements=agreements)

    @property
    def may_add(self) -> bool:
        """Whether the actor may add an agreement."""
        actor = self.whole.actor
        if actor.plan is None:
            return False
        facts = facts_of(AGREEMENT, actor.plan, uuid4(), AgreementBody(writer=actor.person))
        return permits(actor, Action.AGREEMENT_ADD, facts)


@dataclass(frozen=True)
class Pile:
    """A part of the agreements, as far as one page shows it; `start` is how many stand before."""

    board: Board
    part: Part
    start: int
    most: int

    @property
    def turns(self) -> list[Turn]:
        """What is shown."""
        return self.board.parts[self.part][self.start : self.next]

    @property
    def next(self) -> int:
        """Where the following page starts."""
        return self.start + self.most

    @property
    def rest(self) -> int:
        """How many come after these."""
        return max(0, len(self.board.parts[self.part]) - self.next)


def board_in(whole: Whole) -> Board:
    """The agreements of a whole that was loaded with `NEEDED`."""
    day = local_day(now(), whole.zone)
    return Board(whole, day, [_view(whole, thing, day) for thing in whole.all(AGREEMENT)])


def today(whole: Whole) -> list[Turn]:
    """What happens today, at most three: what is still to do first."""
    found = on_day(whole, local_day(now(), whole.zone))
    return sorted(found, key=lambda turn: (turn.result is not None, turn.order))[:MOST_TODAY]


def on_day(whole: Whole, day: date) -> list[Turn]:
    """What happens on a day, in its order. Of a period only its first and last day count."""
    return on_days(whole, [day])[day]


def on_days(whole: Whole, days: Sequence[date]) -> dict[date, list[Turn]]:
    """The same for some days on end."""
    now_is = local_day(now(), whole.zone)
    found: dict[date, list[Turn]] = {day: [] for day in days}
    for thing in whole.all(AGREEMENT):
        if thing.state == AgreementState.STOPPED:
            continue
        view = _view(whole, thing, now_is)
        for each in rules.occurrences(thing.body.when, days[0], days[-1]):
            for day in {each.first, each.last} & found.keys():
                found[day].append(Turn(view, each.day))
    return {day: sorted(turns, key=_in_its_day) for day, turns in found.items()}


def _in_its_day(turn: Turn) -> tuple[time, int]:
    """Without an hour after those with one."""
    return turn.thing.body.when.at or time.max, turn.thing.position


def board(actor: Actor) -> Board:
    """All agreements."""
    return board_in(load(actor, *NEEDED))


def part(actor: Actor, part: str) -> Pile | None:
    """A part of all agreements, by its name in the address; None when there is none of that name."""
    return board(actor).pile(Part(part), MOST_ON_PAGE) if part in set(Part) else None


def fresh(actor: Actor) -> Board | None:
    """All agreements, for who may add one."""
    found = board(actor)
    return found if found.may_add else None


def agreement(actor: Actor, agreement: UUID) -> AgreementView | None:
    """One agreement."""
    return _one(load(actor, *NEEDED), agreement)


def removed_too(actor: Actor, agreement: UUID) -> AgreementView | None:
    """One agreement, also from the bin: taking away twice is once."""
    return _one(load(actor, *NEEDED, removed=True), agreement)


def turn(actor: Actor, agreement: UUID, day: str) -> Turn | None:
    """One occurrence, by its day in the address; None when there is none on that day and never was."""
    found = _one(load(actor, *NEEDED), agreement)
    if found is None:
        return None
    try:
        on = None if day == NO_DAY else date.fromisoformat(day)
    except ValueError:
        return None
    if on is not None and on.year not in rules.YEARS:
        return None
    when = found.thing.body.when
    known = rules.happens_on(when, on) or found.told(on) or (on is not None and on in when.moved)
    return Turn(found, on) if known else None


def adults_turn(actor: Actor, agreement: UUID, day: str) -> Turn | None:
    """One occurrence, for the family's own pages: a child has pages of its own."""
    return None if actor.kind is ActorKind.CHILD else turn(actor, agreement, day)


def guests_turn(actor: Actor, agreement: UUID, day: str) -> Turn | None:
    """One occurrence, for a guest: who holds a link reports on the page of that link."""
    return turn(actor, agreement, day) if actor.kind is ActorKind.GUEST else None


def _one(whole: Whole, agreement: UUID) -> AgreementView | None:
    thing = whole.get(AGREEMENT, agreement)
    return None if thing is None else _view(whole, thing, local_day(now(), whole.zone))


def _view(whole: Whole, thing: Thing[AgreementBody], day: date) -> AgreementView:
    return AgreementView(whole, day, thing, whole.under(OUTCOME, thing))


def _only(agreement: AgreementView) -> Turn:
    """An agreement as a whole, in a list."""
    return Turn(agreement, rules.key_day(agreement.thing.body.when))


def _grouped(turns: Iterable[Turn]) -> list[Turn]:
    """Each agreement once: its first turn, with the days of the others beside it."""
    found: dict[UUID, Turn] = {}
    for turn in turns:
        first = found.setdefault(turn.thing.id, turn)
        if first is not turn and turn.day is not None:
            found[turn.thing.id] = replace(first, more=(*first.more, turn.day))
    return list(found.values())

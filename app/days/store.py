"""Reads a child's days: what it sees of what is agreed, where it sleeps, and what it said is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from flask import session

from app.agreements import store as agreements
from app.agreements import words as agreement_words
from app.agreements.nouns import AgreementBody
from app.agreements.store import NEEDED
from app.agreements.turns import Turn
from app.days import rules
from app.db import now
from app.items import Thing
from app.local import local_day, part_of_day
from app.people import words as people
from app.people.nouns import FamilyRole, PersonBody
from app.plan.models import HOME
from app.plan.nights import where
from app.plan.nouns import HomeBody, MemberBody
from app.plan.store import own_page
from app.plan.words import listed
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.rooms import Face
from app.scope import Whole, load

DONE_HERE = "done_here"
MOST_DONE_HERE = 20
# How far a child may look: this week and some around it.
FURTHEST = timedelta(days=62)
# So many faces stand before a house; who is a parent comes first, and a child last.
MOST_AT_HOME = 2
RANK = {FamilyRole.PARENT: 0, FamilyRole.CHILD: 2}


@dataclass(frozen=True)
class Piece:
    """One thing of a day, as a child sees it."""

    turn: Turn
    day: date
    here: bool

    @property
    def thing(self) -> Thing[AgreementBody]:
        """The agreement: its photo and its pictogram."""
        return self.turn.thing

    @property
    def words(self) -> str:
        """What happens."""
        return self.turn.thing.body.words

    @property
    def language(self) -> str:
        return self.turn.thing.body.language

    @property
    def at(self) -> str:
        """At what hour, as people write it; empty without."""
        hour = self.turn.thing.body.when.at
        return "" if hour is None else agreement_words.clock(hour)

    @property
    def part(self) -> str:
        """In which part of the day; empty without an hour."""
        hour = self.turn.thing.body.when.at
        return "" if hour is None else part_of_day(hour).value

    @cached_property
    def others(self) -> list[Face]:
        """Who does it beside the child itself."""
        me = self.turn.agreement.whole.actor.person
        return [face for face in self.turn.agreement.faces if face.id != me]

    @property
    def with_whom(self) -> str:
        """Their names."""
        return listed([face.name for face in self.others])

    @property
    def is_mine(self) -> bool:
        """Whether the child may say how it went."""
        return self.turn.is_now and self.turn.agreement.may(Action.OUTCOME_TELL)

    @property
    def is_done(self) -> bool:
        """Whether it went well, or the child put it away on this phone."""
        return self.turn.is_done or self.here

    @property
    def is_missed(self) -> bool:
        return self.turn.is_missed

    @property
    def is_told(self) -> bool:
        """Whether anybody said how it went."""
        return self.is_done or self.is_missed

    @property
    def is_over(self) -> bool:
        """Whether something else comes now."""
        whole = self.turn.agreement.whole
        own_hour = None if self.is_mine else self.turn.thing.body.when.at
        return self.is_told or rules.is_past(self.day, own_hour, whole.zone, now())

    @property
    def may_take_back(self) -> bool:
        """Whether the child may say that it is not done after all."""
        return self.here or self.turn.may_take_back


@dataclass(frozen=True)
class Day:
    """One day of a child."""

    day: date
    today: date
    pieces: list[Piece]
    home: Thing[HomeBody] | None
    whole: Whole
    page: MemberBody
    looks_at: int | None = field(default=None)

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def before(self) -> date:
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date:
        return self.day + timedelta(days=1)

    @property
    def me(self) -> Thing[PersonBody] | None:
        """The child itself."""
        return self.whole.person(self.whole.actor.person)

    @property
    def at_home(self) -> list[Face]:
        """With whom I sleep there, grown-ups first: two homes without a picture look the same to who does not read."""
        there = [] if self.home is None else [self.whole.person(one) for one in self.home.body.sleepers]
        others = [one for one in there if one is not None and one.id != self.whole.actor.person]
        ranked = sorted(others, key=lambda one: RANK.get(one.body.family_role, 1))
        return [people.face(one) for one in ranked[:MOST_AT_HOME]]

    @property
    def picto(self) -> str:
        """The pictogram the family chose for this day of the week."""
        return picto_of(self.page, self.day)

    @property
    def numbers(self) -> tuple[int | None, int | None]:
        """Which piece comes first, and which then."""
        return rules.first_and_then([piece.is_over for piece in self.pieces], self.looks_at)

    @property
    def first(self) -> Piece | None:
        number = self.numbers[0]
        return None if number is None else self.pieces[number]

    @property
    def then(self) -> Piece | None:
        number = self.numbers[1]
        return None if number is None else self.pieces[number]


@dataclass(frozen=True)
class Week:
    """Seven days on end."""

    days: list[Day]
    today: date


def today(actor: Actor, looks_at: int | None = None) -> Day:
    """Today."""
    whole = load(actor, *NEEDED, HOME)
    day = local_day(now(), whole.zone)
    return _days(actor, whole, [day], day, looks_at)[0]


def day(actor: Actor, day: str) -> Day | None:
    """One day, by its date in the address; None when that is no day, or too far away."""
    whole = load(actor, *NEEDED, HOME)
    on, now_is = _as_day(day), local_day(now(), whole.zone)
    if on is None or abs(on - now_is) > FURTHEST:
        return None
    return _days(actor, whole, [on], now_is)[0]


def week(actor: Actor) -> Week:
    """This week."""
    whole = load(actor, *NEEDED, HOME)
    now_is = local_day(now(), whole.zone)
    return Week(_days(actor, whole, rules.week_around(now_is), now_is), now_is)


def turn(actor: Actor, agreement: UUID, day: str) -> Turn | None:
    """One thing of a day that came already, for the child whose day it is: how it went can be said."""
    found = agreements.turn(actor, agreement, day) if actor.kind is ActorKind.CHILD else None
    return found if found is not None and found.is_now else None


def put_away(turn: Turn) -> None:
    """The child is done with something that others do: this browser keeps that for the day, and nobody else knows."""
    of_that_day = [one for one in session.get(DONE_HERE, []) if one.endswith(turn.path) and one != _mark(turn)]
    session[DONE_HERE] = [*of_that_day, _mark(turn)][-MOST_DONE_HERE:]


def take_out(turn: Turn) -> None:
    """It is not done after all."""
    session[DONE_HERE] = [one for one in session.get(DONE_HERE, []) if one != _mark(turn)]


def _mark(turn: Turn) -> str:
    """A thing of a day in a cookie, which has little room."""
    return f"{turn.thing.id.hex[:12]} {turn.path}"


def picto_of(page: MemberBody, day: date) -> str:
    """The family's pictogram of a day of the week; empty where nobody chose one."""
    return page.days[day.weekday()] if day.weekday() < len(page.days) else ""


def _days(actor: Actor, whole: Whole, days: Sequence[date], now_is: date, looks_at: int | None = None) -> list[Day]:
    here, page = frozenset(session.get(DONE_HERE, ())), own_page(actor)
    return days_in(whole, days, now_is, page, here, looks_at)


def days_in(
    whole: Whole,
    days: Sequence[date],
    now_is: date,
    page: MemberBody,
    here: frozenset[str] = frozenset(),
    looks_at: int | None = None,
) -> list[Day]:
    """Some days on end of the child whose whole this is; `here`: what it put away on this phone."""
    found, homes, child = agreements.on_days(whole, days), whole.all(HOME), whole.actor.person
    return [
        Day(
            day=one,
            today=now_is,
            pieces=[Piece(turn, one, _mark(turn) in here) for turn in found[one]],
            home=where(homes, child, one),
            whole=whole,
            page=page,
            looks_at=looks_at,
        )
        for one in days
    ]


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

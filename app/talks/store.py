"""Reads talks about the family and with whom a guest may talk, as far as the actor sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from app.db import now
from app.history.store import changes_of
from app.items import Thing
from app.local import local_day
from app.people.models import PERSON
from app.people.store import RING_NUMBER, face_of
from app.plan.models import PLAN
from app.plan.nouns import PlanBody
from app.policy.actor import Actor, ActorKind, Ring
from app.policy.audience import is_private
from app.rooms import Face
from app.scope import Whole, load
from app.sharing.models import SHARE
from app.sharing.nouns import ShareBody
from app.sharing.store import ShareView, shares_in
from app.talks import rules
from app.talks.models import TALK, WITH
from app.talks.nouns import Answer, TalkBody, TalkState, WithBody, Word

NEEDED = (PLAN, PERSON, SHARE, TALK, WITH)


@dataclass(frozen=True)
class TalkView:
    """One talk, whose guest tells it, and with whom that guest may talk."""

    thing: Thing[TalkBody]
    share: ShareView
    agreed: Thing[WithBody] | None
    whole: Whole

    @property
    def body(self) -> TalkBody:
        return self.thing.body

    @property
    def today(self) -> date:
        """The plan's local day."""
        return local_day(now(), self.whole.zone)

    @property
    def told_at(self) -> datetime:
        """When the guest told of it, or asked anew."""
        return self.thing.created_at if self.body.asked == 1 else self.thing.changed_at

    @property
    def answered_at(self) -> datetime | None:
        """When a parent last answered."""
        return rules.last_said(self.body.answers)

    @property
    def is_open(self) -> bool:
        """Still to come."""
        return rules.is_open(self.thing.state, self.body.day, self.today)

    @property
    def is_to_tell(self) -> bool:
        """Its day is over, and what was said is not told yet."""
        return rules.is_to_tell(self.thing.state, self.body.day, self.today)

    @property
    def may_say(self) -> bool:
        """Whether its guest may tell what was said, or more of it."""
        return rules.why_not_say(self.thing.state, self.body.day, self.today) is None

    @property
    def is_called_off(self) -> bool:
        return self.thing.state == TalkState.CANCELLED

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What the parents answered to what is asked now."""
        return rules.current(self.body.answers, self.body.asked)

    @property
    def verdict(self) -> tuple[Word, ...]:
        """What the family says."""
        return rules.verdict(self.body.answers, self.body.asked)

    @property
    def mine(self) -> Word | None:
        """What this parent answered."""
        return next((one.word for one in self.answers if one.by == self.whole.actor.person), None)

    @property
    def may_answer(self) -> bool:
        """Whether it is still to come, and its guest still here to read what the family says."""
        return self.is_open and self.share.works

    @property
    def waits_for_me(self) -> bool:
        """Whether this parent did not answer yet what may be answered."""
        return self.may_answer and self.mine is None

    @cached_property
    def names(self) -> list[str]:
        """With whom; of a person the reader does not see there is no name."""
        return [name for name in (*map(self._name, self.body.people), *self.body.others) if name]

    @cached_property
    def not_agreed(self) -> list[str]:
        """Those among them to whom the family did not say yes yet."""
        may = self.agreed.body if self.agreed is not None else WithBody()
        people, others = rules.not_agreed(self.body.people, self.body.others, may.people, may.others)
        return [name for name in (*map(self._name, people), *others) if name]

    def _name(self, person: UUID) -> str:
        is_guest = self.whole.actor.kind is ActorKind.GUEST
        return self.whole.name(person) if is_guest or self.whole.get(PERSON, person) is not None else ""


@dataclass(frozen=True)
class WithView:
    """With whom one guest may talk about the family. `thing` is that guest's seat."""

    thing: Thing[ShareBody]
    share: ShareView
    agreed: Thing[WithBody] | None
    whole: Whole

    @property
    def body(self) -> WithBody:
        """What the family chose; at first nobody without them."""
        return WithBody() if self.agreed is None else self.agreed.body

    @cached_property
    def people(self) -> list[Face]:
        """Whom the family may choose: who is outside ring 1 and kept from no parent who hosts this guest."""
        alone = self.thing.body.alone
        found = [one for one in self.whole.all(PERSON) if alone or not is_private(one.facts)]
        outside = [one for one in found if one.body.ring is not Ring.WE or one.id in self.body.people]
        outside = [one for one in outside if one.body.name and one.id != self.thing.body.person]
        outside.sort(key=lambda one: one.body.ring is not Ring.SERVICES)
        return [
            Face(one.id, one.body.name, RING_NUMBER[one.body.ring], one.body.photo, one.body.picto) for one in outside
        ]

    @property
    def names(self) -> list[str]:
        """With whom, by name."""
        is_guest = self.whole.actor.kind is ActorKind.GUEST
        seen = (one for one in self.body.people if is_guest or self.whole.get(PERSON, one) is not None)
        return [name for name in (*map(self.whole.name, seen), *self.body.others) if name]

    @cached_property
    def before(self) -> list[tuple[date, WithBody]]:
        """What was chosen before, each with the day on which it became otherwise, last first."""
        if self.agreed is None:
            return []
        changes = [
            (local_day(at, self.whole.zone), line.before.body)
            for at, line in changes_of(self.whole, [self.agreed.id])
            if line.before is not None and isinstance(line.before.body, WithBody)
        ]
        return changes[::-1]


@dataclass(frozen=True)
class Board:
    """All talks an actor sees, the next one first; for a guest those of their own seat."""

    talks: list[TalkView]
    guests: list[WithView]
    whole: Whole

    @property
    def plan(self) -> Thing[PlanBody] | None:
        return self.whole.get(PLAN, self.whole.actor.plan)

    @property
    def today(self) -> date:
        """The plan's local day."""
        return local_day(now(), self.whole.zone)

    @property
    def open(self) -> list[TalkView]:
        """Still to come."""
        return [talk for talk in self.talks if talk.is_open]

    @property
    def to_tell(self) -> list[TalkView]:
        """Over, and what was said is not told yet."""
        return [talk for talk in self.talks if talk.is_to_tell]

    @property
    def past(self) -> list[TalkView]:
        """What was said, and what was called off, last first."""
        return [talk for talk in self.talks[::-1] if not (talk.is_open or talk.is_to_tell)]

    @cached_property
    def people(self) -> list[Face]:
        """Whom a guest may name: people they see, and those with whom the family lets them talk."""
        seen = [one.id for one in self.whole.all(PERSON)]
        agreed = [one for view in self.guests for one in view.body.people]
        found = [one for one in dict.fromkeys((*agreed, *seen)) if one != self.whole.actor.person]
        return [face_of(self.whole, one, 3) for one in found if self.whole.name(one)]


def board(actor: Actor) -> Board:
    """All talks."""
    return board_in(load(actor, *NEEDED, removed=True))


def board_of_now(actor: Actor) -> Board:
    """The same without who was taken away, for a page that read all there is already."""
    return board_in(load(actor, *NEEDED))


def board_in(whole: Whole) -> Board:
    """The talks of a whole that was loaded with `NEEDED`, also from the bin."""
    shares = {share.thing.id: share for share in shares_in(whole)}
    agreed = {thing.parent: thing for thing in whole.all(WITH)}
    talks = [
        TalkView(thing, shares[thing.parent], agreed.get(thing.parent), whole)
        for thing in whole.all(TALK)
        if thing.parent in shares
    ]
    talks.sort(key=lambda talk: (talk.body.day or date.max, str(talk.body.at or ""), talk.thing.created_at))
    guests = [
        WithView(share.thing, share, agreed.get(share.thing.id), whole)
        for share in shares.values()
        if share.thing.body.guest and (share.works or whole.actor.kind is ActorKind.GUEST)
    ]
    return Board(talks, guests, whole)


def talk(actor: Actor, talk: UUID) -> TalkView | None:
    """One talk."""
    return next((one for one in board(actor).talks if one.thing.id == talk), None)


def may_talk(actor: Actor, share: UUID) -> WithView | None:
    """With whom one guest may talk."""
    return next((one for one in board(actor).guests if one.thing.id == share), None)


def seat(actor: Actor) -> Thing[ShareBody] | None:
    """The share that lets this guest in."""
    return load(actor, SHARE).get(SHARE, actor.seat)

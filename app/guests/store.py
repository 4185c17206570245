"""Reads where an account is a guest, and where it was."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.accounts import store as accounts
from app.db import db, now
from app.guests import ledger, rules
from app.guests.models import GREETING, StartCardRow, StayRow
from app.guests.nouns import GreetingBody, GreetingState, Sort
from app.items import Thing
from app.keystore import read_keys
from app.local import local_day
from app.people.models import PERSON
from app.plan.models import PLAN
from app.policy.actor import Actor, ActorKind
from app.rooms import answered
from app.scope import Whole, load, load_each, load_one
from app.sharing import seats
from app.sharing.models import SHARE, ShareRow
from app.sharing.nouns import ShareBody, ShareState
from app.web.session import Visitor, foremost

GUEST = "guest"
NEEDED = (PLAN, PERSON, SHARE, GREETING)


@dataclass(frozen=True, slots=True)
class GuestCard:
    """A family where somebody is a guest now; `waits` for a second place in its plan, behind the first."""

    plan: UUID
    share: UUID
    family: str
    until: date
    today: date
    answered: bool
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Farewell:
    """A family where somebody was a guest: what it was called then, and its words at the end."""

    share: UUID
    family: str
    thanks: str
    ended: date


@dataclass(frozen=True)
class GreetingView:
    """Somebody who left, or who would like to come."""

    thing: Thing[GreetingBody]
    whole: Whole

    @property
    def who(self) -> str:
        """Who left, as the family says it."""
        share = self.thing.under
        return "" if share is None else self.whole.name(share.body.person)

    @property
    def is_alone(self) -> bool:
        """Whether it was one parent's guest alone who left."""
        return self.thing.under is not None and self.thing.under.body.alone


@dataclass(frozen=True, slots=True)
class CardView:
    """A start card that works."""

    id: UUID
    made: date
    token: str


@dataclass(frozen=True, slots=True)
class GuestHome:
    """All that the own page of a guest shows."""

    cards: Sequence[GuestCard]
    past: Sequence[Farewell]


def home(visitor: Visitor | None) -> GuestHome:
    """Where this browser's account is a guest: who gave an answer first, then by name."""
    cards = _cards(_holders(visitor))
    cards.sort(key=lambda card: (not card.answered, card.family.casefold(), str(card.share)))
    living = {card.share for card in cards}
    account = None if visitor is None else visitor.account
    return GuestHome(cards, [] if account is None else _past(account, living))


def is_guest(visitor: Visitor | None) -> bool:
    """Whether this browser is a guest somewhere now."""
    return bool(seats.guests_in(_holders(visitor)))


def sits_elsewhere(visitor: Visitor | None, plan: UUID, share: UUID) -> bool:
    """Whether this browser, or its account, is a guest in a plan now through another share."""
    return bool(seats.guests_in([(there, one) for there, one in _holders(visitor) if there == plan and one != share]))


def was_guest(visitor: Visitor | None, plan: UUID) -> bool:
    """Whether this browser sat as a guest in a plan, or its account did."""
    if visitor is None:
        return False
    if any(seat.kind == GUEST and seat.plan == plan for seat in visitor.seats):
        return True
    if accounts.sat_in(visitor.session_id, plan, GUEST):
        return True
    found = select(StayRow.id).where(StayRow.account_id == visitor.account, StayRow.plan_id == plan)
    return visitor.account is not None and db.session.execute(found).first() is not None


def family_of(actor: Actor) -> str:
    """What the family calls itself, as its guest may read it."""
    plan = load(actor, PLAN).get(PLAN, actor.plan)
    return "" if plan is None else plan.body.name


def own_share(actor: Actor) -> Thing[ShareBody] | None:
    """The share a guest sits in."""
    return None if actor.kind is not ActorKind.GUEST or actor.seat is None else load_one(actor, SHARE, actor.seat)


def greetings(actor: Actor) -> list[GreetingView]:
    """Who left or would like to come, and has no answer yet; newest first."""
    whole = load(actor, *NEEDED)
    waiting = (thing for thing in whole.all(GREETING) if thing.state == GreetingState.WAITING)
    return [GreetingView(thing, whole) for thing in sorted(waiting, key=lambda one: one.created_at, reverse=True)]


def greeting(actor: Actor, greeting: UUID) -> GreetingView | None:
    """One of them, answered or not."""
    whole = load(actor, *NEEDED)
    found = whole.get(GREETING, greeting)
    return None if found is None else GreetingView(found, whole)


def arriving(actor: Actor, greeting: UUID) -> GreetingView | None:
    """Somebody who gave the start card and has no answer yet."""
    return next(
        (one for one in greetings(actor) if one.thing.id == greeting and one.thing.body.sort is Sort.ARRIVING), None
    )


def cards(account: UUID) -> list[CardView]:
    """The start cards of an account that work, newest first."""
    found = select(StartCardRow.id, StartCardRow.created_at).where(
        StartCardRow.account_id == account, StartCardRow.stopped_at.is_(None)
    )
    rows = db.session.execute(found.order_by(StartCardRow.created_at.desc(), StartCardRow.id))
    return [CardView(row.id, row.created_at.date(), ledger.token_of_card(row.id)) for row in rows]


def card(account: UUID | None, card: UUID) -> CardView | None:
    """One start card of an account."""
    return None if account is None else next((one for one in cards(account) if one.id == card), None)


def _holders(visitor: Visitor | None) -> list[tuple[UUID, UUID]]:
    if visitor is None:
        return []
    of_account = accounts.places(visitor.account) if visitor.account is not None else []
    found = [(place.plan, place.holder) for place in of_account if place.kind == GUEST]
    found += [(seat.plan, seat.holder) for seat in visitor.seats if seat.kind == GUEST]
    return list(dict.fromkeys(found))


def _cards(places: Sequence[tuple[UUID, UUID]]) -> list[GuestCard]:
    """The families of these places, asked for together: a begeleider of twenty waits no longer than one of two."""
    sitting = seats.guests_in(places)
    if not sitting:
        return []
    wholes = load_each([(guest, (PLAN,)) for guest in sitting.values()])
    counts = {
        whole.actor.plan: foremost(other for other in sitting.values() if other.plan == whole.actor.plan)
        for whole in wholes
    }
    answers = answered(counts.values())
    found = (
        _card(whole, share, answers, counts[whole.actor.plan]) for share, whole in zip(sitting, wholes, strict=True)
    )
    return [card for card in found if card is not None]


def _card(whole: Whole, share: UUID, answers: Collection[UUID], counts: Actor) -> GuestCard | None:
    found = whole.get(PLAN, whole.actor.plan)
    until = seats.last_day(share, whole.zone)
    if found is None or until is None:
        return None
    today = local_day(now(), whole.zone)
    return GuestCard(found.id, share, found.body.name, until, today, share in answers, waits=counts.seat != share)


def _past(account: UUID, living: set[UUID]) -> list[Farewell]:
    """What ended short ago; of the share only when and how, of the plan nothing."""
    columns = StayRow.id, StayRow.plan_id, StayRow.holder_id, StayRow.sealed
    query = (
        select(*columns, ShareRow.state, ShareRow.due_at, ShareRow.changed_at)
        .join(ShareRow, ShareRow.id == StayRow.holder_id)
        .where(StayRow.account_id == account, StayRow.holder_id.not_in(living))
    )
    at = now()
    ends = [(_ended_at(row.state, row.due_at, row.changed_at, at), row) for row in db.session.execute(query)]
    recent = [(ended, row) for ended, row in ends if rules.is_recent(ended, at)]
    read_keys([row.plan_id for _ended, row in recent])
    found = []
    for ended, row in recent:
        stay = ledger.opened(row.plan_id, row.id, row.sealed)
        if stay is not None:
            found.append((ended, Farewell(row.holder_id, stay.family, stay.thanks, ended.date())))
    return [farewell for _ended, farewell in sorted(found, key=lambda one: one[0], reverse=True)]


def _ended_at(state: str, due_at: datetime | None, changed_at: datetime, at: datetime) -> datetime:
    """When a share that nobody sits in ended: its day, or sooner when somebody stopped it."""
    day = due_at if due_at is not None else at
    return min(changed_at, day) if state == ShareState.STOPPED else min(day, at)

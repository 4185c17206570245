"""Reads shares, and who sees an item. Who sits in a share's seat is in `seats.py`, what a link shows in `shown.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import g
from sqlalchemy import literal, select

from app.accounts.store import account_at
from app.db import db, now
from app.items import Kind, Thing
from app.keystore import key_of
from app.local import local_day
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.people.store import RING_NUMBER, photo_of, picto_of
from app.plan.models import MEMBER, PLAN
from app.plan.nouns import MemberBody, MemberState, PlanBody
from app.plan.store import SITS_AS
from app.policy.actor import Actor, ActorKind, Ring
from app.policy.audience import OUTSIDE, Facts, is_private, sees
from app.rooms import KINDS, Face
from app.scope import Whole, load, load_one, open_row
from app.sharing import rules
from app.sharing.models import SHARE, ShareRow
from app.sharing.nouns import ShareBody, ShareState
from app.sharing.seats import link_actor_of


@dataclass(frozen=True)
class ShareView:
    """One share and the person it is for; `person` is None when this actor does not see that person's own page."""

    thing: Thing[ShareBody]
    person: Thing[PersonBody] | None
    whole: Whole

    @property
    def name(self) -> str:
        """The person, as the family says it."""
        return self.whole.name(self.thing.body.person) or self.thing.body.called

    @property
    def is_away(self) -> bool:
        """Whether the person was taken away from our people; what one parent hosts alone goes on all the same."""
        gone = not self.whole.knows(self.thing.body.person)
        return gone or (self.person is not None and self.person.removed_at is not None)

    @property
    def face(self) -> Face:
        """The person, to draw."""
        who = self.thing.body.person or self.thing.id
        return Face(who, self.name, RING_NUMBER[self._ring], photo_of(self.person), picto_of(self.person))

    @property
    def stopped(self) -> bool:
        """Whether somebody stopped it, or the person is gone."""
        return (self.is_away and not self.thing.body.alone) or self.thing.state == ShareState.STOPPED

    @property
    def works(self) -> bool:
        """Whether its link opens something now."""
        return not self.stopped and self.thing.due_at is not None and self.thing.due_at > now()

    @property
    def taken(self) -> bool:
        """Whether a guest came in with it, so that its link is used up."""
        return self.thing.body.guest and account_at(self.thing.id) is not None

    @property
    def today(self) -> date:
        """The plan's local day."""
        return local_day(now(), self.whole.zone)

    @property
    def actor(self) -> Actor:
        """Who its link lets in."""
        body = self.thing.body
        return link_actor_of(self.thing.plan, self.thing.id, body, body.person, self._ring, away=self.is_away)

    @property
    def _ring(self) -> Ring:
        return self.thing.body.ring if self.person is None else self.person.body.ring


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who can look into the plan now."""

    face: Face
    actor: Actor

    @property
    def is_parent(self) -> bool:
        """Whether they are a parent of the family."""
        return self.actor.kind is ActorKind.PARENT


@dataclass(frozen=True)
class Board:
    """With whom an actor shares, and whom and what a new share may choose from."""

    shares: list[ShareView]
    whole: Whole
    readers: tuple[Reader, ...]

    @property
    def plan(self) -> Thing[PlanBody] | None:
        """The plan's own facts."""
        return self.whole.get(PLAN, self.whole.actor.plan)

    @property
    def today(self) -> date:
        """The plan's local day."""
        return local_day(now(), self.whole.zone)

    @property
    def people(self) -> list[Thing[PersonBody]]:
        """With whom one may share: those outside ring 1 first, nobody who has an own key."""
        keys = self.key_holders
        found = [person for person in self.whole.all(PERSON) if person.id not in keys and person.body.name]
        return sorted(found, key=lambda person: person.body.ring is Ring.WE)

    @property
    def other_parents(self) -> list[str]:
        """The parents beside the actor, by name."""
        others = (one for one in self.readers if one.is_parent and one.actor.person != self.whole.actor.person)
        return [one.face.name for one in others]

    @property
    def working(self) -> list[ShareView]:
        """The shares whose link opens something now."""
        return [share for share in self.shares if share.works]

    @property
    def past(self) -> list[ShareView]:
        """The last share with each person one can share with again."""
        people, now = {person.id for person in self.people}, {share.thing.body.person for share in self.working}
        last = {share.thing.body.person: share for share in self.shares if share.thing.body.person in people}
        return [share for person, share in last.items() if person not in now]

    @property
    def key_holders(self) -> frozenset[UUID]:
        """The people who open the plan with an own key."""
        return key_holders_in(self.readers)

    def with_person_of(self, share: str) -> list[ShareView]:
        """All shares with the person of this one; none when the address names none that this actor sees."""
        whose = next((one.thing.body.person for one in self.shares if str(one.thing.id) == share), None)
        return [one for one in self.shares if whose is not None and one.thing.body.person == whose]

    def share_now(self, person: Thing[PersonBody]) -> ShareView | None:
        """The share a new one would be the second of: whom only the actor knows, only the actor shares with."""
        return self.share_with(person.id, alone=is_private(person.facts))

    def share_with(self, person: UUID, *, alone: bool = False) -> ShareView | None:
        """The share with this person that works now."""
        ours = (share for share in self.shares if share.works and share.thing.body.alone == alone)
        return next((share for share in ours if share.thing.body.person == person), None)


def board(actor: Actor) -> Board:
    """All shares this actor sees, newest last."""
    return board_in(load(actor, PLAN, PERSON, MEMBER, SHARE, removed=True))


def board_in(whole: Whole) -> Board:
    """The shares of a whole that was loaded with members, and with people also from the bin."""
    return Board(shares_in(whole), whole, readers_in(whole))


def share(actor: Actor, share: UUID) -> ShareView | None:
    """One share."""
    return share_in(load(actor, PLAN, PERSON, SHARE, removed=True), share)


@dataclass(frozen=True, slots=True)
class Peek:
    """A page of the plan as a guest gets it; `page` is what stands in its address after the plan."""

    share: ShareView
    page: str

    @property
    def thing(self) -> Thing[ShareBody]:
        """What the policy is asked about."""
        return self.share.thing


def peek(actor: Actor, share: UUID, page: str) -> Peek | None:
    """A page as the guest of this share gets it; None when nobody is a guest through it now."""
    found = share_in(load(actor, PLAN, PERSON, SHARE, removed=True), share)
    return Peek(found, page) if found is not None and found.thing.body.guest and found.works else None


def open_with(person: Thing[Any]) -> list[Thing[ShareBody]]:
    """Every share with a person that nobody stopped, whoever hosts it; for the system, which tells nobody of them."""
    found = select(ShareRow.__table__).where(
        ShareRow.plan_id == person.plan, ShareRow.person_id == person.id, ShareRow.state == ShareState.ACTIVE
    )
    columns = literal(None).label("parent_id")
    rows = db.session.execute(found.add_columns(columns)).all()
    return [open_row(key_of(person.plan), SHARE, row) for row in rows]


def share_in(whole: Whole, share: UUID) -> ShareView | None:
    """One share of a whole that was loaded with people, also from the bin."""
    return next((found for found in shares_in(whole) if found.thing.id == share), None)


def shares_in(whole: Whole) -> list[ShareView]:
    """The shares of a whole that was loaded with people, also from the bin."""
    return [ShareView(thing, whole.get(PERSON, thing.body.person), whole) for thing in whole.all(SHARE)]


def readers_in(whole: Whole) -> tuple[Reader, ...]:
    """Everybody who can look into the plan now, as far as this actor knows of them: parents, meehelpers, links."""
    members = (_member(whole, member) for member in whole.all(MEMBER) if member.state == MemberState.ACTIVE)
    links = (Reader(share.face, share.actor) for share in shares_in(whole) if share.works)
    return (*members, *links)


def readers(actor: Actor) -> tuple[Reader, ...]:
    """The same, for any page; read once per request."""
    return around(actor)[1]


def around(actor: Actor) -> tuple[Whole, tuple[Reader, ...]]:
    """The people of the plan, and those of them who can look into it now; read once per request."""
    kept: dict[Actor, tuple[Whole, tuple[Reader, ...]]] = g.setdefault("readers", {})
    if actor not in kept:
        whole = load(actor, PERSON, MEMBER, SHARE, removed=True)
        kept[actor] = (whole, readers_in(whole))
    return kept[actor]


def key_holders_in(readers: Iterable[Reader]) -> frozenset[UUID]:
    """The people among them who open the plan with an own key."""
    return frozenset(
        reader.actor.person
        for reader in readers
        if reader.actor.kind not in OUTSIDE and reader.actor.person is not None
    )


def seen_by(readers: Iterable[Reader], item: Facts) -> list[Reader]:
    """Those who see an item, each person once."""
    found = {reader.actor.person: reader for reader in readers if sees(reader.actor, item)}
    return list(found.values())


def outsiders_of(readers: Iterable[Reader], item: Facts) -> list[UUID]:
    """The people from outside who see an item through a link or as meehelper."""
    outside = (reader.actor.person for reader in seen_by(readers, item) if not reader.is_parent)
    return [person for person in outside if person is not None]


def item(actor: Actor, kind: str, item: UUID) -> Thing[Any] | None:
    """Any item whose audience can be chosen."""
    if kind not in KINDS or not has_audience(KINDS[kind]):
        return None
    return load_one(actor, KINDS[kind], item)


def has_audience(kind: Kind[Any]) -> bool:
    """Whether the audience of such items can be chosen: neither they nor what they hang on are the plan's workings."""
    return rules.may_choose_audience_of(kind.name) and (kind.under is None or has_audience(kind.under))


def _member(whole: Whole, member: Thing[MemberBody]) -> Reader:
    kind, person = SITS_AS[member.body.role], member.body.person
    opened, shown = frozenset(member.body.opened), frozenset(member.body.shown)
    actor = Actor(kind, member.plan, person, Ring.WE, opened=opened, shown=shown, seat=member.id)
    row = whole.get(PERSON, person)
    face = Face(person or member.id, whole.name(person), RING_NUMBER[Ring.WE], photo_of(row), picto_of(row))
    return Reader(face, actor)

"""The steps of sharing: whom, what, until when, how it would look. Reads only; the last step writes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from app.agreements.models import AGREEMENT
from app.agreements.nouns import AgreementState
from app.goals.models import GOAL
from app.goals.nouns import GoalState
from app.items import Thing
from app.moments.models import MOMENT
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.plan.models import MEMBER, PLAN
from app.policy.actor import Actor, Ring
from app.policy.audience import is_private
from app.scope import load
from app.sharing import rules
from app.sharing.models import SHARE
from app.sharing.nouns import ShareBody
from app.sharing.seats import link_actor_of
from app.sharing.shown import SharedView, shown_to
from app.sharing.store import Board, ShareView, board_in, outsiders_of, share_in

NEEDED = (PLAN, PERSON, MEMBER, SHARE, GOAL, AGREEMENT, MOMENT)


@dataclass(frozen=True)
class Draft:
    """A share in the making, or one that is chosen again.

    Attributes:
        actor: who shares.
        plan: the plan it is in.
        board: what there is to choose from.
        person: whom it is for; `whom` is None when this actor does not see that person's own page.
        share: the share that is chosen again; None for a new one.
        invites: a new one is for a guest, not a link.
    """

    actor: Actor
    plan: UUID
    board: Board
    person: UUID
    whom: Thing[PersonBody] | None
    share: ShareView | None = None
    invites: bool = False

    @property
    def guest(self) -> bool:
        """Whether it is for a guest, who sees more than one page."""
        return self.invites if self.share is None else self.share.thing.body.guest

    @property
    def thing(self) -> Thing[Any] | None:
        """What the policy is asked about."""
        return self.share.thing if self.share is not None else self.whom

    @property
    def name(self) -> str:
        """The person, as the family says it."""
        return self.board.whole.name(self.person)

    @property
    def today(self) -> date:
        """The plan's local day."""
        return self.board.today

    @property
    def must_be_alone(self) -> bool:
        """Whether only this parent knows of the person, so that only this parent can share with them."""
        return self.whom is not None and is_private(self.whom.facts)

    @property
    def other_parents(self) -> list[str]:
        """The parents beside this one, by name."""
        return self.board.other_parents

    def things(self, *, alone: bool) -> list[Thing[Any]]:
        """The single things that can be opened by hand: for a share of one parent alone only what that one keeps."""
        goals = [goal for goal in self.board.whole.all(GOAL) if goal.state in {GoalState.NOW, GoalState.LATER}]
        agreed = [one for one in self.board.whole.all(AGREEMENT) if one.state == AgreementState.OPEN]
        things: list[Thing[Any]] = [*goals, *agreed, *self.board.whole.all(MOMENT)]
        return [thing for thing in things if self._can_open(thing, alone=alone)]

    def chosen(self, ids: Collection[UUID], *, alone: bool) -> tuple[Thing[Any], ...]:
        """Those of the single things that were chosen."""
        return tuple(thing for thing in self.things(alone=alone) if thing.id in ids)

    def shown(self, opened: Sequence[str], things: Collection[Thing[Any]], *, alone: bool) -> SharedView:
        """What the link would show."""
        body = ShareBody(
            writer=self.actor.person, person=self.person, opened=tuple(opened), alone=alone, guest=self.guest
        )
        ring = Ring.CLOSE if self.whom is None else self.whom.body.ring
        readers = self.board.readers
        opening = {
            thing.id: rules.opened_to(thing.facts, self.person, outsiders_of(readers, thing.facts)) for thing in things
        }
        seat = None if self.share is None else self.share.thing.id
        return shown_to(link_actor_of(self.plan, seat, body, self.person, ring), opening)

    def _can_open(self, thing: Thing[Any], *, alone: bool) -> bool:
        mine = thing.body.writer == self.actor.person
        return is_private(thing.facts) is alone and (mine or not alone)


def draft(actor: Actor, person: UUID) -> Draft | None:
    """A new share with somebody the family knows."""
    board = board_in(load(actor, *NEEDED, removed=True))
    whom = next((one for one in board.people if one.id == person), None)
    return None if whom is None else Draft(actor, whom.plan, board, person, whom)


def invitation(actor: Actor, person: UUID) -> Draft | None:
    """The same for a guest."""
    found = draft(actor, person)
    return None if found is None else replace(found, invites=True)


def again(actor: Actor, share: UUID) -> Draft | None:
    """A share that is chosen again."""
    board = board_in(load(actor, *NEEDED, removed=True))
    found = share_in(board.whole, share)
    if found is None or found.thing.body.person is None:
        return None
    person = found.thing.body.person
    return Draft(actor, found.thing.plan, board, person, board.whole.get(PERSON, person), found)

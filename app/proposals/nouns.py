"""What a proposal and its lines hold. Pure: no web, no SQL."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from app.agreements.nouns import When
from app.items import Body


class Act(StrEnum):
    """What a line would do: something new, a change, a stop."""

    NEW = "new"
    CHANGED = "changed"
    STOPPED = "stopped"


class Target(StrEnum):
    """What a line is about; the value is the name of that kind of thing."""

    GOAL = "goal"
    STEP = "step"
    AGREEMENT = "agreement"
    PERSON = "person"
    HOME = "home"


class LineState(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What can happen to a line."""

    SEND = "send"
    YES = "yes"
    YES_BUT = "yes_but"
    NO = "no"
    LATER = "later"
    TAKE_BACK = "take_back"
    END = "end"


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """The four short lines: wie, wat, wanneer, waarom.

    Attributes:
        who: people of the plan; `who_else` is a name the plan does not know.
        what: of a person: what they are for the family.
        when: as an agreement says it; words of one's own are `When(sort=ONCE, words=...)`.
        why: in the writer's words.
    """

    who: tuple[UUID, ...] = ()
    who_else: str = ""
    what: str = ""
    when: When = When()
    why: str = ""


class ProposalBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """One visit of a guest: it has no words of its own, only lines."""


class LineBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that a guest would add, change or stop, and the family's answer. Both texts are kept for ever.

    Attributes:
        act, about: what it would do, to what kind of thing.
        target: the thing itself; None for something new. `goal`: where a new small step or agreement belongs.
        said: the guest's four lines.
        asked_by: who asks this, when it is a condition from elsewhere.
        seen: the version of the target that the guest looked at.
        answer: the family's own four lines, after "Ja, maar anders".
        decided_by, decided_at: which parent, when.
        applied: what a yes made or changed in the plan.
    """

    act: Act = Act.NEW
    about: Target = Target.AGREEMENT
    target: UUID | None = None
    goal: UUID | None = None
    said: Said = Said()
    asked_by: str = ""
    seen: int | None = None
    answer: Said | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    applied: UUID | None = None

    @property
    def points_at(self) -> frozenset[UUID]:
        """The things of the plan it is about, and what a yes made."""
        return frozenset(one for one in (self.target, self.goal, self.applied) if one is not None)

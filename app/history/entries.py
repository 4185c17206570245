"""What one change is, as somebody who may know of it sees it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.history import rules
from app.history.models import Act
from app.items import Body, Kind, Thing, facts_of
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.audience import Facts
from app.policy.decide import permits
from app.scope import Whole


@dataclass(frozen=True)
class Version:
    """An item as a change found or left it."""

    body: Body
    state: str
    position: int
    due_at: datetime | None


@dataclass(frozen=True)
class LineView:
    """One item in one change: `thing` as it is now, maybe in the bin; `before`, None for a new one; who typed it."""

    act: Act
    thing: Thing[Any]
    before: Version | None
    after: Version
    scribe: UUID | None = None

    @property
    def kind(self) -> Kind[Any]:
        """The noun."""
        return self.thing.kind

    @property
    def changes_audience(self) -> bool:
        """Whether the change was about who sees it."""
        return self.before is not None and self.before.body.audience != self.after.body.audience

    @property
    def only_moved(self) -> bool:
        """Whether nothing but its place changed."""
        before, after = self.before, self.after
        return self.act is Act.PUT and before is not None and (before.body, before.state) == (after.body, after.state)


@dataclass(frozen=True)
class EntryView:
    """One change, with what this actor may know of it: at least one line."""

    id: UUID
    at: datetime
    action: str
    by: UUID | None
    undoes: UUID | None
    undone: bool
    lines: Sequence[LineView]
    whole: Whole

    @property
    def thing(self) -> Thing[Any]:
        """What the policy is asked about."""
        return self.lines[0].thing

    @property
    def made_it(self) -> bool:
        """Whether what it is about was not there before, and so has no page after "Toch niet"."""
        return self.lines[0].act is Act.ADD

    @property
    def may_undo(self) -> bool:
        """Whether "Toch niet" stands beside it: for what can be taken back, by who may."""
        actor = self.whole.actor
        if actor.kind is ActorKind.MEEHELPER and self.by != actor.person:
            return False
        return all(
            line.kind.undoable
            and permits(actor, Action.UNDO, line.thing.facts)
            and not (line.changes_audience and not _may_choose(actor, line))
            for line in rules.to_undo(self.lines)
        )


def _may_choose(actor: Actor, line: LineView) -> bool:
    versions = (version for version in (line.before, line.after) if version is not None)
    return all(permits(actor, Action.AUDIENCE_CHANGE, facts_then(line.thing, version)) for version in versions)


def facts_then(thing: Thing[Any], version: Version) -> Facts:
    """What the policy would have known of an item as a change found or left it."""
    return facts_of(thing.kind, thing.plan, thing.id, version.body, thing.under)

"""Leaving and deleting once more, after a restore: nobody asks for it, and no line of a history tells of it."""

from __future__ import annotations

from uuid import UUID

from app.accounts.commands import end_places_of
from app.db import now
from app.endings import put_off, put_state
from app.erase import erase_plan
from app.leaving import rules
from app.leaving.commands import erase_kept
from app.plan import store as plans
from app.plan.models import CLOSING, MEMBER
from app.plan.nouns import ClosingState, MemberState
from app.policy.actor import ActorKind, system

DELETED = "deleted before a restore"


def leave_again(member: UUID) -> None:
    """A member who left or was stopped is none, and what only a parent who left kept is erased."""
    actor = plans.actor_of(member)
    if actor is not None:
        parent = actor.kind is ActorKind.PARENT
        put_state(MEMBER, member, MemberState.LEFT if parent else MemberState.STOPPED, [MemberState.ACTIVE])
        if parent:
            erase_kept(actor)
    end_places_of(member)


def end_again(plan: UUID) -> None:
    """A plan that was deleted is erased again."""
    erase_plan(system(DELETED), plan)


def wait_again() -> None:
    """A parent may have stopped the end of a plan since, so that it waits for 30 days anew."""
    put_off(CLOSING, ClosingState.RUNNING, rules.goes_on(now()))

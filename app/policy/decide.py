"""permits(): the one question every page, fragment, file and command asks."""

from __future__ import annotations

from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.audience import Facts
from app.policy.table import TABLE


def permits(actor: Actor, action: Action, item: Facts | None = None) -> bool:
    """Whether the actor may do this to the item. What is not in the table is denied."""
    questions = TABLE.get(action, {}).get(actor.kind)
    return questions is not None and all(question(actor, item) for question in questions)

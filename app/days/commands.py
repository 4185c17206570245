"""What a child does on its own pages of the plan: load -> rules -> change, a verb each."""

from __future__ import annotations

from app.change import Done, Put, change
from app.days.people import OwnStep
from app.goals.nouns import StepState
from app.policy.actions import Action
from app.policy.actor import Actor


def tick(actor: Actor, step: OwnStep, state: StepState) -> Done:
    """A small step is done, or not done after all. Twice is once; the family may undo it."""
    return change(actor, Action.OWN_STEP_TELL, Put(step.thing, state=state))

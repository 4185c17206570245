"""Samen invullen: what stays within reach while somebody types on a parent's phone. Nothing else does."""

from __future__ import annotations

from app.policy.actions import Action

# Whoever types gets no rights: keys, sharing, looks, proposals, leaving and deleting ask for the phone back first. An
# act that is not listed here asks too; so does taking a person away, which ends for good what is shared with them.
WITHIN_REACH = frozenset(
    {
        Action.PLAN_SEE,
        Action.PLAN_CHANGE,
        Action.HOME_SEE,
        Action.HOME_ADD,
        Action.HOME_CHANGE,
        Action.HOME_REMOVE,
        Action.PERSON_SEE,
        Action.PERSON_ADD,
        Action.PERSON_CHANGE,
        Action.GOAL_SEE,
        Action.GOAL_ADD,
        Action.GOAL_CHANGE,
        Action.GOAL_REMOVE,
        Action.STEP_ADD,
        Action.STEP_CHANGE,
        Action.STEP_REMOVE,
        Action.AGREEMENT_SEE,
        Action.AGREEMENT_ADD,
        Action.AGREEMENT_CHANGE,
        Action.AGREEMENT_REMOVE,
        Action.PHOTO_SEE,
        Action.PHOTO_CHANGE,
        Action.OUTCOME_TELL,
        Action.OUTCOME_TAKE_BACK,
        Action.HISTORY_SEE,
        Action.UNDO,
        Action.RESTORE,
    }
)

"""A lent phone: what a child may do on it. Nothing else opens there, whatever the phone's owner may do."""

from __future__ import annotations

from app.policy.actions import Action

# Only acts of a child, and none that make a way in or let somebody else in: an act that is not listed here is a 404.
ON_A_LENT_PHONE = frozenset(
    {
        Action.OUTCOME_TELL,
        Action.OUTCOME_TAKE_BACK,
        Action.PHOTO_SEE,
        Action.AUDIENCE_CHANGE,
        Action.OWN_DAY_SEE,
        Action.OWN_STEP_TELL,
        Action.OWN_SEE,
        Action.OWN_ADD,
        Action.OWN_CHANGE,
        Action.OWN_REMOVE,
        Action.OWN_LOOKS_SEE,
        Action.OWN_LOCK,
        Action.OWN_COPY,
        Action.OWN_LINK,
        Action.PAPER_OWN_PAGE,
        Action.TRUSTED_NAME,
        Action.TRUSTED_STOP,
    }
)

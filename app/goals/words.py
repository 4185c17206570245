"""What goals say to people: a sentence for every reason, a word for every state."""

from __future__ import annotations

from app.goals.nouns import GoalState, Reins
from app.goals.rules import Reason
from app.translations import gettext as _


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.NO_WORDS: _("Schrijf op wat jullie willen. Eén zin is genoeg."),
        Reason.NO_SUCH_MOVE: _("Dit ging al voorbij. Kijk hoe het nu staat."),
        Reason.UNKNOWN_PERSON: _("Die naam staat niet meer bij onze mensen. Kies iemand anders."),
        Reason.AT_THE_EDGE: _("Dit staat al op zijn plaats."),
    }[reason]


def state(value: str) -> str:
    """The word for a goal's state."""
    return {
        GoalState.NOW: _("Nu"),
        GoalState.LATER: _("Later"),
        GoalState.REACHED: _("Gelukt"),
        GoalState.DROPPED: _("Dit willen wij niet meer"),
    }[GoalState(value)]


def reins() -> dict[Reins, str]:
    """The answers to "Wie regelt dit?"."""
    return {Reins.WE: _("Wij zelf"), Reins.TOGETHER: _("Samen"), Reins.WITH_SUPPORT: _("Met steun")}

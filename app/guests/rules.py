"""What holds for guests. Pure: no web, no SQL."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

# How long a family that said goodbye stays among the cards of its guest.
RECENT = timedelta(days=30)


class Reason(StrEnum):
    NO_LONGER = "no_longer"
    NO_NAME = "no_name"
    IS_ANSWERED = "is_answered"


def is_recent(ended: datetime, at: datetime) -> bool:
    """Whether a stay ended so short ago that its card still stands there."""
    return ended > at - RECENT

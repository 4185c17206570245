"""What holds for guests. Pure: no web, no SQL."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum

# How long a family that said goodbye stays among the cards of its guest.
RECENT = timedelta(days=30)
MOST_CARDS = 50
# 130 bits, in letters and digits that nobody takes for another. Source: design page `bar`, "a link is safe to send".
SIGNS = 26
TOKEN = re.compile(rf"[a-z2-7]{{{SIGNS}}}")


class Reason(StrEnum):
    NO_LONGER = "no_longer"
    NO_NAME = "no_name"
    IS_ANSWERED = "is_answered"
    MANY_CARDS = "many_cards"
    IS_HERE = "is_here"


def token_of(typed: str) -> str | None:
    """The token of a start card as somebody typed or scanned it: "abcd-efgh-..." too; None for what is none."""
    bare = typed.casefold().replace("-", "").replace(" ", "")
    return bare if TOKEN.fullmatch(bare) else None


def grouped(token: str) -> str:
    """A token as it stands on paper: "abcd-efgh-ijkl-..."."""
    return "-".join(token[at : at + 4] for at in range(0, len(token), 4))


def is_recent(ended: datetime, at: datetime) -> bool:
    """Whether a stay ended so short ago that its card still stands there."""
    return ended > at - RECENT

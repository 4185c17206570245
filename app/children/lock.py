"""Whether this phone is one that an adult gave to a child, and what may be shown on it now.

Who holds that phone next is not that child: what nobody else sees is not shown there by itself.
"""

from __future__ import annotations

from flask import session

LENT = "lent"


def is_lent() -> bool:
    """Whether an adult gave this phone to a child, and did not take it back yet."""
    return LENT in session


def is_open() -> bool:
    """Whether a child may see here what it keeps for itself: on its own card or key always."""
    return not is_lent()

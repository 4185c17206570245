"""Two people wrote at once: what both keep, field by field. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from app.items import B


def differing(one: Any, other: Any) -> frozenset[str]:
    """The fields in which two payloads of one type differ."""
    return frozenset(name for name in one.__struct_fields__ if getattr(one, name) != getattr(other, name))


def merged(base: B, mine: B, theirs: B) -> tuple[B, frozenset[str]]:
    """Join two changes of one payload.

    Args:
        base: what both started from.
        mine: what this writer made of it.
        theirs: what somebody else made of it meanwhile.

    Returns:
        The payload with the changes of both, and the fields both changed differently (there `mine` stands). Who typed
        is nothing to choose between.
    """
    my_fields, their_fields = differing(base, mine), differing(base, theirs)
    both = (my_fields & their_fields) - {"scribe"}
    clashing = frozenset(name for name in both if getattr(mine, name) != getattr(theirs, name))
    return msgspec.structs.replace(theirs, **{name: getattr(mine, name) for name in my_fields}), clashing

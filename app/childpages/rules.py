"""Who gets a page of a child's own, what may be on it, and when a parent may give the phone. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from uuid import UUID

from app.policy.actor import Ring

# A week, from Monday on.
DAYS = 7


class Reason(StrEnum):
    UNKNOWN_CHILD = "unknown_child"
    HAS_A_PAGE = "has_a_page"


def may_have_page(ring: Ring, name: str, *, is_private: bool, is_parent: bool, has_key: bool) -> bool:
    """Whether somebody of our people may get the page of a child.

    Args:
        ring: where the family puts them: only the family itself.
        name: what they are called; a page greets by name.
        is_private: one parent keeps them from the other, who would learn of them.
        is_parent: the family says that they are a parent.
        has_key: they open the plan already, as somebody else.
    """
    return ring is Ring.WE and bool(name) and not (is_private or is_parent or has_key)


def shown_with(shown: Iterable[UUID], offered: Collection[UUID], ticked: Collection[UUID]) -> tuple[UUID, ...]:
    """What is on the page: what was ticked of what was offered, and what this parent could not see on the form."""
    unseen = [one for one in shown if one not in offered]
    return (*unseen, *(one for one in offered if one in ticked))


def week_of(days: Iterable[str]) -> list[str]:
    """A pictogram for each of the seven days; empty where nobody chose one."""
    known = list(days)[:DAYS]
    return [*known, *("" for _day in range(DAYS - len(known)))]

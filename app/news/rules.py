"""How far back news goes, and what of a change is news to somebody from outside. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

# Who never said that they saw it all, and who did so long ago, is not met with a year of changes.
FIRST, LONGEST = timedelta(days=14), timedelta(days=60)
MOST = 40

T = TypeVar("T")


def newest_of_each(changes: Iterable[T], about: Callable[[T], UUID]) -> list[T]:
    """Of changes, newest first, the last of each thing: what it became is the news, not every step to it."""
    found: dict[UUID, T] = {}
    for one in changes:
        found.setdefault(about(one), one)
    return list(found.values())[:MOST]


def told_to_outsiders(*, added: bool, moved: bool, same_words: bool) -> bool:
    """Whether a change is news to somebody from outside: not who else sees it, nor its place among what is hidden."""
    return added or not (moved or same_words)

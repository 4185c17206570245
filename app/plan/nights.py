"""Where a child sleeps which night: per child a rhythm, and exceptions (design: product, home). Pure.

A rhythm is counted in weeks from its first day, so that a week may begin on the day the child moves: "from Friday to
Friday, week about" and "every second weekend" are the same rule with other days of the week.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from app.plan.nouns import HomeBody, Nights
from app.plan.rules import Reason

if TYPE_CHECKING:
    from app.items import Thing

WEEK = timedelta(days=7)
ALL_DAYS = tuple(range(7))
SPARSEST = 4
MOST_EXCEPTIONS = 60


def why_not_nights(nights: Nights) -> Reason | None:
    """Whether a rhythm says something, and can be counted."""
    if not nights.weekdays and not nights.moved:
        return Reason.NO_NIGHT
    if not 1 <= nights.every <= SPARSEST:
        return Reason.TOO_SPARSE
    return Reason.NO_FIRST_DAY if nights.every > 1 and nights.first is None else None


def sleeps_here(nights: Nights, night: date) -> bool:
    """Whether a child sleeps in a home in the night after a day, by its rhythm there and its exceptions."""
    if night in nights.moved:
        return nights.moved[night]
    return in_rhythm(nights, night)


def in_rhythm(nights: Nights, night: date) -> bool:
    """The same without the exceptions. Before its first day a rhythm says nothing."""
    if night.weekday() not in nights.weekdays or (nights.first is not None and night < nights.first):
        return False
    if nights.first is None or nights.every == 1:
        return True
    return (night - nights.first) // WEEK % nights.every == 0


def nights_of(home: HomeBody, child: UUID | None) -> Nights | None:
    """The rhythm of a child in a home; None when nobody told it, or it does not sleep there any more."""
    if child not in home.sleepers:
        return None
    return next((one for one in home.nights if one.child == child), None)


def where(homes: Iterable[Thing[HomeBody]], child: UUID | None, night: date) -> Thing[HomeBody] | None:
    """The home a child sleeps in that night; None when nobody knows, or when two homes say so.

    An exception goes before a rhythm, and a rhythm before a home in which the child sleeps without one.
    """
    chosen: list[Thing[HomeBody]] = []
    regular: list[Thing[HomeBody]] = []
    otherwise: list[Thing[HomeBody]] = []
    for home in homes:
        nights = nights_of(home.body, child)
        if nights is None:
            if child in home.body.sleepers:
                otherwise.append(home)
        elif nights.moved.get(night):
            chosen.append(home)
        elif sleeps_here(nights, night):
            regular.append(home)
    found = chosen or regular or otherwise
    return found[0] if len(found) == 1 else None


def with_nights(home: HomeBody, nights: Nights) -> tuple[Nights, ...]:
    """The rhythms of a home with that of one child in the place of what was said before."""
    return (*(one for one in home.nights if one.child != nights.child), nights)


def without_nights(home: HomeBody, child: UUID) -> tuple[Nights, ...]:
    """The rhythms of a home without that of one child."""
    return tuple(one for one in home.nights if one.child != child)

"""What the start of a plan, leaving it and our neutral page follow. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from app.rooms import Panel

FIRST_YEAR, LAST_YEAR = 1970, 2200


class Reason(StrEnum):
    NO_NAMES = "no_names"


@dataclass(frozen=True)
class Matched:
    """What an answer with names makes of the people there were.

    Attributes:
        renamed: people who stay, under another name.
        added: names nobody had yet.
        gone: people whose name is no longer there.
    """

    renamed: dict[UUID, str]
    added: tuple[str, ...]
    gone: tuple[UUID, ...]


def matched(there: Sequence[tuple[UUID, str]], names: Sequence[str], me: UUID | None = None) -> Matched:
    """Whose name each of these is, so that answering a question again loses nobody.

    The same name is the same person, `me` answers to the first name; after that names and people that are left pair
    in their order, as with a name that was written wrong.

    Args:
        there: the people of that ring, in the family's order.
        names: the names as answered now.
        me: who answers, when they are among these people.
    """
    left, words = dict(there), list(names)
    renamed: dict[UUID, str] = {}
    if me in left and words:
        if left.pop(me) != words[0]:
            renamed[me] = words[0]
        words.pop(0)
    for person, name in list(left.items()):
        if name in words:
            words.remove(name)
            del left[person]
    for person, word in zip(list(left), list(words), strict=False):
        renamed[person] = word
        words.remove(word)
        del left[person]
    return Matched(renamed, tuple(words), tuple(person for person in left if person != me))


def may_close(way_back: Collection[bool]) -> bool:
    """Whether "Snel weg" may close the plans here too: only when each can be opened again, and there is one.

    Args:
        way_back: for each plan this browser opens, whether its person has another way in.
    """
    return bool(way_back) and all(way_back)


def month_of(text: str, today: date) -> date:
    """The first day of the month somebody asks for ("2026-11"); of this month when that is no month."""
    year, _dash, month = text.partition("-")
    if year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) <= 2:
        asked = (int(year), int(month))
        if FIRST_YEAR <= asked[0] <= LAST_YEAR and 1 <= asked[1] <= 12:
            return date(*asked, 1)
    return today.replace(day=1)


def weeks_of(month: date) -> list[list[date]]:
    """The weeks of a month, whole, from Monday to Sunday."""
    return calendar.Calendar(firstweekday=calendar.MONDAY).monthdatescalendar(month.year, month.month)


def beside(month: date, by: int) -> date:
    """The first day of the month before (-1) or after (1)."""
    return (month + timedelta(days=31 if by > 0 else -1)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Notices:
    """What other rooms say on "Ons plan": some whole, and how many more there are."""

    first: list[Panel]
    shown: list[Panel]
    more: int


def notices(found: list[Panel], *, everything: bool) -> Notices:
    """Which notices stand whole on "Ons plan": what nobody may overlook, and the one that waits longest for them.

    That one is a tap further where what nobody may overlook takes its place, as more than a row does.

    Args:
        found: what the rooms say, in their order.
        everything: the reader asked for all of it.
    """
    first = [panel for panel in found if panel.first]
    rest = sorted((panel for panel in found if not panel.first), key=lambda panel: not panel.waits)
    shown = rest if everything else rest[: 1 if all(panel.short for panel in first) else 0]
    return Notices(first, shown, len(rest) - len(shown))

"""What looking back is made of. Pure: no web, no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Doing:
    """Something that was done: a small step, or an agreement that went well.

    Attributes:
        of: the step or the agreement.
        day: the local day it was done.
        at: when that was said, which orders the doings of one day.
        words: what, as the family says it; `language` is that of the words.
        who: the people who did it; may be open.
        colour: the thread of the goal it was for; empty without one.
        times: how often it went well.
    """

    of: UUID
    day: date
    at: datetime
    words: str
    language: str
    who: tuple[UUID, ...] = ()
    colour: str = ""
    times: int = 1


@dataclass(frozen=True)
class Part:
    """A stretch of the road.

    Attributes:
        doings: what was done, oldest first.
        number: which part it is, from 1, the newest.
        earlier, later: whether there is more on either side.
    """

    doings: tuple[Doing, ...]
    number: int = 1
    earlier: bool = False
    later: bool = False

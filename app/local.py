"""The local days of a family: whoever looks, wherever the server stands (design: house, choice 9). Pure."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

NOON, EVENING = time(12), time(18)


class PartOfDay(StrEnum):
    """When in the day, as a picture can say it."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


def part_of_day(at: time) -> PartOfDay:
    """In which part of the day an hour is."""
    if at < NOON:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if at < EVENING else PartOfDay.EVENING


def local_day(instant: datetime, zone: str) -> date:
    """The day it is at an instant, in an IANA zone."""
    return instant.astimezone(ZoneInfo(zone)).date()

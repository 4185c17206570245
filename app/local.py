"""The local days of a family: whoever looks, wherever the server stands (design: house, choice 9). Pure."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def local_day(instant: datetime, zone: str) -> date:
    """The day it is at an instant, in an IANA zone."""
    return instant.astimezone(ZoneInfo(zone)).date()

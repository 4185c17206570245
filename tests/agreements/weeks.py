"""A week to test in: not far ahead, so that the cast's links still work."""

from datetime import UTC, datetime, timedelta

_TODAY = datetime.now(UTC).date()
THURSDAY = _TODAY + timedelta(days=(3 - _TODAY.weekday()) % 7 + 7)

"""Tokens of start cards as people type them, and how long a farewell stands."""

from datetime import UTC, datetime, timedelta

import pytest

from app.guests import rules

TOKEN = "abcdefghijklmnopqrstuvwx23"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("typed", [TOKEN, "abcd-efgh-ijkl-mnop-qrst-uvwx-23", "ABCD EFGH IJKL MNOP QRST UVWX 23"])
def test_a_token_is_read_as_people_type_it(typed: str) -> None:
    assert rules.token_of(typed) == TOKEN
    assert rules.token_of(rules.grouped(TOKEN)) == TOKEN


@pytest.mark.parametrize("typed", ["", "abc", TOKEN + "a", TOKEN[:-1], "abcdefghijklmnopqrstuvwx01", "é" * 26])
def test_what_is_no_token(typed: str) -> None:
    assert rules.token_of(typed) is None


@pytest.mark.parametrize(("days", "stands"), [(0, True), (29, True), (30, False), (400, False)])
def test_how_long_a_farewell_stands(days: int, stands: bool) -> None:
    assert rules.is_recent(NOW - timedelta(days=days), NOW) is stands

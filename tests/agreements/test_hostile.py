"""What nobody types by accident: days that are none, and texts made to keep the server busy."""

import re
from datetime import date
from uuid import uuid4

import pytest

from app.agreements.forms import read_day, read_time
from tests.cast import Cast

# A reader that tries every way to split the spaces needs hours for the second of these, and holds up everybody.
SPACES = " " * 20_000


@pytest.mark.parametrize("text", [f"1{SPACES}x", f"1{SPACES}1{SPACES}x", f"1.{SPACES}2.{SPACES}x"])
def test_a_day_or_an_hour_of_only_spaces_is_none_at_once(text: str) -> None:
    assert read_day(text) is None
    assert read_time(text) is None


@pytest.mark.parametrize("text", ["31 / 12 / 2026", " 31/12/2026".strip(), "2026-12-31"])
def test_a_day_as_people_write_it_is_still_read(text: str) -> None:
    assert read_day(text) == date(2026, 12, 31)


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-26", "2101-01-01", "0001-01-01", "1999-12-31"])
@pytest.mark.parametrize("page", ["wat-nu", "nieuwe-dag"])
def test_a_day_outside_our_years_is_not_there(cast: Cast, day: str, page: str) -> None:
    sara = cast.client_of("sara")
    assert cast.app is not None
    cast.app.config["WTF_CSRF_ENABLED"] = False
    every_weekend = {"words": "Zwemmen", "sort": "weekly", "weekdays": ["5", "6"], "every": "7"}
    sara.post(f"/p/{cast.plan}/afspraken", data={"form_key": uuid4().hex, **every_weekend})
    found = set(re.findall(r"/afspraken/([0-9a-f-]{36})", sara.get(f"/p/{cast.plan}/afspraken").text))
    for agreement in found:
        assert sara.get(f"/p/{cast.plan}/afspraken/{agreement}/{day}/{page}").status_code == 404

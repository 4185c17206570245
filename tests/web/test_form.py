"""What stays of a text that somebody typed, or made."""

import pytest

from app.web.form import clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Rustig naar school \r\n", "Rustig naar school"),
        ("a\x00b\x1b[0m", "ab[0m"),
        ("Sara\u202etsaal", "Saratsaal"),
        ("\u2067oma\u2069", "oma"),
        ("\u200b", ""),
        ("\u2060 \u00ad\u3164\u2800", ""),
        ("\u00a0\u2028", ""),
        ("\ud800", ""),
        ("e\u0301én", "één"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("0", "0"),
        ("...", "..."),
        (None, ""),
    ],
)
def test_a_text_is_what_people_see_of_it(typed: str | None, kept: str) -> None:
    assert clean(typed) == kept

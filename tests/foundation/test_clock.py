"""The instant everything is dated by, and the past of the demo's family."""

from datetime import timedelta

import pytest

from app.db import days_ago, now


def test_only_what_happens_meanwhile_is_dated_back() -> None:
    before = now()
    with days_ago(30):
        assert timedelta(days=29) < before - now() < timedelta(days=31)
    assert before <= now() < before + timedelta(days=1)


def test_what_goes_wrong_meanwhile_leaves_no_past_behind() -> None:
    before = now()

    def fall() -> None:
        with days_ago(30):
            raise LookupError

    with pytest.raises(LookupError):
        fall()
    assert before <= now() < before + timedelta(days=1)

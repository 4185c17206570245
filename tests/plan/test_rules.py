"""What the facts of a plan and its homes allow, and the names of the parts of life."""

from datetime import date
from uuid import uuid4

import pytest

from app.plan import domains, rules
from app.plan.rules import Reason

EARLY, LATE = date(2026, 1, 15), date(2026, 6, 30)


@pytest.mark.parametrize(
    ("started", "ended", "reason"),
    [
        (None, None, None),
        (EARLY, None, None),
        (None, LATE, None),
        (EARLY, LATE, None),
        (EARLY, EARLY, None),
        (LATE, EARLY, Reason.ENDS_BEFORE_START),
    ],
)
def test_help_may_start_and_end_on_any_day_but_not_end_first(
    started: date | None, ended: date | None, reason: Reason | None
) -> None:
    assert rules.why_not_dates(started, ended) is reason


def test_only_people_one_may_choose_are_chosen() -> None:
    ours, strange = uuid4(), uuid4()
    assert rules.why_not_people([], []) is None
    assert rules.why_not_people([ours], [ours, uuid4()]) is None
    assert rules.why_not_people([ours, strange], [ours]) is Reason.NOT_OUR_PERSON


def test_a_part_of_life_is_known_by_its_word_and_an_own_one_stays_its_own() -> None:
    assert domains.key("Wonen") == "living"
    assert domains.key("wonen") == "living"
    assert domains.key("De hond") == "De hond"
    assert domains.name(domains.key("De hond")) == "De hond"
    assert [domains.key(domains.name(key)) for key in domains.KEYS] == list(domains.KEYS)
    assert set(domains.ICONS) == set(domains.KEYS) == set(domains.names())

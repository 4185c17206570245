"""How far back news goes, and what is news to whom."""

from uuid import UUID

import pytest

from app.news import rules


def test_of_each_thing_only_what_it_became_last_is_news() -> None:
    one, other = UUID(int=1), UUID(int=2)
    changes = [("last", one), ("only", other), ("first", one)]
    assert rules.newest_of_each(changes, lambda change: change[1]) == [("last", one), ("only", other)]


def test_a_very_full_day_is_cut_at_the_newest() -> None:
    changes = [UUID(int=number) for number in range(100)]
    assert rules.newest_of_each(changes, lambda change: change) == changes[: rules.MOST]


@pytest.mark.parametrize(
    ("added", "moved", "same_words", "told"),
    [(True, False, False, True), (False, False, False, True), (False, True, False, False), (False, False, True, False)],
)
def test_who_sees_a_thing_and_its_place_are_no_news_outside(
    added: bool, moved: bool, same_words: bool, told: bool
) -> None:
    assert rules.told_to_outsiders(added=added, moved=moved, same_words=same_words) is told

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.home import rules
from app.home.rules import Matched
from app.rooms import Panel

ME, JEF, KAAT = UUID(int=1), UUID(int=2), UUID(int=3)
THERE = ((ME, "Sara"), (JEF, "Jef"), (KAAT, "Kaat"))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Sara", "Jef", "Kaat"), Matched({}, (), ())),
        (("Sara", "Jef", "Kaat", "Lou"), Matched({}, ("Lou",), ())),
        (("Sara", "Kaat"), Matched({}, (), (JEF,))),
        (("Sara", "Jeff", "Kaat"), Matched({JEF: "Jeff"}, (), ())),
        (("Sarah", "Jef", "Kaat"), Matched({ME: "Sarah"}, (), ())),
        (("Kaat", "Jef", "Sara"), Matched({ME: "Kaat", KAAT: "Sara"}, (), ())),
        ((), Matched({}, (), (JEF, KAAT))),
    ],
)
def test_an_answer_given_again_finds_the_same_people(names: tuple[str, ...], expected: Matched) -> None:
    assert rules.matched(THERE, names, ME) == expected


def test_without_anybody_there_every_name_is_new() -> None:
    assert rules.matched((), ("Oma", "Oma"), ME) == Matched({}, ("Oma", "Oma"), ())


NAMES = some.lists(some.sampled_from(["Sara", "Jef", "Kaat", "Oma", "Lou"]), max_size=6)


@given(NAMES, NAMES)
def test_afterwards_the_people_are_those_of_the_answer_and_nobody_is_two(before: list[str], names: list[str]) -> None:
    there = [(UUID(int=number), name) for number, name in enumerate(before, start=10)]
    found = rules.matched(there, names)
    after = [found.renamed.get(person, name) for person, name in there if person not in found.gone]
    assert sorted((*after, *found.added)) == sorted(names)
    assert not set(found.renamed) & set(found.gone)


@pytest.mark.parametrize(
    ("way_back", "closes"), [((), False), ((True,), True), ((True, False), False), ((True, True), True)]
)
def test_snel_weg_closes_only_what_can_be_opened_again(way_back: tuple[bool, ...], closes: bool) -> None:
    assert rules.may_close(way_back) is closes


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-11", date(2026, 11, 1)),
        ("2027-1", date(2027, 1, 1)),
        ("", date(2026, 5, 1)),
        ("2026-13", date(2026, 5, 1)),
        ("0001-01", date(2026, 5, 1)),
        ("9999-12", date(2026, 5, 1)),
        ("²⁰²⁶-11", date(2026, 5, 1)),
        ("2026-11-03", date(2026, 5, 1)),
        ("weg", date(2026, 5, 1)),
    ],
)
def test_the_calendar_shows_a_month_whatever_is_asked(text: str, month: date) -> None:
    assert rules.month_of(text, date(2026, 5, 17)) == month


def test_the_weeks_of_a_month_are_whole() -> None:
    weeks = rules.weeks_of(date(2026, 11, 1))
    assert weeks[0][0] == date(2026, 10, 26)
    assert weeks[-1][-1] == date(2026, 12, 6)


@pytest.mark.parametrize(
    ("month", "by", "expected"),
    [
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 1, 1), 1, date(2026, 2, 1)),
        (date(2026, 2, 1), 1, date(2026, 3, 1)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_the_months_beside(month: date, by: int, expected: date) -> None:
    assert rules.beside(month, by) == expected


FIRST, WAITS, REST = Panel("first", first=True), Panel("waits", waits=True), Panel("rest")
ROW = Panel("row", first=True, short=True)


@pytest.mark.parametrize(
    ("found", "everything", "first", "shown", "more"),
    [
        ([], False, [], [], 0),
        ([REST], False, [], [REST], 0),
        ([REST, WAITS], False, [], [WAITS], 1),
        ([REST, WAITS, FIRST], False, [FIRST], [], 2),
        ([REST, WAITS, ROW], False, [ROW], [WAITS], 1),
        ([REST, WAITS, ROW, FIRST], False, [ROW, FIRST], [], 2),
        ([FIRST, FIRST], False, [FIRST, FIRST], [], 0),
        ([REST, WAITS, FIRST], True, [FIRST], [WAITS, REST], 0),
    ],
)
def test_one_notice_stands_whole_and_what_nobody_may_overlook_before_it(
    found: list[Panel], everything: bool, first: list[Panel], shown: list[Panel], more: int
) -> None:
    assert rules.notices(found, everything=everything) == rules.Notices(first, shown, more)

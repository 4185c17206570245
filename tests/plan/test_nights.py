"""Where a child sleeps: the rule as tables, and what holds for every rhythm."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plan import nights as rules
from app.plan.nouns import HomeBody, Nights
from app.plan.rules import Reason

KAAT, MIL = UUID(int=1), UUID(int=2)
# A Friday.
FRIDAY = date(2026, 12, 4)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Home:
    """As much of a thing as the rule asks."""

    body: HomeBody


def home(name: str, *nights: Nights, sleepers: tuple[UUID, ...] = (KAAT, MIL)) -> Home:
    return Home(HomeBody(name=name, sleepers=sleepers, nights=nights))


def where(homes: list[Home], child: UUID, night: date) -> str:
    found = rules.where(homes, child, night)  # type: ignore[arg-type]
    return found.body.name if found else ""


WEEK_ABOUT = [
    home("mama", Nights(KAAT, rules.ALL_DAYS, 2, FRIDAY)),
    home("papa", Nights(KAAT, rules.ALL_DAYS, 2, FRIDAY + 7 * DAY)),
]
WEEKENDS = [
    home("thuis", Nights(KAAT, (0, 1, 2, 3, 6))),
    home("oma", Nights(KAAT, (4, 5), 2, FRIDAY), sleepers=(KAAT,)),
    home("papa", Nights(KAAT, (4, 5), 2, FRIDAY + 7 * DAY, {FRIDAY + 7 * DAY: False})),
]
TABLE = [
    # Week about, from Friday to Friday.
    (WEEK_ABOUT, 0, "mama"),
    (WEEK_ABOUT, 6, "mama"),
    (WEEK_ABOUT, 7, "papa"),
    (WEEK_ABOUT, 13, "papa"),
    (WEEK_ABOUT, 14, "mama"),
    # Before its first day a rhythm says nothing.
    (WEEK_ABOUT, -1, ""),
    # Days of the week, and every second weekend elsewhere.
    (WEEKENDS, 0, "oma"),
    (WEEKENDS, 1, "oma"),
    (WEEKENDS, 2, "thuis"),
    (WEEKENDS, 8, "papa"),
    # An exception: not there, and nobody said where then.
    (WEEKENDS, 7, ""),
    # A home without a rhythm is where a child sleeps otherwise.
    ([home("thuis"), home("oma", Nights(KAAT, (4,)))], 0, "oma"),
    ([home("thuis"), home("oma", Nights(KAAT, (4,)))], 1, "thuis"),
    # An exception goes before a rhythm.
    ([home("thuis", Nights(KAAT, rules.ALL_DAYS)), home("oma", Nights(KAAT, (), 1, None, {FRIDAY: True}))], 0, "oma"),
    # Two homes say so: nobody knows, and nothing is guessed.
    ([home("thuis", Nights(KAAT, rules.ALL_DAYS)), home("oma", Nights(KAAT, rules.ALL_DAYS))], 0, ""),
    # Who does not sleep there any more has no rhythm there.
    ([home("oma", Nights(KAAT, rules.ALL_DAYS), sleepers=(MIL,))], 0, ""),
    ([], 0, ""),
]


@pytest.mark.parametrize(("homes", "ahead", "expected"), TABLE)
def test_where_kaat_sleeps(homes: list[Home], ahead: int, expected: str) -> None:
    assert where(homes, KAAT, FRIDAY + ahead * DAY) == expected


def test_the_nights_of_one_child_are_not_those_of_another() -> None:
    assert where(WEEK_ABOUT, MIL, FRIDAY) == ""
    assert where([WEEKENDS[1]], MIL, FRIDAY) == ""


@pytest.mark.parametrize(
    ("nights", "reason"),
    [
        (Nights(KAAT), Reason.NO_NIGHT),
        (Nights(KAAT, (4,), 2), Reason.NO_FIRST_DAY),
        (Nights(KAAT, (4,), 9, FRIDAY), Reason.TOO_SPARSE),
        (Nights(KAAT, (4,), 0, FRIDAY), Reason.TOO_SPARSE),
        (Nights(KAAT, (4,)), None),
        (Nights(KAAT, (), 1, None, {FRIDAY: True}), None),
    ],
)
def test_what_a_rhythm_needs(nights: Nights, reason: Reason | None) -> None:
    assert rules.why_not_nights(nights) is reason


days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda some: tuple(sorted(some)))
rhythms = st.builds(Nights, st.just(KAAT), weekdays, st.integers(1, rules.SPARSEST), days)


@given(rhythms, days)
def test_a_rhythm_comes_back_after_its_weeks(nights: Nights, night: date) -> None:
    assert nights.first is not None
    if night >= nights.first:
        later = night + 7 * nights.every * DAY
        assert rules.in_rhythm(nights, night) is rules.in_rhythm(nights, later)
    else:
        assert not rules.in_rhythm(nights, night)


@given(rhythms)
def test_of_its_weeks_one_is_here(nights: Nights) -> None:
    assert nights.first is not None
    span = [nights.first + ahead * DAY for ahead in range(7 * nights.every)]
    assert sum(rules.in_rhythm(nights, night) for night in span) == len(nights.weekdays)


@given(rhythms, days, st.booleans())
def test_an_exception_is_what_it_says(nights: Nights, night: date, there: bool) -> None:
    moved = Nights(KAAT, nights.weekdays, nights.every, nights.first, {night: there})
    assert rules.sleeps_here(moved, night) is there
    other = night + DAY
    assert rules.sleeps_here(moved, other) is rules.in_rhythm(nights, other)


def test_a_rhythm_takes_the_place_of_the_one_before() -> None:
    before = home("thuis", Nights(KAAT, (1,)), Nights(MIL, (2,))).body
    told = rules.with_nights(before, Nights(KAAT, (3,)))
    assert {one.child: one.weekdays for one in told} == {KAAT: (3,), MIL: (2,)}
    assert [one.child for one in rules.without_nights(before, KAAT)] == [MIL]

"""Figures, their limits, and how they are told."""

import pytest

from bench.figures import LIMITS, ONLY, Figure, Limit, percentile, shown, table, verdicts


@pytest.mark.parametrize(
    ("values", "hundredth", "expected"),
    [
        ([5.0], 99, 5.0),
        ([1.0, 2.0, 3.0, 4.0], 50, 2.0),
        ([float(number) for number in range(1, 101)], 99, 99.0),
        ([float(number) for number in range(100, 0, -1)], 50, 50.0),
        ([3.0, 1.0, 2.0], 100, 3.0),
        ([3.0, 1.0, 2.0], 0, 1.0),
    ],
)
def test_a_percentile_is_a_value_that_was_measured(values: list[float], hundredth: float, expected: float) -> None:
    assert percentile(values, hundredth) == expected


def test_a_percentile_of_nothing_is_a_fault() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        percentile([], 99)


@pytest.mark.parametrize(
    ("limit", "value", "holds"),
    [
        (Limit("", most=8), 8, True),
        (Limit("", most=8), 8.01, False),
        (Limit("", least=100), 100, True),
        (Limit("", least=100), 99.9, False),
        (Limit("", most=0), 0, True),
    ],
)
def test_a_limit_may_be_reached_but_not_passed(limit: Limit, value: float, holds: bool) -> None:
    assert limit.holds(value) is holds


def test_a_figure_without_a_limit_is_never_judged() -> None:
    assert Figure("landing", "first font B", 10**9).holds
    assert verdicts([Figure("landing", "first font B", 10**9)]) == []


def test_the_servers_limits_are_about_ons_plan_only() -> None:
    assert Figure("a goal", "p50 x empty", 100).holds
    assert not Figure("Ons plan", "p50 x empty", 100).holds


def test_a_verdict_names_the_figure_nearest_to_breaking_it() -> None:
    found = verdicts([Figure("landing", "elements", 60), Figure("Afspraken", "elements", 500)])
    assert [verdict.sentence for verdict in found] == ["holds: at most 500 elements on a page: 500 (Afspraken)"]


def test_a_verdict_of_at_least_names_the_smallest() -> None:
    (verdict,) = verdicts([Figure("landing", "performance", 100), Figure("a goal", "performance", 98)])
    assert verdict.worst.of == "a goal"
    assert verdict.sentence == "DOES NOT HOLD: Lighthouse performance 100: 98 (a goal)"


def test_a_verdict_counts_who_else_breaks_it() -> None:
    (verdict,) = verdicts([Figure(page, "next requests", number) for page, number in (("a", 3), ("b", 2), ("c", 1))])
    assert verdict.sentence == "DOES NOT HOLD: next page: one request: 3 (a) and 1 more"


def test_verdicts_come_in_the_order_of_the_bar() -> None:
    figures = [Figure(ONLY.get(name, "Ons plan"), name, 10**6) for name in reversed(LIMITS)]
    assert [verdict.worst.name for verdict in verdicts(figures)] == list(LIMITS)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (7, "7"), (12345, "12,345"), (12345.6, "12,346"), (0.1234, "0.123"), (2.5, "2.5"), (2.0, "2"),
        (10.004, "10"), (99.996, "100"), (200.001, "200"),
    ],
)  # fmt: skip
def test_a_figure_is_written_to_be_read(value: float, text: str) -> None:
    assert shown(value) == text


def test_a_table_has_a_row_for_each_thing_and_marks_what_does_not_hold() -> None:
    figures = [Figure("landing", "elements", 60), Figure("Afspraken", "elements", 606), Figure("landing", "queries", 0)]
    assert table(figures).splitlines() == [
        "| | elements | queries |",
        "|---|---:|---:|",
        "| landing | 60 | 0 |",
        "| Afspraken | 606 (!) |  |",
    ]

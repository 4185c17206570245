"""The budgets of the house: tails, not medians. tests/support/sizes.py says how one is raised."""

from pathlib import Path

from tests.support.sizes import ROOT, Budget, Piece, budgets, raised


def test_everything_is_within_its_budget() -> None:
    allowed = raised()
    faults = [fault for budget in budgets() for fault in budget.over(allowed)]
    assert not faults, "\n".join(faults)


def test_a_raised_budget_is_still_needed() -> None:
    longer = {
        piece.name: budget.longest for budget in budgets() for piece in budget.pieces if piece.lines > budget.longest
    }
    higher = {f"{budget.sort} median" for budget in budgets() if budget.middle > budget.median}
    idle = set(raised()) - set(longer) - higher
    assert not idle, f"within the ordinary budget again, so docs/style.md can forget them: {sorted(idle)}"


def test_a_long_piece_and_a_high_median_are_both_seen() -> None:
    budget = Budget("file", longest=10, median=4, pieces=[Piece("a", 3), Piece("b", 5), Piece("c", 11)])
    assert budget.over({}) == ["file c: 11 lines, at most 10", "file: median 5 lines, at most 4"]
    assert budget.over({"c": 12}) == ["file: median 5 lines, at most 4"]
    assert budget.over({"c": 12, "file median": 5}) == []


def test_what_is_measured_is_there() -> None:
    names = {piece.name for budget in budgets() for piece in budget.pieces}
    assert "app/config.py" in names
    assert all(Path(ROOT, name.partition(":")[0]).exists() for name in names)

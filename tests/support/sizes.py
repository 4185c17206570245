"""How long files, functions, views and templates are. Run as a script, it prints the table; test_budgets.py holds it.

A budget is a smoke alarm, not a goal. A row in the table "Budgets raised" of docs/style.md raises it for one file
(`app/change.py`) or function (`app/change.py:change`), with the reason:

    | what | lines | why |
    |---|---|---|
    | `app/change.py` | 440 | one door, read from top to bottom |
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent.parent
RAISED = re.compile(r"^\| *`([^`]+)` *\| *(\d+) *\| *(\S.*\S) *\|$", re.MULTILINE)


@dataclass(frozen=True)
class Piece:
    """One thing with a length in lines."""

    name: str
    lines: int


@dataclass(frozen=True)
class Budget:
    """A longest and a median length for one sort of thing."""

    sort: str
    longest: int
    median: int
    pieces: list[Piece]

    @property
    def middle(self) -> float:
        """The median length."""
        return median(piece.lines for piece in self.pieces) if self.pieces else 0

    def over(self, raised: dict[str, int]) -> list[str]:
        """What is longer than it may be, and the median when that is."""
        faults = [
            f"{self.sort} {piece.name}: {piece.lines} lines, at most {raised.get(piece.name, self.longest)}"
            for piece in self.pieces
            if piece.lines > raised.get(piece.name, self.longest)
        ]
        most = raised.get(f"{self.sort} median", self.median)
        if self.middle > most:
            faults.append(f"{self.sort}: median {self.middle:g} lines, at most {most}")
        return faults


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(path: Path) -> Iterator[Piece]:
    """Every function of a file; its docstring is not counted, for telling more must not cost."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            told = node.body[0] if ast.get_docstring(node) is not None else None
            silent = (told.end_lineno or 0) - told.lineno + 1 if told else 0
            yield Piece(f"{_name(path)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1 - silent)


def budgets() -> list[Budget]:
    """Every budget of the house, measured."""
    code = sorted((ROOT / "app").rglob("*.py"))
    functions = [piece for path in code for piece in _functions(path)]
    templates = sorted((ROOT / "templates").rglob("*.html"))
    return [
        Budget("file", 300, 80, [Piece(_name(path), _lines(path)) for path in code if _lines(path)]),
        Budget("function", 40, 8, functions),
        Budget("view", 20, 20, [piece for piece in functions if "/views.py:" in piece.name]),
        Budget("template", 120, 35, [Piece(_name(path), _lines(path)) for path in templates]),
    ]


def raised() -> dict[str, int]:
    """What docs/style.md allows to be longer."""
    style = ROOT / "docs" / "style.md"
    text = style.read_text(encoding="utf-8") if style.exists() else ""
    return {name: int(lines) for name, lines, _reason in RAISED.findall(text)}


def lines_of_tests_per_line() -> float:
    """How many lines of tests stand beside a line of code; 1.5 to 2 is usual in houses people admire."""
    tests = [path for path in (ROOT / "tests").rglob("*.py") if "support" not in path.parts]
    code = sum(_lines(path) for path in (ROOT / "app").rglob("*.py"))
    return sum(_lines(path) for path in tests) / code if code else 0


def table() -> str:
    """All of it, to be read."""
    rows = [f"{'':10}{'count':>6}{'median':>8}{'longest':>9}  the longest"]
    for budget in budgets():
        longest = max(budget.pieces, key=lambda piece: piece.lines, default=Piece("-", 0))
        row = f"{budget.sort:10}{len(budget.pieces):>6}{budget.middle:>8g}{longest.lines:>9}  {longest.name}"
        rows.append(f"{row} (at most {budget.longest}, median {budget.median})")
    rows.append(f"test lines per line of code: {lines_of_tests_per_line():.2f}")
    return "\n".join(rows)


if __name__ == "__main__":
    print(table())

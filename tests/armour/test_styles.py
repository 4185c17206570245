"""Style sheets know start and end, not left and right: the same sheet serves a page that is read from right to left."""

import re

import pytest

from tests.support.templates import ROOT

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SIDES = "left|right|top|bottom"
PHYSICAL = re.compile(
    rf"""(?<![\w.#-])(?:
        (?:margin|padding|scroll-margin|scroll-padding)-(?:{SIDES})\s*:
      | border-(?:{SIDES})(?:-[\w-]+)?\s*:
      | (?:{SIDES})\s*:
      | (?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)(?![\w-])
    )""",
    re.VERBOSE,
)


def physical(sheet: str) -> list[str]:
    """What names a side of the screen instead of a side of the text."""
    bare = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), sheet)
    return [f"{bare.count(chr(10), 0, found.start()) + 1}: {found[0]}" for found in PHYSICAL.finditer(bare)]


def test_no_sheet_names_a_side_of_the_screen() -> None:
    sheets = sorted((ROOT / "static" / "css").rglob("*.css"))
    faults = [f"{path.name}:{fault}" for path in sheets for fault in physical(path.read_text(encoding="utf-8"))]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "rule", ["margin-left:0", "left: 0", "text-align: right", "border-top-left-radius:1px", "float:left", "top:1px"]
)
def test_a_side_of_the_screen_is_seen(rule: str) -> None:
    assert physical(f"p{{{rule}}}")


@pytest.mark.parametrize(
    "rule", ["margin-inline:0", "inset-block-start:0", "text-align:start", "--left:1px}.top:has(a){margin:0"]
)
def test_a_side_of_the_text_is_let_through(rule: str) -> None:
    assert physical(f"/* left: 0 */ p{{{rule}}}") == []

"""The one sheet a page loads: up to date, small, readable in both schemes, and its fonts are there."""

import gzip
import re
import subprocess
import sys

import pytest

from tests.support.templates import ROOT

CSS = ROOT / "static" / "css"
LARGEST = 10 * 1024
TOKEN = re.compile(r"--([\w-]+): (#[0-9A-F]{6})\b")
COLOURS = ("prei", "blauw", "wortel", "kool", "munt", "mosterd")
TINTS = [f"{colour}-tint" for colour in COLOURS]
RINGS = ["ring-1", "ring-2", "ring-3"]

# What is read: text on ground.
READ = [
    *[(text, ground) for text in ("text", "soft") for ground in ("page", "card")],
    *[("text", ground) for ground in (*RINGS, *TINTS, "error-ground")],
    ("act", "page"),
    ("act", "card"),
    ("on-act", "act"),
    ("on-focus", "focus"),
    ("error", "error-ground"),
    ("error", "page"),
    ("error", "card"),
    *[(f"{colour}-ink", "card") for colour in COLOURS],
]
# What is seen: lines, edges and signs on ground.
SEEN = [
    *[(edge, ground) for edge in ("edge", "rim", "act") for ground in ("page", "card")],
    *[("act", ground) for ground in RINGS],
    *[(colour, ground) for colour in COLOURS for ground in ("page", "card", f"{colour}-tint")],
    ("on-act", "act"),
    ("text", "focus"),
]


def schemes() -> dict[str, dict[str, str]]:
    """The tokens as a light and as a dark page have them."""
    light, dark = (CSS / "tokens.css").read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    return {"light": dict(TOKEN.findall(light)), "dark": dict(TOKEN.findall(light)) | dict(TOKEN.findall(dark))}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_faint(pairs: list[tuple[str, str]], least: float, tokens: dict[str, str]) -> list[str]:
    ratios = {f"{one} on {other}": contrast(tokens[one], tokens[other]) for one, other in pairs}
    return [f"{pair}: {ratio:.2f}, at least {least}" for pair, ratio in ratios.items() if ratio < least]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(scheme: str) -> None:
    assert too_faint(READ, 7, schemes()[scheme]) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_and_threads_can_be_seen(scheme: str) -> None:
    pairs = [pair for pair in SEEN if not (scheme == "dark" and pair == ("text", "focus"))]
    assert too_faint(pairs, 3, schemes()[scheme]) == []


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_one_sheet_is_what_its_parts_make() -> None:
    said = subprocess.run(
        [sys.executable, ROOT / "bin" / "build-css", "--check"], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr


def test_the_one_sheet_is_small() -> None:
    size = len(gzip.compress((CSS / "app.css").read_bytes(), 9, mtime=0))
    assert size <= LARGEST

"""The colours of the style page, and how well each pair of them is told apart. Pure, but for the sheet it reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SHEET = Path(__file__).parent.parent.parent / "static" / "css" / "schemes.css"
COLOUR = re.compile(r"--([\w-]+):(#[0-9a-f]{6})\b")
THREADS = ("prei", "blauw", "wortel", "kool", "munt", "mosterd")
# (what is on it, the ground, the least contrast): text is read at 7, edges and signs are seen at 3.
TEXT, SIGN = 7, 3
PAIRS = (
    *((text, ground, TEXT) for text in ("text", "soft", "act", "error") for ground in ("page", "card")),
    ("on-act", "act", TEXT),
    ("on-focus", "focus", TEXT),
    ("error", "error-ground", TEXT),
    *(("text", f"ring-{ring}", TEXT) for ring in (1, 2, 3)),
    *(("text", f"{thread}-tint", TEXT) for thread in THREADS),
    *((f"{thread}-ink", "card", TEXT) for thread in THREADS),
    *((thread, "card", SIGN) for thread in THREADS),
    *((edge, ground, SIGN) for edge in ("edge", "rim") for ground in ("page", "card")),
)


@dataclass(frozen=True)
class Pair:
    """Something on a ground, and their contrast."""

    over: str
    ground: str
    contrast: str
    enough: bool


def luminance(colour: str) -> float:
    """How light a colour is, as WCAG counts."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def tokens() -> dict[str, dict[str, str]]:
    """The colours by name, in the light and in the dark."""
    light, dark = SHEET.read_text(encoding="utf-8").split(".in-dark")
    return {"light": dict(COLOUR.findall(light)), "dark": dict(COLOUR.findall(dark))}


def measured() -> dict[str, list[Pair]]:
    """Every pair in both schemes."""
    found = {}
    for scheme, colours in tokens().items():
        found[scheme] = [_pair(over, ground, least, colours) for over, ground, least in PAIRS]
    return found


def _pair(over: str, ground: str, least: int, colours: dict[str, str]) -> Pair:
    ratio = contrast(colours[over], colours[ground])
    return Pair(over, ground, f"{ratio:.1f}".replace(".", ","), ratio >= least)

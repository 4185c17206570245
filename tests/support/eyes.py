"""Looks at a page as everybody may meet it: small and wide, light and dark, with large or loose text, by keyboard.

    wrong = seen_by_everybody(page)     # sentences; none is good

What is looked for is in axe-core and in geometry.js, contrast.js and focus.js beside this file.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from tests.support.full import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

HERE = Path(__file__).parent
AXE = (HERE.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
GEOMETRY, CONTRAST, FOCUS = (
    (HERE / f"{name}.js").read_text(encoding="utf-8") for name in ("geometry", "contrast", "focus")
)
LEVELS = [f"wcag{version}{level}" for version in ("2", "21", "22") for level in ("a", "aa", "aaa")] + [
    "ACT",
    "EN-301-549",
    "RGAAv4",
    "TTv5",
    "best-practice",
    "experimental",
    "section508",
]
# What another width or colour can change.
CHANGING = ["color-contrast", "color-contrast-enhanced", "target-size"]

SCHEMES = ("light", "dark")
WIDTHS = (320, 390, 768, 1280)
EVERYWHERE = tuple((width, scheme) for width in WIDTHS for scheme in SCHEMES)
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
# An old phone, a desk, and that desk at 400%.
KEYBOARDS = ((320, 568), (1280, 700), (320, 256))

FOLDS = "open => { for (const fold of document.querySelectorAll('details')) fold.open = open }"
TWICE = """twice => {
  const root = document.documentElement;
  root.style.fontSize = "";
  if (twice) root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + "px";
}"""
# WCAG 1.4.12: what readers may do to the spacing of a text.
LOOSE = """loose => {
  if (!loose) return void document.adoptedStyleSheets.pop();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
}"""
# Buttons that only JavaScript shows.
HELPED = """shown => {
  for (const one of document.querySelectorAll("[data-copy], [data-share]")) one.hidden = !shown;
  speechSynthesis.getVoices = () => (shown ? [{ lang: "nl-BE", localService: true }] : []);
  for (const one of document.querySelectorAll("[data-aloud]")) one.hidden = !shown;
}"""
TO_THE_START = """() => {
  const start = document.createElement("span");
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  start.remove();
  scrollTo(0, 0);
  document.querySelector("main").scrollTop = 0;
}"""
MOST_TABS = 250


def axe(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds: every rule it has, or only some. Needs JavaScript on."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    options["runOnly"] = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": LEVELS}
    options["rules"] = {} if rules else {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:300]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def seen_by_everybody(page: Page) -> list[str]:
    """All that is wrong with a page in some window, scheme or size of text, by touch or by keyboard."""
    return list(
        dict.fromkeys((*_as_it_comes(page), *_in_every_window(page), *_in_other_text(page), *_by_keyboard(page)))
    )


def _window(page: Page, width: int, height: int, scheme: str = "light") -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]


def _as_it_comes(page: Page) -> Iterator[str]:
    """Folds closed, where there are any; then, where a button needs JavaScript, without it: by turns, all in full."""
    _window(page, 320, 740)
    if page.locator("details").count():
        yield from (f"folded: {fault}" for fault in (*axe(page), *page.evaluate(GEOMETRY)))
    if page.locator("[data-copy], [data-share], [data-aloud]").count():
        if FILE or _turn(page) % 2:
            page.evaluate(HELPED, False)
            yield from (f"without JavaScript: {fault}" for fault in page.evaluate(GEOMETRY))
        page.evaluate(HELPED, True)


def _in_every_window(page: Page) -> Iterator[str]:
    """Folds open, at every width, light and dark; where it came in, all of it was looked at already."""
    page.evaluate(FOLDS, True)
    yield from (f"unfolded: {fault}" for fault in axe(page))
    for width, scheme in _windows(page):
        _window(page, width, 740, scheme)
        if width != 768 and (width, scheme) != (320, "light"):
            yield from (f"{width} {scheme}: {fault}" for fault in axe(page, CHANGING))
        if width != 768 or scheme == "dark":
            yield from (f"{width} {scheme}: {fault}" for fault in page.evaluate(CONTRAST))
        yield from (f"{width}: {fault}" for fault in page.evaluate(GEOMETRY))


def _turn(page: Page) -> int:
    """A number that is the same for a page in every run: what is looked at in turns is shared out by it."""
    return crc32(IDS.sub("", page.url).encode())


def widths(page: Page) -> tuple[int, ...]:
    """One by turns; all of them in a full run."""
    return WIDTHS if FILE else (WIDTHS[_turn(page) % len(WIDTHS)],)


def _windows(page: Page) -> tuple[tuple[int, str], ...]:
    """One by turns; all of them in a full run. In other text every page is looked at in the smallest too."""
    return EVERYWHERE if FILE else (EVERYWHERE[_turn(page) % len(EVERYWHERE)],)


def _in_other_text(page: Page) -> Iterator[str]:
    """At 320 px: loosely spaced, and twice as large."""
    _window(page, 320, 740)
    page.evaluate(LOOSE, True)
    yield from (f"loose text: {fault}" for fault in page.evaluate(GEOMETRY))
    page.evaluate(LOOSE, False)
    page.evaluate(TWICE, True)
    yield from (f"200% text: {fault}" for fault in page.evaluate(GEOMETRY))
    page.evaluate(TWICE, False)


def _by_keyboard(page: Page) -> Iterator[str]:
    """Tab through all of it: each thing once, in the order it stands there, its ring whole and in view."""
    for width, height in KEYBOARDS if FILE else (KEYBOARDS[_turn(page) % 3],):
        _window(page, width, height)
        page.evaluate(TO_THE_START)
        stops = list(_stops(page))
        where = f"keyboard {width} by {height}"
        yield from (f"{where}: {fault}" for stop in stops for fault in stop["faults"])
        if [stop["index"] for stop in stops] != sorted({stop["index"] for stop in stops}):
            yield f"{where}: the focus jumps: {[stop['at'] for stop in stops]}"
        if width == 320:
            yield from (
                f"{where}: the focus goes up: {one['at']} to {other['at']}"
                for one, other in pairwise(stops)
                if one["main"] and other["main"] and other["box"]["bottom"] <= one["box"]["top"] + 1
            )


def _stops(page: Page) -> Iterator[dict[str, Any]]:
    """Where Tab comes, until it leaves the page or is back at the start."""
    indices = [-1]
    for _tab in range(MOST_TABS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        # A date has stops of the browser's own within it.
        if stop["index"] == indices[-1] != -1:
            continue
        if stop["index"] in (-1, *indices[1:2]):
            return
        indices.append(stop["index"])
        yield stop
    yield {"index": -1, "at": "", "main": False, "faults": [f"no end after {MOST_TABS} tabs"]}

"""A visit in the making: every line as it was typed, carried from page to page in the form itself. Nothing is stored.

The line at hand has fields under their own names; the others travel as hidden fields with their number before the name.
So nothing is lost by going back, by a mistake, by two tabs, or by a session that ended: what was typed is in the form.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from app.proposals.rules import MOST_LINES

NAMES = (
    "act", "about", "target", "goal", "seen", "what", "who", "who_else", "sort", "day", "other_day", "at", "weekdays",
    "every", "start", "until", "first", "last", "condition", "why", "asked_by",
)  # fmt: skip
WRITTEN = ("what", "who", "who_else", "day", "other_day", "weekdays", "first", "last", "condition", "why", "asked_by")
CHOSEN = ("act", "about", "target", "goal", "seen")
ELSEWHERE = re.compile(r"line(\d{1,2})-([a-z_]{1,12})")
VISIT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Of one field no more than a person chooses.
MOST_VALUES = 60

Line = MultiDict[str, str]


class Asked(NamedTuple):
    """What a button of the form asks, and of which line."""

    what: str
    line: int


@dataclass(frozen=True)
class Draft:
    """The lines of a visit, in order, and which of them is at hand; `visit` is the same on all its pages."""

    lines: list[Line] = field(default_factory=lambda: [MultiDict()])
    at: int = 0
    visit: str = ""

    @property
    def here(self) -> Line:
        """The line at hand."""
        return self.lines[self.at]

    @property
    def others(self) -> list[tuple[int, Line]]:
        """The other lines, with their place."""
        return [(place, line) for place, line in enumerate(self.lines) if place != self.at]

    @property
    def is_full(self) -> bool:
        """Whether no line fits any more."""
        return len(self.lines) >= MOST_LINES

    def here_without(self, *shown: str) -> list[tuple[str, str]]:
        """The fields of the line at hand that a page does not show, to carry along."""
        return [pair for pair in self.here.items(multi=True) if pair[1] and pair[0] not in shown]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The fields that carry along all but the line at hand."""
        return [("visit", self.visit), ("at_line", str(self.at)), *_hidden(self.others)]

    @property
    def all_hidden(self) -> list[tuple[str, str]]:
        """The fields that carry along every line."""
        return [("visit", self.visit), ("at_line", "none"), *_hidden(list(enumerate(self.lines)))]

    @property
    def key(self) -> str:
        """The same for the same lines of the same visit, from whichever page they are sent."""
        told = [sorted((name, text) for name, text in line.items(multi=True) if text) for line in self.lines]
        return f"{self.visit}/{hashlib.sha256(repr(told).encode('utf-8', 'replace')).hexdigest()}"

    def with_more(self) -> Draft:
        """An empty line at the end, at hand."""
        return replace(self, lines=[*self.lines, MultiDict()], at=len(self.lines))

    def with_at(self, place: int) -> Draft:
        """Another line at hand; an empty one is left behind."""
        if not 0 <= place < len(self.lines):
            return self
        kept = [line for number, line in enumerate(self.lines) if number == place or not is_empty(line)]
        return replace(self, lines=kept, at=next(n for n, line in enumerate(kept) if line is self.lines[place]))

    def unchosen(self) -> Draft:
        """What the line at hand is about stands open again; what was written in it stays."""
        kept = MultiDict(pair for pair in self.here.items(multi=True) if pair[0] not in CHOSEN)
        return replace(self, lines=[*self.lines[: self.at], kept, *self.lines[self.at + 1 :]])

    def without(self, place: int) -> Draft:
        """The same without one line."""
        kept = [line for number, line in enumerate(self.lines) if number != place]
        return replace(self, lines=kept, at=max(0, min(self.at, len(kept) - 1)))

    def without_empty(self) -> Draft:
        """The same without lines in which nobody wrote anything; when all are empty, the one at hand stays."""
        kept = [line for line in self.lines if not is_empty(line)] or [self.here]
        return replace(self, lines=kept, at=len(kept) - 1)


def is_empty(line: Line) -> bool:
    """Whether nobody wrote or chose anything in a line; what stops or changes is chosen."""
    return not line.get("target") and not is_written(line)


def is_written(line: Line) -> bool:
    """Whether somebody wrote anything in a line."""
    return any(text.strip() for name in WRITTEN for text in line.getlist(name))


def draft_in(sent: MultiDict[str, str]) -> Draft:
    """The visit that a form carries; numbers that are not there and more lines than fit are left out."""
    found: dict[int, Line] = {}
    for name, text in sent.items(multi=True):
        match = ELSEWHERE.fullmatch(name)
        if match is not None and match[2] in NAMES and int(match[1]) < MOST_LINES:
            _keep(found.setdefault(int(match[1]), MultiDict()), match[2], text)
    lines, place = [found[number] for number in sorted(found)], sent.get("at_line", "0")
    if place == "none" and lines:
        return Draft(lines, 0, _visit(sent))
    here: Line = MultiDict()
    for name in NAMES:
        for text in sent.getlist(name):
            _keep(here, name, text)
    at = min(int(place), len(lines)) if place.isdecimal() and len(place) < 3 else len(lines)
    return Draft([*lines[:at], here, *lines[at:]][:MOST_LINES], min(at, MOST_LINES - 1), _visit(sent))


def asked_in(sent: MultiDict[str, str]) -> Asked:
    """Which button was pressed: "send", or "edit" and the place of a line."""
    for name in ("edit", "drop"):
        if name in sent:
            text = sent[name]
            return Asked(name, int(text) if text.isdecimal() and len(text) < 3 else MOST_LINES)
    return Asked(sent.get("do", ""), 0)


def _keep(line: Line, name: str, text: str) -> None:
    if len(line.getlist(name)) < MOST_VALUES:
        line.add(name, text)


def _hidden(lines: list[tuple[int, Line]]) -> list[tuple[str, str]]:
    return [(f"line{place}-{name}", text) for place, line in lines for name, text in line.items(multi=True) if text]


def _visit(sent: MultiDict[str, str]) -> str:
    given = sent.get("visit", "")
    return given if VISIT.fullmatch(given) else ""

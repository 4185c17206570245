"""Tells our words on a page from those of the family: each word that comes out of gettext gets a mark nobody sees.

marked_words    every page says its own words with `MARK` behind each
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from app import translations
from tests.support.messages import VALUE

# "Invisible separator": it takes no room and breaks no line.
MARK = "\u2063"
OURS = re.compile(rf"({VALUE.pattern})|([\w'’]+(?:-[\w'’]+)*)")


def marked(message: str) -> str:
    """The message with a mark behind each word; where a value comes, none."""
    return OURS.sub(lambda match: match[1] or match[2] + MARK, message)


class Marked:
    """Translations that change nothing but the marks."""

    def ugettext(self, text: str) -> str:
        """One message."""
        return marked(text)

    def ungettext(self, one: str, more: str, number: int) -> str:
        """A message for one or for more."""
        return marked(one if number == 1 else more)

    gettext, ngettext = ugettext, ungettext


@pytest.fixture
def marked_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Our words carry a mark, on every page of this test; what was looked up before is looked up anew."""
    monkeypatch.setattr("flask_babel.Domain.get_translations", lambda _domain: Marked())
    _forget_texts()
    yield
    _forget_texts()


def _forget_texts() -> None:
    for looked_up in (translations._said, translations._said_in_markup, translations._one_or_more):
        looked_up.cache_clear()


def plain(text: str) -> str:
    """The text as people read it."""
    return text.replace(MARK, "")


def sentences_of(text: str) -> list[str]:
    """What the page says in our words, a sentence each; what the family wrote reads as one name in it."""
    found = []
    for line in text.splitlines():
        if MARK in line:
            named = re.sub(rf"(?<![\w{MARK}'’-])(?:[\w'’-]+(?![\w{MARK}'’-])[ ,]*)+", _short, line)
            found += [part for part in re.split(r"(?<=[.?!])\s+", plain(named)) if re.search(r"\w", part)]
    return found


def _short(words: re.Match[str]) -> str:
    return words[0] if words[0].strip().isdigit() else "Sara "

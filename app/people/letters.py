"""A name as it is drawn and listed: where it wraps, what its initials are, where it stands in the alphabet. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations, pairwise

from app.people.widths import width

MOST_LINES = 3
# In times the size of the letters.
WIDEST_TWO = 1.78
# "Jean-Pierre" may wrap after its hyphen.
_PIECES = re.compile(r"\s*(?:[^\s-]+-*|-+)")
# A name of more than this is a story, which no picture holds.
MOST_PIECES = 12
_NUMBER = re.compile(r"(\d+)")
# Where their alphabets put letters that Unicode puts elsewhere.
_PLACES = {"є": "еӿ", "і": "иӿ", "ї": "иӿӿ", "ґ": "гӿ"}


def wrapped(name: str, size: float, wide: float, widest: float) -> tuple[str, ...]:
    """The name over as few lines as it needs: one while it is no wider than `wide`, else two, at most three.

    A word is never broken, so one long word may be wider than `widest`.
    """
    pieces = _PIECES.findall(name)
    best: tuple[str, ...] = (name.strip(),)
    for lines in range(2, min(MOST_LINES, len(pieces)) + 1 if len(pieces) <= MOST_PIECES else 0):
        if width_of(best, size) <= (wide if lines == 2 else widest):
            break
        best = min(best, *_ways(pieces, lines), key=lambda way: width_of(way, size))
    return best


def _ways(pieces: list[str], lines: int) -> Iterator[tuple[str, ...]]:
    """Every way to write them over that many lines."""
    for breaks in combinations(range(1, len(pieces)), lines - 1):
        ends = (0, *breaks, len(pieces))
        yield tuple("".join(pieces[start:end]).strip() for start, end in pairwise(ends))


def width_of(lines: tuple[str, ...], size: float) -> float:
    """How wide the widest line is."""
    return max(width(line, size) for line in lines)


def initials(name: str) -> str:
    """What stands in a face: the first letter of the first and of the last word that begin with one ("Jef 2" is J).

    Letters that join in writing would make a word of two, and two wide ones have no room: there it is one.
    """
    words = [word.lstrip("\"'(«“‘„") for word in name.split()]
    firsts = [word[0] for word in words if word and word[0].isalpha()]
    if not firsts:
        return next((sign for sign in name if sign.isalnum()), "?").upper()
    two = "".join(first.upper()[0] for first in (firsts[0], *firsts[1:][-1:]))
    cased = all(first.upper() != first.lower() for first in firsts)
    return two if cased and width(two, 1) <= WIDEST_TWO else two[0]


def in_order(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Where a name stands in a list: without capitals and marks, numbers as numbers."""
    folded = "".join(_PLACES.get(letter, letter) for letter in unicodedata.normalize("NFC", name.casefold()))
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter))
    parts = (part for part in _NUMBER.split("".join(sign for sign in bare if sign.isalnum() or sign == " ")) if part)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.strip()) for part in parts], name

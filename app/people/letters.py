"""How wide letters are, where a name wraps, what its initials are, and where it stands in the alphabet. Pure.

The server draws names in a picture, so it must know how wide they will be: no browser is there to ask. The widths are
those of our own bold text font; a letter it does not have counts as wide as such letters get in any font.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# In thousandths of the size of the text. A test holds them against the font files.
_OF_WIDTH = {
    210: "'", 259: "j", 271: ",", 272: ".:;", 300: "i", 303: "!", 312: " \u00a0", 318: "l", 335: "()", 340: "[",
    344: "]", 365: "f", 373: "-", 376: "rt", 390: '"', 424: "I", 440: "/", 501: "–", 505: "z", 508: "s", 510: "c",
    521: "y", 530: "v", 539: "x", 547: "?", 552: "La", 555: "k", 561: "J", 563: "e", 566: "F", 567: "0123456789u",
    571: "hn", 576: "oø", 593: "g", 595: "+", 596: "bdpđ", 597: "E", 599: "q", 607: "T", 610: "S", 618: "Z",
    621: "ß", 629: "P", 643: "B", 644: "V", 650: "RY", 658: "C", 663: "K", 678: "A", 686: "U", 688: "D", 701: "H",
    717: "N", 718: "G", 725: "&", 740: "w", 746: "OØ", 756: "Q", 858: "M", 882: "m", 886: "W", 936: "œ", 966: "Æ",
    269: "’", 348: "ł", 1024: "Œ",
}  # fmt: skip
WIDTHS = {letter: width for width, letters in _OF_WIDTH.items() for letter in letters}
OTHER, OTHER_CAPITAL, WIDEST = 720, 900, 1080
_WIDE = set("жмшщюыфдЖМШЩЮЫФДسشصضطظ")

MOST_LINES = 3
# "Jean-Pierre" may wrap after its hyphen.
_PIECES = re.compile(r"[^\s-]+-*|-+")
_NUMBER = re.compile(r"(\d+)")
# Where their alphabets put letters that Unicode puts elsewhere.
_PLACES = {"є": "е\U0010fffd", "і": "и\U0010fffd", "ї": "и\U0010fffe", "ґ": "г\U0010fffd"}


def _plain(letter: str) -> str:
    """The letter without its marks, which take no room: "é" is as wide as "e"."""
    return letter if letter in WIDTHS else unicodedata.normalize("NFD", letter)[0]


def _width(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    known = WIDTHS.get(_plain(letter))
    if known is not None:
        return known
    if letter in _WIDE or unicodedata.east_asian_width(letter) in "WF" or not letter.isalpha():
        return WIDEST
    return OTHER_CAPITAL if letter.isupper() else OTHER


def width(text: str, size: float) -> float:
    """How wide a text is at most, in bold."""
    return sum(map(_width, text)) * size / 1000


def is_known(text: str) -> bool:
    """Whether our own font has every letter, so that the width is exact."""
    return all(unicodedata.combining(letter) or _plain(letter) in WIDTHS for letter in text)


def wrapped(name: str, size: float, wide: float, widest: float) -> tuple[str, ...]:
    """The name over as few lines as it needs: one while it is no wider than `wide`, else two, at most three.

    A word is never broken, so one long word may be wider than `widest`.
    """
    pieces = [(piece, " " if space else "") for piece, space in _pieces(name)]
    whole = _joined(pieces)
    best = (whole,)
    for lines in range(2, min(MOST_LINES, len(pieces)) + 1):
        if width_of(best, size) <= (wide if lines == 2 else widest):
            break
        found = min(_ways(pieces, lines), key=lambda way: width_of(way, size))
        best = found if width_of(found, size) < width_of(best, size) else best
    return best


def width_of(lines: tuple[str, ...], size: float) -> float:
    """How wide the widest line is."""
    return max(width(line, size) for line in lines)


def _pieces(name: str) -> Iterator[tuple[str, bool]]:
    """What may stand on a line of its own, and whether a space comes before it."""
    end = 0
    for found in _PIECES.finditer(name):
        yield found.group(), found.start() > end
        end = found.end()


def _joined(pieces: list[tuple[str, str]]) -> str:
    return "".join(space + piece for piece, space in pieces).strip()


def _ways(pieces: list[tuple[str, str]], lines: int) -> Iterator[tuple[str, ...]]:
    """Every way to write them over that many lines."""
    if lines == 1:
        yield (_joined(pieces),)
        return
    for first in range(1, len(pieces) - lines + 2):
        for rest in _ways(pieces[first:], lines - 1):
            yield (_joined(pieces[:first]), *rest)


def initials(name: str) -> str:
    """What stands in a face: the first letter of the first and of the last word that begin with one ("Jef 2" is J).

    Letters that join in writing would make a word of two, so there it is one.
    """
    words = [word.lstrip("\"'(«“‘„") for word in name.split()]
    firsts = [word[0] for word in words if word and word[0].isalpha()]
    if not firsts:
        return next((sign for sign in name if sign.isalnum()), "?").upper()
    cased = all(first.upper() != first.lower() for first in firsts)
    return "".join(first.upper()[0] for first in (firsts[0], *firsts[1:][-1:])) if cased else firsts[0].upper()


def in_order(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Where a name stands in a list: without capitals and marks, numbers as numbers."""
    folded = "".join(_PLACES.get(letter, letter) for letter in unicodedata.normalize("NFC", name.casefold()))
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter))
    parts = (part for part in _NUMBER.split("".join(sign for sign in bare if sign.isalnum() or sign == " ")) if part)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.strip()) for part in parts], name

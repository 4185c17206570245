"""How a word finds a picture: folded, in plural or small, half typed or mistyped; the likeliest first. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache

from app.words.table import set_of

# Signs behind which a word of a line begins.
APART = "\t ,'’/("
BEHIND = f"{APART}\n-)"
# How far a word is that stands there whole (`lines_with`).
WHOLE = frozenset({0, 1, 2, 5})
SHORTEST = 2
MOST_WORDS = 6
LONGEST_WORD = 30
# Below this a word that is almost another is another word.
SHORTEST_MISTYPED = 4
ALIKE = 0.75
# What Dutch sets before a noun, and others: they tell no picture.
EMPTY = set_of(
    "de het een mijn ons onze naar met van in op aan bij en ik wij je jij te voor ben is zijn dat wil gaan "
    "the a an my to of with le la les un une des mon ma mes du et der die das ein eine el los las una mi il lo gli"
)
_STEMS = (
    ("eeën", "ee"), ("ieën", "ie"), ("etje", ""), ("pje", ""), ("tjes", ""), ("tje", ""), ("jes", ""), ("je", ""),
    ("eren", ""), ("en", ""), ("s", ""), ("e", ""), ("t", ""),
)  # fmt: skip
_SHORT = re.compile(r"(?<=[^aeiou])([aeou])([^aeiouwxy])$")
_TWICE = re.compile(r"([bcdfgklmnprst])\1$")
_SOFT = {"v": "f", "z": "s"}


def folded(text: str) -> str:
    """The text without capitals and marks on letters, so that "Één" is "een" and "öğretmen" is "ogretmen"."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i").replace("ß", "ss"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def words_in(text: str) -> list[str]:
    """The words somebody looks for, folded; those that tell nothing only when there are no others."""
    found = [word[:LONGEST_WORD] for word in re.split(r"[\W_]+", folded(text)) if word][:MOST_WORDS]
    telling = [word for word in found if word not in EMPTY]
    return telling or found


@lru_cache(maxsize=2048)
def forms(word: str) -> tuple[str, ...]:
    """A word and what it may be a form of: "huisjes" of "huis", "bomen" of "boom", "katten" of "kat"."""
    found = [word]
    for ending, instead in _STEMS:
        stem = word.removesuffix(ending) + instead
        if stem != word and word.endswith(ending) and len(stem) > SHORTEST:
            found += [stem, *_spelled_anew(stem)]
    return tuple(dict.fromkeys(found))


def _spelled_anew(stem: str) -> Iterator[str]:
    """A stem as it is written alone: its long sound with two letters, its last letter once, or hard."""
    if _TWICE.search(stem):
        yield stem[:-1]
    if _SHORT.search(stem):
        yield _SHORT.sub(r"\1\1\2", stem)
    if stem[-1] in _SOFT:
        hard = stem[:-1] + _SOFT[stem[-1]]
        yield hard
        if _SHORT.search(hard):
            yield _SHORT.sub(r"\1\1\2", hard)


def lines_with(lines: str, word: str) -> dict[str, int]:
    """The codes of the lines in which a word begins so, with how far each is from being that very word (0 is it).

    Args:
        lines: folded, each `code TAB label TAB words`, with a line break before the first and behind the last.
        word: folded.
    """
    found: dict[str, int] = {}
    for at in _places(lines, word):
        if lines[at - 1] in APART:
            begin = lines.rfind("\n", 0, at) + 1
            label = lines.find("\t", begin)
            code, far = lines[begin:label].upper(), _distance(lines, label, at, at + len(word))
            found[code] = min(found.get(code, far), far)
    return found


def lines_that_are(lines: str, words: list[str]) -> list[str]:
    """The codes of the lines that say exactly these words, as a label or as another word."""
    phrase = " ".join(words)
    if len(phrase) < SHORTEST:
        return []
    whole = (at for at in _places(lines, phrase) if lines[at + len(phrase)] in "\t\n,")
    begins = (lines.rfind("\n", 0, at) + 1 for at in whole if lines[at - 1] == "\t" or lines[at - 2 : at] == ", ")
    return [lines[begin : lines.find("\t", begin)].upper() for begin in begins]


def _places(lines: str, word: str) -> Iterator[int]:
    """Where a word stands, but not where a line begins: there stands its code."""
    at = lines.find(word)
    while at >= 0:
        if lines[at - 1] != "\n":
            yield at
        at = lines.find(word, at + 1)


@lru_cache(maxsize=4)
def vocabulary(lines: str) -> tuple[str, ...]:
    """Every word of the lines, codes apart."""
    said = (line.partition("\t")[2] for line in lines.splitlines())
    return tuple(dict.fromkeys(word for line in said for word in re.split(r"[\W_]+", line) if len(word) > SHORTEST))


def _distance(lines: str, label: int, begin: int, end: int) -> int:
    """0 the label itself; 1 one of the other words; 2 a word of the label; 3 it begins the label; 4 and on: farther."""
    in_label = lines.find("\t", label + 1, begin) < 0
    opens, closes = lines[begin - 1] in "\t,", lines[end] in "\t\n,"
    opens = opens or lines[begin - 2 : begin] == ", "
    if opens and closes:
        return 0 if in_label else 1
    if lines[end] in BEHIND:
        return 2 if in_label else 5
    return (3 if opens else 4) if in_label else 6


def found_in(lines: str, words: list[str]) -> dict[str, int]:
    """The codes that every one of these words finds, with how far they are together."""
    together: dict[str, int] = {}
    for number, word in enumerate(words):
        one = _of_forms(lines, word)
        together = one if number == 0 else {code: far + one[code] for code, far in together.items() if code in one}
    return together


def _of_forms(lines: str, word: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, form in enumerate(forms(word)):
        # Of a form only whole words count: "katten" finds "kat", and not all that begins so.
        near = {code: far + number for code, far in lines_with(lines, form).items() if number == 0 or far in WHOLE}
        found = {**near, **found} if number else near
    return found


def almost(word: str, known: Iterable[str]) -> list[str]:
    """Words that are almost this one, the nearest first, for who typed one letter too many or another."""
    if len(word) < SHORTEST_MISTYPED:
        return []
    near = [one for one in known if abs(len(one) - len(word)) <= SHORTEST and one[:1] == word[:1]]
    return get_close_matches(word, near, n=3, cutoff=ALIKE)

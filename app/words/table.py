"""The table of hard words (`terms.tsv`): of the profession, imagery and abbreviations, each with what is plain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "terms.tsv"
# The most words that one entry is made of.
LONGEST_PHRASE = 7
# Endings that make a hard word of any other ("gezinsproblematiek"): they stand in the table as words too.
HARD_ENDINGS = ("problematiek", "begeleiding", "traject", "trajecten", "dossier", "interventie", "regeling")
SHORTEST_COMPOUND = 3
LONGEST_WORD = 60


class Sort(StrEnum):
    """What makes a piece of text hard."""

    LONG = "long"
    TERM = "term"
    IMAGE = "image"
    SHORT = "short"
    PASSIVE = "passive"
    FORMAL = "formal"
    TWICE_NOT = "twice_not"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Entry:
    """A hard word: what makes it hard, and what to write in its place; empty when there is no one word for it."""

    sort: Sort
    instead: tuple[str, ...] = ()


ENDING = Entry(Sort.TERM)


def set_of(words: str) -> frozenset[str]:
    """A set of words, written as people read them."""
    return frozenset(words.split())


@cache
def entries() -> dict[str, Entry]:
    """Every form of every entry, in small letters."""
    found: dict[str, Entry] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines()[1:]:
        sort, forms, instead = line.split("\t")
        entry = Entry(Sort(sort), tuple(instead.split(" / ")))
        found |= {form.casefold(): entry for form in forms.split(", ")}
    return found


@cache
def beginnings() -> dict[str, int]:
    """The first word of every entry of several words, with how many words the longest of them has."""
    longest: dict[str, int] = {}
    for form in entries():
        first, *rest = form.split()
        if rest:
            longest[first] = max(longest.get(first, 0), 1 + len(rest))
    return longest


@cache
def stopped() -> frozenset[str]:
    """The abbreviations that end in a stop."""
    return frozenset(form for form in entries() if form.endswith("."))


def entry_of(word: str) -> Entry | None:
    """What the table says of one word, in small letters; a long word may end in a hard one."""
    known = entries().get(word)
    if known is not None or len(word) > LONGEST_WORD:
        return known
    ends = next((ending for ending in HARD_ENDINGS if word.endswith(ending)), "")
    return ENDING if ends and len(word) >= len(ends) + SHORTEST_COMPOUND else None

"""Takes Dutch text apart: sentences, words and syllables, and how plain it reads.

Every pattern here looks at each sign at most a fixed number of times, so that no text can hold up the server; longer
texts than `MOST` signs are read up to there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.words import table

MOST = 4000
# Source: design page `words`. As plain as parents speak, and from which length of text the figure means something.
PLAIN, MEASURED_FROM = 85, 20
HARD = 70

PIECE = re.compile(r"\S+")
WORD = re.compile(r"[^\W_]")
END = re.compile(r"[.!?…](?=[\s\"'”’)]|$)|\n")
SYLLABLE = re.compile(
    r"aai|oei|ooi|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ou|au|[aeiouyáàâäéèêëíìîïóòôöúùûü]", re.IGNORECASE
)
AROUND = "\"'“”‘’„()[]{}<>.,;:!?…–—-/*_"
# An abbreviation's stop ends no sentence, except where it mostly does.
ENDS_ANYWAY = frozenset({"enz.", "etc.", "e.d."})
QUOTES = "\"'“”‘’„(),;:!?"


class Level(StrEnum):
    """How a text reads: as people speak, less plainly, or hard."""

    PLAIN = "plain"
    LESS = "less"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as it stands in the text without the signs around it, and from where to where."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """In small letters."""
        return self.text.casefold()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and its words."""

    start: int
    end: int
    words: tuple[Word, ...]


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text, with their words; those without any are left out."""
    read = text[:MOST]
    found = (_sentence(read, start, end) for start, end in _parts(read))
    return [one for one in found if one.words]


def ease(text: str) -> int | None:
    """The Flesch-Douma figure of running text, higher is plainer; None when it is too short to measure.

    Source: Douma (1960): 206.84 - 0.93 x words per sentence - 77 x syllables per word.
    """
    said = sentences(text)
    words = [word for sentence in said for word in sentence.words]
    if len(words) < MEASURED_FROM:
        return None
    return round(206.84 - 0.93 * len(words) / len(said) - 77 * sum(map(syllables, words)) / len(words))


def level(figure: int) -> Level:
    """What the figure means."""
    if figure >= PLAIN:
        return Level.PLAIN
    return Level.LESS if figure >= HARD else Level.HARD


def syllables(word: Word) -> int:
    """How many syllables a Dutch word has, by its vowels."""
    return len(SYLLABLE.findall(word.text)) or 1


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """From where to where each sentence runs."""
    start = 0
    for match in END.finditer(text):
        if match[0] == "." and _is_stopped(_last_piece(text, match.end())):
            continue
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _last_piece(text: str, end: int) -> str:
    """What stands before this place up to a space; no more than the longest word that could matter."""
    return text[max(0, end - 8) : end].rpartition(" ")[2].casefold()


def _is_stopped(piece: str) -> bool:
    return piece in table.stopped() and piece not in ENDS_ANYWAY


def _sentence(text: str, start: int, end: int) -> Sentence:
    words = (_word(match[0], match.start()) for match in PIECE.finditer(text, start, end))
    return Sentence(start, end, tuple(word for word in words if WORD.search(word.text)))


def _word(piece: str, at: int) -> Word:
    """A piece between spaces without the signs around it; the stops of an abbreviation stay."""
    with_stop = piece.strip(QUOTES)
    bare = with_stop if with_stop.casefold() in table.stopped() else piece.strip(AROUND)
    start = at + piece.find(bare)
    return Word(bare, start, start + len(bare))

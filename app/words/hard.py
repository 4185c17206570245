"""Finds what is hard to read in Dutch text, by the rules of the design page `words`, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.words import table
from app.words.people import Own, names_for
from app.words.reading import Level, Sentence, Word, ease, level, sentences
from app.words.table import Sort, set_of

LONGEST_SENTENCE = 12
# Beside a field stands no longer list than this.
MOST_FOUND = 40
# A helper verb and its participle stand no further apart.
REACH = 8

HELPERS = frozenset({"wordt", "worden", "word", "werd", "werden"})
SEPARABLE = "op aan na voor af uit in mee toe door over om weg terug samen bij binnen vast bekend klaar goed"
GE = re.compile(rf"(?:{SEPARABLE.replace(' ', '|')})?ge\w{{2,30}}[dtn]")
INSEPARABLE = re.compile(r"(?:her|be|ver|ont|er)\w{2,30}[dtn]")
# They only look like participles.
NO_PARTICIPLES = set_of(
    "geen gezin gewoon geleden gelden gedragen gezond gezonden geduld geld geluid gebied gedicht gehakt"
    " gelegenheid gemeenten genoeg gerecht gewicht gevecht gezicht gezichten gebeurt gebeuren gesprekken getuigen"
    " gevoelens gewoonten gezinnen geweten geluiden ben begin begrip beneden bekend bewust bepaald bezoeken"
    " besluit bericht berichten bestand beleid begint beginnen best bent verdriet verstand verwant verschillend"
    " verschillende verliefd verslaafd verantwoord vertrouwen vergeten verjaardagen verkeerd ervaren ernst ontbijt"
    " ontbijten herfst heren herinneringen bed belangen bewegen"
)
NEGATIONS = set_of("niet geen nooit niemand niets nergens zonder noch")
UN = set_of(
    "onmogelijk onbelangrijk onverstandig onredelijk onlogisch ongewoon onbekend onterecht onaardig onveilig onnodig"
    " ongezond onduidelijk ongelukkig oneens onwaarschijnlijk onbegrijpelijk oninteressant"
)
# A clause begins anew: what it denies is denied once.
JOINTS = set_of("en of maar want dus als omdat dat die wie wat waar toen zodat terwijl")
FORMAL = {
    "u": ("jullie", "jij"), "uw": ("jullie", "jouw"), "uzelf": ("jezelf",), "uwe": ("die van jullie",),
    "uws": ("jullie",),
}  # fmt: skip
CAPITALS = re.compile(r"[A-Z]{2,6}(?:'s)?")
# Written in capitals and said so by everybody.
SAID_SO = set_of("OCMW VDAB TV WC CD DVD SMS PC USB OK NMBS CM BBQ")


@dataclass(frozen=True, slots=True)
class Found:
    """One hard piece: what makes it so, the piece itself, from where to where, and what to write instead.

    `words` is how many words it has, for a sentence that is too long.
    """

    sort: Sort
    text: str
    start: int
    end: int
    instead: tuple[str, ...] = ()
    words: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a text, and how it reads: a figure, None for a text that is too short to measure."""

    found: tuple[Found, ...]
    figure: int | None

    @property
    def level(self) -> Level | None:
        """What the figure means."""
        return None if self.figure is None else level(self.figure)


def check(text: str, people: Sequence[Own] = ()) -> Checked:
    """What is hard to read in a text of Dutch.

    Args:
        text: what somebody writes; no more than `reading.MOST` signs of it are read.
        people: those whom the writer sees, to offer the names that the family uses.
    """
    said = sentences(text)
    found = (one for sentence in said for one in _in_sentence(text, sentence, said, people))
    return Checked(tuple(islice(found, MOST_FOUND)), ease(text))


def _in_sentence(text: str, sentence: Sentence, said: list[Sentence], people: Sequence[Own]) -> Iterator[Found]:
    words = sentence.words
    if len(words) > LONGEST_SENTENCE:
        yield _found(text, Sort.LONG, words[0], words[-1], words=len(words))
    yield from _one_by_one(text, words, people, shouted=_is_shouted(said))
    yield from _passive(text, words)
    yield from _twice_not(text, words)


def _one_by_one(text: str, words: Sequence[Word], people: Sequence[Own], *, shouted: bool) -> Iterator[Found]:
    """What a word, or some words in a row, say."""
    at = 0
    while at < len(words):
        many, names = names_for(words, at, people)
        if many:
            yield _found(text, Sort.NAME, words[at], words[at + many - 1], names)
            at += many
            continue
        many, entry = _of_the_table(words, at)
        if entry is not None:
            yield _found(text, entry.sort, words[at], words[at + many - 1], entry.instead)
        elif words[at].low in FORMAL and not _is_an_hour(text, words[at]):
            yield _found(text, Sort.FORMAL, words[at], words[at], FORMAL[words[at].low])
        elif not shouted and CAPITALS.fullmatch(words[at].text) and words[at].text not in SAID_SO:
            yield _found(text, Sort.SHORT, words[at], words[at])
        at += many


def _of_the_table(words: Sequence[Word], at: int) -> tuple[int, table.Entry | None]:
    """The longest entry that begins at this word, and how many words it has."""
    low = words[at].low
    for many in range(table.beginnings().get(low, 1), 1, -1):
        entry = table.entries().get(" ".join(word.low for word in words[at : at + many]))
        if entry is not None:
            return min(many, len(words) - at), entry
    return 1, table.entry_of(low)


def _passive(text: str, words: Sequence[Word]) -> Iterator[Found]:
    """Wordt ge...: nobody is said to do it."""
    for at, word in enumerate(words):
        if word.low not in HELPERS:
            continue
        near = (*range(at + 1, min(at + 1 + REACH, len(words))), *range(at - 1, max(at - 3, -1), -1))
        done = next((other for other in near if _is_participle(words[other].low)), None)
        if done is not None:
            first, last = sorted((at, done))
            yield _found(text, Sort.PASSIVE, words[first], words[last])


def _is_participle(word: str) -> bool:
    looks_so = GE.fullmatch(word) or INSEPARABLE.fullmatch(word)
    return looks_so is not None and word not in NO_PARTICIPLES


def _twice_not(text: str, words: Sequence[Word]) -> Iterator[Found]:
    """Two denials in one clause."""
    before: Word | None = None
    for word in words:
        if word.low in JOINTS:
            before = None
        elif before is not None and (word.low in NEGATIONS or word.low in UN):
            yield _found(text, Sort.TWICE_NOT, before, word)
            before = None
        elif word.low in NEGATIONS:
            before = word
        if text[word.end : word.end + 1] in {",", ";", ":"}:
            before = None


def _is_an_hour(text: str, word: Word) -> bool:
    """15.30 u."""
    before = text[max(0, word.start - 2) : word.start].rstrip()
    return word.low == "u" and before[-1:].isdigit()


def _is_shouted(said: list[Sentence]) -> bool:
    """Whether somebody writes everything in capitals."""
    words = [word.text for sentence in said for word in sentence.words]
    return len(words) > 2 and sum(word.isupper() for word in words) * 2 > len(words)


def _found(text: str, sort: Sort, first: Word, last: Word, instead: tuple[str, ...] = (), words: int = 0) -> Found:
    start, end = first.start, last.end
    piece = text[start:end]
    return Found(sort, piece, start, end, tuple(_as_begun(piece, one) for one in instead), words)


def _as_begun(piece: str, word: str) -> str:
    """With a capital where the hard word began with one."""
    return word[:1].upper() + word[1:] if piece[:1].isupper() and not piece.isupper() else word

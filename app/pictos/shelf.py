"""Where the drawings and their words lie, and what is asked of them. Read from files of the product when first asked.

The packs and the words of other languages are vendored (`static/vendor.toml`); the board and its Dutch words are ours
(`board.tsv`): a child's word in place of a dictionary's, and more words that people here say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from app.pictos.nouns import Group, Picto, Style
from app.pictos.rules import almost, folded, found_in, lines_that_are, vocabulary, words_in

BOARD = Path(__file__).parent / "board.tsv"
PACKS = Path(__file__).parent.parent.parent / "static" / "picto"
OURS = "nl"
# Those most spoken here come first: what a word means in one of them counts before what it means in the next.
LANGUAGES = (
    "nl", "fr", "en", "tr", "ar", "de", "es", "pt", "it",
    "pl", "ro", "bg", "ru", "uk", "sq", "so", "ti", "fa", "ps", "ur",
)  # fmt: skip
# Drawn in black: on a screen each keeps a bit of white paper under it, in the dark too.
GROUND = b'><rect width="72" height="72" rx="14" fill="#fff"/>'
MOST_FOUND = 48
# When the nearest is no nearer than this (`rules.lines_with`), we look farther.
FAR = 3


# ---- the drawings ----------------------------------------------------------------------------------------------------


@cache
def _pack(style: Style) -> Mapping[str, bytes]:
    lines = (PACKS / f"{style}.tsv").read_bytes().splitlines()
    drawn = {code.decode(): svg for code, _tab, svg in (line.partition(b"\t") for line in lines)}
    return drawn if style is Style.LINE else {code: svg.replace(b">", GROUND, 1) for code, svg in drawn.items()}


def drawing(code: str, style: Style = Style.COLOUR) -> bytes | None:
    """The drawing, an SVG; None when there is no such pictogram."""
    return _pack(style).get(code)


def is_known(code: str) -> bool:
    """Whether there is such a pictogram."""
    return code in _pack(Style.COLOUR)


def codes() -> Iterable[str]:
    """All of them, those of the board first."""
    return _pack(Style.COLOUR).keys()


# ---- the board -------------------------------------------------------------------------------------------------------


@cache
def _own() -> Mapping[str, tuple[str, str, str]]:
    """Of what we say ourselves: the group (empty: not on the board), the label and more words, by code."""
    rows = (line.split("\t") for line in BOARD.read_text(encoding="utf-8").splitlines())
    return {code: (group, label, words) for code, group, label, words in rows}


@cache
def _groups() -> Mapping[str, Group]:
    return {code: Group(group) for code, (group, _label, _words) in _own().items() if group}


def board(language: str = OURS) -> Mapping[Group, tuple[Picto, ...]]:
    """The first board: some two hundred pictures in ten groups, with their words in a language."""
    return _board(known(language))


@cache
def _board(language: str) -> Mapping[Group, tuple[Picto, ...]]:
    every = [picto(code, language) for code in _groups()]
    return {group: tuple(one for one in every if one.group is group) for group in Group}


# ---- their words -----------------------------------------------------------------------------------------------------


def known(language: str) -> str:
    """The language of the words for a reader's ("nl_BE", "fr-BE"): theirs when we have it, else Dutch."""
    code = language.replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else OURS


@cache
def _said(language: str) -> Mapping[str, tuple[str, str]]:
    """The label and other words of one language, by code, as CLDR has them."""
    text = (PACKS / "labels" / f"{language}.tsv").read_text(encoding="utf-8")
    return {code: (label, words) for code, label, words in (line.split("\t") for line in text.splitlines())}


@cache
def _labels(language: str) -> Mapping[str, str]:
    ours = {code: label for code, (_group, label, _words) in _own().items()}
    said = {code: label for code, (label, _words) in _said(language).items()}
    return {**said, **ours} if language == OURS else {**_labels(OURS), **said}


def label(code: str, language: str = OURS) -> str:
    """The word for a pictogram, in a language or else in Dutch; empty when there is no such pictogram."""
    return _labels(known(language)).get(code, "") if is_known(code) else ""


def picto(code: str, language: str = OURS) -> Picto:
    """A pictogram with its word."""
    return Picto(code, label(code, language), _groups().get(code))


@cache
def _lines(language: str) -> str:
    """All words of a language as the rules look through them."""
    said, own = _said(language), _own() if language == OURS else {}
    lines = []
    for code in codes():
        first, more = said.get(code, ("", ""))
        if code in own:
            _group, label_, words = own[code]
            first, more = label_, f"{words}, {first}, {more}"
        lines.append(f"{code}\t{first}\t{more}\n")
    return "\n" + folded("".join(lines))


# ---- finding ---------------------------------------------------------------------------------------------------------


def find(words: str, language: str = OURS) -> list[Picto]:
    """The pictograms that words find, in the reader's language, in Dutch and in those of others; likeliest first.

    Pictures of the board come before others that are as near. Nothing for words that find nothing.
    """
    own, asked = known(language), words_in(words)
    if not asked:
        return []
    near = found_in(_lines(own), asked)
    _more(near, {} if own == OURS else found_in(_lines(OURS), asked))
    for other in LANGUAGES:
        _more(near, dict.fromkeys(lines_that_are(_lines(other), asked), 1))
    if min(near.values(), default=FAR) >= FAR:
        _farther(near, own, asked)
    order = {code: number for number, code in enumerate(codes())}
    ranked = sorted(near, key=lambda code: (near[code] - (code in _groups()), order[code]))
    return [picto(code, language) for code in ranked[:MOST_FOUND]]


def _more(near: dict[str, int], others: Mapping[str, int]) -> None:
    for code, far in others.items():
        near[code] = min(near.get(code, far), far)


def _farther(near: dict[str, int], own: str, asked: list[str]) -> None:
    """What finds something all the same: one word of many, one mistyped, or one half typed in another language."""
    for word in asked:
        meant = almost(word, vocabulary(_lines(own)))
        for number, one in enumerate([word, *meant]):
            _more(near, {code: far + number for code, far in found_in(_lines(own), [one]).items()})
    half = [word[:-1] for word in asked if len(word) > FAR]
    for other in LANGUAGES if not near else ():
        near.update(found_in(_lines(other), asked) or found_in(_lines(other), half))
        if near:
            return

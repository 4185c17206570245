"""The names a family uses, in place of "mevrouw Peeters" or "de moeder": only of people the writer sees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.words.reading import Word
from app.words.table import set_of

# More names than this to choose from help nobody.
MOST_NAMES = 3
TITLES = frozenset({"mevrouw", "meneer", "mijnheer", "mevr.", "mw.", "dhr.", "mr.", "heer", "juffrouw"})


class Part(StrEnum):
    """What somebody is in the family, when it is said."""

    PARENT = "parent"
    CHILD = "child"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody as the family says it: the name, what they are in the family, and what else they are called."""

    name: str
    part: Part = Part.OTHER
    called: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """Every word of the name and of what they are called."""
        return frozenset(" ".join((self.name, *self.called)).casefold().split())


ROLES = {
    Part.PARENT: set_of("moeder vader mama papa ouder ouders alleenstaande moeders vaders opvoeder opvoeders voogd"),
    Part.CHILD: set_of(
        "kind kinderen zoon zoontje dochter dochtertje jongere jongeren minderjarige minderjarigen jeugdige"
    ),
}
# Words of paper, and how families say them.
KIN = {
    "grootmoeder": frozenset({"oma", "moeke", "bomma", "meme", "mémé", "grootmoe", "omi"}),
    "grootvader": frozenset({"opa", "vake", "bompa", "pepe", "pépé", "nonno", "opi"}),
    "oom": frozenset({"nonkel", "oom"}),
    "tante": frozenset({"tante", "tant", "tata"}),
    "leerkracht": frozenset({"juf", "meester", "leraar"}),
    "leerkrachten": frozenset({"juf", "meester", "leraar"}),
    "buurvrouw": frozenset({"buurvrouw"}),
    "huisarts": frozenset({"dokter"}),
    "arts": frozenset({"dokter"}),
}
SPEAKING = TITLES.union(KIN, *ROLES.values())
PLURALS = set_of("ouders moeders vaders opvoeders kinderen jongeren minderjarigen leerkrachten")


def names_for(words: Sequence[Word], at: int, people: Sequence[Own]) -> tuple[int, tuple[str, ...]]:
    """How many words from this one on speak of somebody of the family, and the names to use; 0 when none do."""
    word = words[at].low
    if word not in SPEAKING or any(_says(words, at, one.name) for one in people):
        return 0, ()
    follows = words[at + 1] if at + 1 < len(words) else None
    if word in TITLES and follows is not None and follows.text[:1].isupper():
        found = _few(one.name for one in people if follows.low in one.words)
        return 2, found or _few(one.name for one in people if one.part is Part.PARENT)
    found = _few(_meant(word, people))
    if word in PLURALS and len(found) > 1:
        found = (f"{', '.join(found[:-1])} en {found[-1]}",)
    return (1, found) if found else (0, ())


def _meant(word: str, people: Sequence[Own]) -> list[str]:
    """Whom a word like "moeder" may speak of; none when somebody is called so."""
    if any(word in one.name.casefold().split() for one in people):
        return []
    part = next((part for part, words in ROLES.items() if word in words), None)
    if part is not None:
        return [one.name for one in people if one.part is part]
    kin = KIN.get(word, frozenset())
    return [one.name for one in people if kin & one.words]


def _says(words: Sequence[Word], at: int, name: str) -> bool:
    """Whether the name itself stands there, at this word or around it."""
    own = name.casefold().split()
    low = [word.low for word in words[max(0, at - len(own) + 1) : at + len(own)]]
    return any(low[start : start + len(own)] == own for start in range(len(low))) if own else False


def _few(names: Iterable[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(name for name in names if name))
    return found if len(found) <= MOST_NAMES else ()

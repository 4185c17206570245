"""How the sheets of a child are laid out: which picture stands where. Pure: plain values in, plain values out.

A card is 6 by 6 centimetres and a strip has four pictures, so that what a child cuts out is as large as its hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from app.items import Photo

T = TypeVar("T")

ON_A_STRIP, STRIPS_ON_A_PAGE = 4, 2
ACROSS, DOWN = 3, 4
# What one sheet may hold: three pages to cut up, and a day of two pages.
MOST_CARDS, MOST_THINGS = 3 * ACROSS * DOWN, 2 * ON_A_STRIP * STRIPS_ON_A_PAGE


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture with its word, the same as on the screen: an own photo first, else a pictogram, else a face.

    Attributes:
        words: what stands under it; `language` is the one they were written in.
        photo: the family's own photo, and `root` the plan (or layer) whose key opens it.
        picto: a pictogram by its code.
        ring: of somebody's face, where they stand with us; 0 is no face. `letters`: whose, when the words are not.
        note: a second line: at what time, what somebody does.
        done: it is done already.
    """

    words: str
    language: str = "nl"
    photo: Photo | None = None
    root: UUID | None = None
    picto: str = ""
    ring: int = 0
    letters: str = ""
    note: str = ""
    done: bool = False

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to draw."""
        return self.photo is not None or bool(self.picto) or self.ring > 0


class Place(StrEnum):
    """A card without a picture: to draw on, or with the code of the plan."""

    EMPTY = "empty"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing on a strip; only the very first is `first`, all others come then."""

    tile: Tile
    first: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One day of a week: its one picture, what happens in words, where the child sleeps."""

    day: date
    tile: Tile
    things: tuple[Tile, ...] = ()
    sleeps: Tile | None = None


def strips(tiles: Sequence[Tile]) -> list[list[list[Row]]]:
    """Pages of strips of things, in the order of the day: to cut out, and to paste under each other."""
    rows = [Row(tile, first=number == 0) for number, tile in enumerate(tiles[:MOST_THINGS])]
    return _by(_by(rows, ON_A_STRIP), STRIPS_ON_A_PAGE)


def cards(tiles: Sequence[Tile]) -> list[list[Tile | Place]]:
    """Pages of cards to cut out, the same one once. Empty ones fill the last row, and the code stands at its end."""
    found = list(dict.fromkeys(tiles))[: MOST_CARDS - 1]
    empty = [Place.EMPTY] * (-(len(found) + 1) % ACROSS)
    all_of_them: list[Tile | Place] = [*found, *empty, Place.CODE]
    return _by(all_of_them, ACROSS * DOWN)


def is_drawn(tiles: Iterable[Tile | None]) -> bool:
    """Whether there is a pictogram among them: the sheet then names who drew it."""
    return any(tile is not None and bool(tile.picto) and tile.photo is None for tile in tiles)


def _by(all_of_them: Sequence[T], number: int) -> list[list[T]]:
    return [list(all_of_them[start : start + number]) for start in range(0, len(all_of_them), number)]

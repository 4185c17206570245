"""Which pictograms there are: the groups of the board, and those that the product itself shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """The ten parts of the first board; the value is its word in `board.tsv` and in addresses."""

    FEELINGS = "gevoelens"
    PEOPLE = "mensen"
    HOME = "thuis"
    SCHOOL = "school"
    PLAY = "spelen"
    BODY = "lichaam"
    HELP = "hulp"
    MONEY = "geld"
    WEATHER = "weer"
    DAYS = "dagen"


class Style(StrEnum):
    """How a pictogram is drawn: in colour on a screen, in lines on paper. The value is the name of its pack."""

    COLOUR = "colour"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Picto:
    """A pictogram, with the word that stands beside it; `group` is empty for one that is not on the board."""

    code: str
    label: str
    group: Group | None = None


# The six feelings a child chooses from, another one, and that it would rather not say (`children` calls them so).
FEELINGS = {
    "happy": "1F60A",
    "sad": "1F622",
    "angry": "1F620",
    "afraid": "1F628",
    "tired": "1F971",
    "calm": "1F60C",
    "other": "2795",
    "not_said": "1F910",
}

PEOPLE = "1F46A"
TODAY = "2600"
WEEK = "1F5D3"
STEPS = "1F463"
FEEL = "1F60A"
NICE = "1F44D"
NOT_NICE = "1F44E"
DREAM = "1F4AD"
WISH = "1FA84"
BOX = "1F4E6"
TRUST = "1FAC2"
AMBULANCE = "1F691"
DRAW = "1F3A8"
VOICE = "1F3A4"
FILM = "1F3AC"
PHOTO = "1F4F7"
TABLE = "1F465"
SUNRISE = "1F305"
SUN = "2600"
MOON = "1F319"

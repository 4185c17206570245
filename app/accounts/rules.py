"""What getting in allows: how numbers and words are read, how many guesses, what a browser is. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

from app.accounts.nouns import DeviceSort

DIGITS = 12
WORDS = 3
# Source of the figures: design page `bar`, "getting in is hard for others".
WINDOW = timedelta(minutes=15)
MOST = 10
# From one network address, all browsers together: a shelter, a school and all phones of a company share one.
MOST_FROM_ADDRESS = 60
# Guesses of everybody together in one window, before those who guessed wrong are slowed down further.
IN_ALL = 300
PAUSE = timedelta(minutes=1)
# Plans started from one network address: a class of begeleiders shares one, and so do all phones of a company.
MOST_STARTS = 40


class Reason(StrEnum):
    NOT_RIGHT = "not_right"


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many guesses: try again after so many whole minutes."""

    minutes: int


class Subject(StrEnum):
    """Whom guesses are counted by."""

    NUMBER = "number"
    BROWSER = "browser"
    ADDRESS = "address"
    WORD = "word"
    DEVICE = "device"
    STARTS = "starts"
    ALL = "all"


def number_of(typed: str) -> str | None:
    """The 12 digits of a card, however they were spaced, or pasted as the address in its QR; None when they are not."""
    digits = re.sub(r"[\s.\-]", "", typed.strip().rpartition("/")[2])
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None


def grouped(number: str) -> str:
    """A card's number as people read it: 3 groups of 4."""
    return " ".join(number[at : at + 4] for at in range(0, DIGITS, 4))


def words_of(typed: str) -> str:
    """Typed words in the one form that is hashed: small letters without accents, one space between."""
    bare = unicodedata.normalize("NFKD", typed)
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()
    return " ".join(re.findall(r"[a-z]+", letters))


def login_of(typed: str) -> str:
    """A name or e-mail address in the one form that is hashed: how it was spaced or capitalised does not matter."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).casefold()


def counted_by(*, known_device: bool) -> tuple[Subject, ...]:
    """By what a guess counts. A device that opened this card before has a budget of its own.

    So nobody else's guesses lock it out. Of others, ten wrong guesses stop one number and one browser; a network is
    stopped later, so that one phone's guesses do not make every other phone behind the same address wait.
    """
    return (Subject.DEVICE,) if known_device else (Subject.NUMBER, Subject.BROWSER, Subject.ADDRESS, Subject.ALL)


def why_wait(now: datetime, others: Mapping[Subject, Sequence[datetime]], in_all: int) -> Wait | None:
    """Whether a guess must wait.

    Args:
        now: this instant.
        others: by subject, the earlier wrong guesses in this window, in whatever order.
        in_all: the wrong guesses of everybody in this window.
    """
    ready = [_free_again(sorted(tries), subject) for subject, tries in others.items() if subject is not Subject.ALL]
    from_here = others.get(Subject.ADDRESS, ())
    if in_all >= IN_ALL and from_here:
        ready.append(max(from_here) + PAUSE)
    late = max((instant for instant in ready if instant is not None and instant > now), default=None)
    return None if late is None else Wait(-(-(late - now) // timedelta(minutes=1)))


def _free_again(tries: Sequence[datetime], subject: Subject) -> datetime | None:
    most = {Subject.STARTS: MOST_STARTS, Subject.ADDRESS: MOST_FROM_ADDRESS}.get(subject, MOST)
    return tries[len(tries) - most] + WINDOW if len(tries) >= most else None


def device_sort(agent: str) -> DeviceSort:
    """What a browser says it is (User-Agent). Some say they are another; it is only a help to recognise one."""
    signs = (
        ("iPhone", DeviceSort.IPHONE),
        ("iPad", DeviceSort.IPAD),
        ("Android", DeviceSort.ANDROID_PHONE if "Mobile" in agent else DeviceSort.ANDROID_TABLET),
        ("Windows", DeviceSort.COMPUTER),
        ("Macintosh", DeviceSort.COMPUTER),
        ("CrOS", DeviceSort.COMPUTER),
        ("Linux", DeviceSort.COMPUTER),
    )
    return next((sort for sign, sort in signs if sign in agent), DeviceSort.OTHER)


def network_of(address: str) -> str:
    """The address guesses are counted by. Of an IPv6 address the first 64 bits: a phone may take any of the rest."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)

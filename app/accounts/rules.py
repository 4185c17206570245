"""What getting in allows: how numbers and words are read, how many guesses, what a browser is. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit
from uuid import UUID

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
# Of a child's pictures there are some twenty thousand orders: few guesses, so that a day of them finds little.
MOST_PICTURES = 5
# Plans started from one network address: a class of begeleiders shares one, and so do all phones of a company.
MOST_STARTS = 40


# Design page `access`, "Getting in": a password has 8 letters or more, and no other rule than that nobody knows it.
SHORTEST, LONGEST = 8, 200
# Accounts that sign in with the same name are told apart by their passwords; of so many the work is the same.
CANDIDATES = 3
# How long a challenge of a passkey waits for its answer; no longer than a used one is remembered (`WINDOW`).
CHALLENGE_LASTS = timedelta(minutes=10)
# Design page `access`: a lost key is replaced by e-mail only after 24 hours.
RECOVERY_WAITS = timedelta(hours=24)
RECOVERY_OPENS = timedelta(days=7)
# Who changes a password or an address shows a key of a day ago: as long as a mail for a lost key waits.
KEY_COUNTS_FOR = RECOVERY_WAITS
PROOF_LASTS = timedelta(minutes=10)
# Who asks again sooner gets no second mail, so that nobody's mailbox is filled by others.
MAIL_AGAIN = timedelta(hours=6)
# A mail that could not be sent is tried again no longer than this.
MAIL_TRIES = timedelta(hours=1)


class Reason(StrEnum):
    NOT_RIGHT = "not_right"
    NOT_THIS_PASSWORD = "not_this_password"  # noqa: S105 # nosec B105 - the name of a reason
    NOT_THIS_LOCK = "not_this_lock"
    LOCK_NOT_MADE = "lock_not_made"
    NO_LOGIN = "no_login"
    SHORT_PASSWORD = "short_password"  # noqa: S105 # nosec B105
    KNOWN_PASSWORD = "known_password"  # noqa: S105 # nosec B105
    NO_ADDRESS = "no_address"
    TOO_EARLY = "too_early"
    NO_LONGER = "no_longer"


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
    PICTURES = "pictures"
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


def password_of(typed: str) -> str:
    """A password in the one form that is hashed; every letter counts, spaces too."""
    return unicodedata.normalize("NFC", typed)


def why_not_password(login: str, password: str, known: Collection[str]) -> Reason | None:
    """Whether somebody may sign in with these.

    Args:
        login: the name they type.
        password: theirs.
        known: words everybody tries first, in small letters.
    """
    if not login_of(login):
        return Reason.NO_LOGIN
    if len(password) < SHORTEST:
        return Reason.SHORT_PASSWORD
    if len(password) > LONGEST or _is_guessed_first(password, login, known):
        return Reason.KNOWN_PASSWORD
    return None


# What stands for a letter in passwords that only look hard.
INSTEAD = str.maketrans("0134578@$!", "oleastbasi")
ROWS = ("abcdefghijklmnopqrstuvwxyz", "azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm", "01234567890")


def _is_guessed_first(password: str, login: str, known: Collection[str]) -> bool:
    bare = "".join(password.split()).casefold()
    forms = {bare, bare.translate(INSTEAD)}
    forms |= {re.sub(r"^[\W\d_]+|[\W\d_]+$", "", form) for form in set(forms)}
    own = {login_of(login), login_of(login).partition("@")[0]}
    if forms & {word for word in own if len(word) > 2} or any(form in known for form in forms):
        return True
    return len(set(bare)) < 4 or _runs_along(bare) or _repeats(bare)


def _runs_along(text: str) -> bool:
    """Whether it is a stretch of the alphabet or of a keyboard, there or back."""
    return any(text in row or text in row[::-1] for row in ROWS)


def _repeats(text: str) -> bool:
    """Whether it is one short thing over and over ("abcabcabc")."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 5))


def is_address(typed: str) -> bool:
    """Whether something looks like an e-mail address: one sign in the middle, nothing that splits a line."""
    name, at, place = typed.strip().rpartition("@")
    plain = typed.isprintable() and not any(letter.isspace() or letter in '<>,;:"()' for letter in typed.strip())
    return bool(name and at and place) and "@" not in name and "." in place.strip(".") and plain


@dataclass(frozen=True, slots=True)
class HadKey:
    """A key somebody has, or had until `ended`; a password is as old as can be."""

    id: UUID
    sort: str
    since: datetime | None = None
    ended: datetime | None = None


def keys_that_count(had: Iterable[HadKey], at: datetime) -> list[HadKey]:
    """The keys that were there a day ago: a new one proves nothing yet, and stopping one is no way around it."""
    since = at - KEY_COUNTS_FOR
    old = (key for key in had if key.since is None or key.since <= since)
    return [key for key in old if key.ended is None or key.ended > since]


def passkeys_work_at(address: str) -> bool:
    """Whether browsers keep a passkey for this address: https and a name, or this very machine."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return parts.scheme == "https" or host == "localhost"
    return False


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
    own = {Subject.STARTS: MOST_STARTS, Subject.ADDRESS: MOST_FROM_ADDRESS, Subject.PICTURES: MOST_PICTURES}
    most = own.get(subject, MOST)
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

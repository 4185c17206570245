"""The number and words of a new card, and whether what was typed is what was kept. No row is read or stored here."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Literal
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from app.accounts.nouns import CardSecret
from app.accounts.rules import DIGITS, WORDS
from app.keystore import look_up_hash

WORD_LIST = Path(__file__).with_name("wordlist.txt")
KNOWN_LIST = Path(__file__).with_name("knownlist.txt")
# Enough to make each guess cost, little enough for two at once on a small server: 32 MiB, some 50 ms.
AT_ONCE = 2


class Hasher(PasswordHasher):
    """Hashes so many at once as there is memory for; all threads of a worker together would take a gigabyte."""

    _turn = BoundedSemaphore(AT_ONCE)

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        """What is kept of a secret."""
        with self._turn:
            return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
        """Hold a secret against what was kept of it; raises what the library does."""
        with self._turn:
            return super().verify(hash, password)


HASHER = Hasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
# What the words of a number that does not exist are held against, so that it takes as long as one that does.
NO_WORDS = "$argon2id$v=19$m=32768,t=3,p=1$JUYcR753DipY8BroEtPC6g$7udQlCjVjwyPw+kQdQj1iYQEdztmJeh4aUSNT44YEK0"


def card_secret(card: UUID, seed: str) -> CardSecret:
    """What a card says: it follows from the seed, by a key only this product has."""
    number, rest = divmod(int.from_bytes(look_up_hash("new card", seed)), len(_words()) ** WORDS)
    chosen = []
    for _place in range(WORDS):
        rest, at = divmod(rest, len(_words()))
        chosen.append(_words()[at])
    return CardSecret(card, f"{number % 10**DIGITS:0{DIGITS}d}", tuple(chosen))


def hash_of(words: tuple[str, ...]) -> str:
    """What is kept of a card's words."""
    return HASHER.hash(_keyed(" ".join(words)))


def fits(words_hash: str, words: str) -> bool:
    """Whether words, in the one form of `rules.words_of`, are those of a hash. The work is the same either way."""
    try:
        return HASHER.verify(words_hash, _keyed(words))
    except VerifyMismatchError:
        return False


def password_hash(password: str) -> str:
    """What is kept of a password."""
    return HASHER.hash(_keyed_password(password))


def password_fits(hashed: str, password: str) -> bool:
    """Whether a password is that of a hash. The work is the same either way."""
    try:
        return HASHER.verify(hashed, _keyed_password(password))
    except VerifyMismatchError:
        return False


def login_hash(login: str, password: str) -> bytes:
    """By what a name to sign in with is found. Four bits of the password go in, so that the many who call themselves
    "mama" lie apart; nobody is told that a name is taken, so it cannot be refused.
    """
    few = _keyed_password(password)[0]
    return look_up_hash("login", f"{few}/{login}")


@cache
def known_passwords() -> frozenset[str]:
    """What everybody tries first, in small letters."""
    return frozenset(KNOWN_LIST.read_text(encoding="ascii").split())


def _keyed_password(password: str) -> str:
    return look_up_hash("password", password).hex()


@cache
def _words() -> tuple[str, ...]:
    return tuple(WORD_LIST.read_text(encoding="ascii").split())


def _keyed(words: str) -> str:
    """Words under a key that does not lie beside their hash: without the key store there is nothing to guess at."""
    return look_up_hash("card words", words).hex()

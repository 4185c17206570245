"""Hashing costs memory, so a few are done at once, whoever asks."""

from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from app.accounts import chance
from app.sharing import commands as sharing


@pytest.mark.parametrize("way", ["hash", "verify"])
def test_no_more_secrets_are_hashed_at_once_than_there_is_memory_for(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    met: list[bool] = []
    together = Barrier(chance.AT_ONCE + 1, timeout=1)

    def slow(*_given: Any, **_more: Any) -> bool:
        try:
            together.wait()
            met.append(True)
        except BrokenBarrierError:
            met.append(False)
        return True

    monkeypatch.setattr(PasswordHasher, way, slow)
    given = ("een twee drie",) if way == "hash" else (chance.NO_WORDS, "een twee drie")
    all_at_once = [Thread(target=getattr(chance.HASHER, way), args=given) for _each in range(6)]
    for one in all_at_once:
        one.start()
    for one in all_at_once:
        one.join()
    assert met == [False] * 6


def test_what_was_kept_of_a_secret_still_fits_it_and_no_other() -> None:
    kept = chance.HASHER.hash("een twee drie")
    assert chance.HASHER.verify(kept, "een twee drie")
    with pytest.raises(VerifyMismatchError):
        chance.HASHER.verify(kept, "een twee vier")


def test_the_words_of_links_stand_in_the_same_row() -> None:
    assert sharing.HASHER is chance.HASHER

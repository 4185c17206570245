"""Hashing costs memory, so a few are done at once, whoever asks."""

from importlib.util import find_spec, module_from_spec
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters
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


def test_a_guess_costs_as_much_when_there_is_nothing_to_guess() -> None:
    """In the module as the product loads it: tests hash cheaply (tests/support/costs.py)."""
    spec = find_spec(chance.__name__)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(product := module_from_spec(spec))
    cost = extract_parameters(product.NO_WORDS)
    assert cost.memory_cost >= 32 * 1024
    assert cost.time_cost >= 3
    assert extract_parameters(product.HASHER.hash("een twee drie")) == cost


def test_what_was_kept_of_a_secret_still_fits_it_and_no_other() -> None:
    kept = chance.HASHER.hash("een twee drie")
    assert chance.HASHER.verify(kept, "een twee drie")
    with pytest.raises(VerifyMismatchError):
        chance.HASHER.verify(kept, "een twee vier")


def test_the_words_of_links_stand_in_the_same_row() -> None:
    assert sharing.HASHER is chance.HASHER

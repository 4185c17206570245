"""What only costs time in a test: secrets are hashed cheaply, and the tests themselves are no garbage to look through.

What a guess costs in the product is held by tests/accounts/test_chance.py; a full run hashes as the product does.
"""

import gc

from tests.support.full import FILE


def pytest_configure() -> None:
    """Before any room takes the hasher along."""
    from app.accounts import chance

    if not FILE:
        chance.HASHER = chance.Hasher(time_cost=1, memory_cost=64, parallelism=1)
        chance.NO_WORDS = chance.HASHER.hash("words of nobody")


def pytest_collection_finish() -> None:
    """Some ten thousand tests stay in memory to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)

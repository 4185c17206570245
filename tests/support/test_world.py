"""The world that many tests share, tried: nothing of one test is there for the next."""

import pytest

from tests.support.guards import Refused
from tests.support.world import Worlds


@pytest.mark.both_databases
def test_what_is_asked_is_taken_back(worlds: Worlds, database_kind: str) -> None:
    world = worlds(database_kind)
    for _twice in range(2):
        assert world.ask("lisa", "GET", f"/p/{world.cast.plan}/").status_code == 200
        assert "look" in world.wrote


@pytest.mark.both_databases
def test_nobody_keeps_anything_in_it(worlds: Worlds, database_kind: str) -> None:
    world = worlds(database_kind)
    client = world.app.test_client(use_cookies=False)
    with pytest.raises(Refused):
        client.get(f"/p/{world.cast.plan}/", headers={"Cookie": world.cookies["lisa"]})
    world.ask("lisa", "GET", f"/p/{world.cast.plan}/")
    assert "look" in world.wrote, "what was refused is there for the next"

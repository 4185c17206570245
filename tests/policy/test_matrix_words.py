"""The matrix is worth its name: its words are met by who may read them, and a guard that is off is noticed.

Once, on one database: what is proved here is the matrix, not the product.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import INSIDE
from tests.policy.matrix import DOORS, cases
from tests.policy.test_matrix import faults_of, read
from tests.support.world import World, Worlds


def pages(world: World, who: str) -> Iterator[str]:
    """Every page this somebody may read."""
    for endpoint, door in DOORS.items():
        rule = next(rule for rule in world.app.url_map.iter_rules() if rule.endpoint == endpoint)
        if "GET" in (rule.methods or ()):
            for case in cases(world.cast, door):
                if who in case.who:
                    yield read(world.ask(who, "GET", world.path(endpoint, case.values)))
                    if endpoint == "home.show":
                        yield read(world.ask(who, "GET", world.path(endpoint, {**case.values, "alles": 1})))


# Oma's page tells her that it was missed; the few words why stay with who wrote them.
NOT_TOLD = {"oma": {"outcome missed by oma"}, "lisa": {"goal binned"}, "bert": {"greeting of bert"}}


@pytest.mark.parametrize("who", sorted([*INSIDE, "oma", "els", "lies", "dirk"]))
def test_everybody_meets_every_word_that_was_meant_for_them(worlds: Worlds, database_kind: str, who: str) -> None:
    """Or else a canary that nobody meets would prove nothing."""
    world = worlds(database_kind)
    read = "".join(pages(world, who))
    unmet = {name for name, canary in world.cast.canaries_for(who).items() if canary not in read}
    assert unmet == NOT_TOLD.get(who, set())


@pytest.mark.parametrize(
    ("guard", "endpoint"),
    [
        ("app.web.room.permits", "agreements.edit"),
        ("app.web.room.permits", "agreements.what_now"),
        ("app.web.room.permits", "plan.facts"),
        ("app.scope.sees", "goals.show"),
        ("app.scope.sees", "goals.index"),
        ("app.scope.sees", "agreements.index"),
        ("app.scope.sees", "people.index"),
        ("app.scope.sees", "home.show"),
        ("app.scope.sees", "sharing.shared"),
        ("app.plan.store.may_add", "people.new"),
    ],
)
def test_a_guard_that_is_switched_off_is_noticed(
    worlds: Worlds, database_kind: str, guard: str, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = worlds(database_kind)
    assert not faults_of(world, endpoint)
    monkeypatch.setattr(guard, lambda *_asked: True)
    assert faults_of(world, endpoint)

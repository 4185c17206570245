"""What a worker keeps of what it opened: used again only while the row is as it was, and only by who holds the key."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from flask import Flask
from sqlalchemy import update

from app import memory, scope
from app.change import Put, change
from app.db import db
from app.goals.models import GOAL, STEP, GoalRow
from app.keystore import NoKey, destroy_key, key_of
from app.policy.actions import Action
from app.policy.audience import Audience, Who
from app.scope import load
from app.vault import RootKey, new_secret
from tests.cast import Cast

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _inside(cast: Cast, app: Flask) -> Iterator[None]:
    assert cast.app is app
    memory.forget(cast.plan)
    with app.app_context():
        yield


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The rows that were unsealed, one after another."""
    rows: list[UUID] = []
    unseal = scope.unseal

    def counted(key: RootKey, table: str, row: UUID, sealed: bytes) -> bytes:
        rows.append(row)
        return unseal(key, table, row, sealed)

    monkeypatch.setattr(scope, "unseal", counted)
    return rows


def new_words(cast: Cast, words: str) -> None:
    goal = load(cast.sara, GOAL).get(GOAL, cast.id("goal of us"))
    assert goal
    change(cast.sara, Action.GOAL_CHANGE, Put(goal, msgspec.structs.replace(goal.body, words=words)))


def test_a_row_is_opened_once_for_everybody_of_the_plan(cast: Cast, opened: list[UUID]) -> None:
    load(cast.sara, GOAL, STEP)
    assert len(opened) == len(set(opened)) > 2
    opened.clear()
    for actor in (cast.sara, cast.jef, cast.nele, cast.oma):
        load(actor, GOAL, STEP)
    assert opened == []


def test_after_a_change_that_row_is_opened_and_what_hangs_on_it(cast: Cast, opened: list[UUID]) -> None:
    steps = {step.id for step in load(cast.sara, STEP, removed=True).all(STEP) if step.parent == cast.id("goal of us")}
    new_words(cast, "Anders gezegd")
    opened.clear()
    goal = load(cast.sara, GOAL, STEP).get(GOAL, cast.id("goal of us"))
    assert goal
    assert goal.body.words == "Anders gezegd"
    assert goal.id in opened
    assert set(opened) <= {goal.id, *steps}


def test_a_row_that_another_worker_changed_is_read_as_it_is_now(cast: Cast) -> None:
    """Not through the door and without a new version: whatever changed it, what stands in the row counts."""
    before = load(cast.sara, GOAL).get(GOAL, cast.id("goal of us"))
    assert before
    db.session.execute(update(GoalRow).where(GoalRow.id == before.id).values(state="later"))
    after = load(cast.sara, GOAL).get(GOAL, before.id)
    assert after
    assert (before.state, after.state) == ("now", "later")


def test_what_one_actor_opened_another_does_not_see_for_that(cast: Cast) -> None:
    goal = load(cast.sara, GOAL).get(GOAL, cast.id("goal of us"))
    assert goal
    assert load(cast.jef, GOAL).get(GOAL, goal.id)
    closed = msgspec.structs.replace(goal.body, audience=Audience(Who.ME))
    change(cast.sara, Action.AUDIENCE_CHANGE, Put(goal, closed))
    assert load(cast.sara, GOAL).get(GOAL, goal.id)
    assert load(cast.jef, GOAL, STEP).get(GOAL, goal.id) is None


def test_supposing_leaves_nothing_behind(cast: Cast) -> None:
    for _twice in range(2):
        supposed = load(cast.jef, GOAL, STEP, supposing={cast.id("goal of us"): Audience(Who.ME)})
        assert cast.id("step of us") not in supposed.ids
        assert cast.id("step of us") in load(cast.jef, GOAL, STEP).ids


def test_who_holds_another_key_finds_nothing(cast: Cast) -> None:
    load(cast.sara, GOAL)
    key = key_of(cast.plan)
    assert memory.opened_with(key).rows
    other = RootKey(cast.plan, key.number, new_secret())
    assert memory.opened_with(other).rows == {}
    assert memory.opened_with(RootKey(cast.elsewhere, key.number, key.secret)).rows == {}


def test_a_destroyed_key_takes_what_was_opened_with_it(cast: Cast) -> None:
    load(cast.sara, GOAL)
    key = key_of(cast.plan)
    destroy_key(cast.plan)
    assert memory.opened_with(key).rows == {}
    with pytest.raises(NoKey):
        load(cast.sara, GOAL)


def test_a_worker_that_hears_later_forgets_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another worker destroyed the key: this one forgets when it next asks for it."""
    load(cast.sara, GOAL)
    key = key_of(cast.plan)
    monkeypatch.setattr("app.keystore.memory.forget", lambda _root: None)
    destroy_key(cast.plan)
    monkeypatch.undo()
    assert memory.opened_with(key).rows
    with pytest.raises(NoKey):
        load(cast.sara, GOAL)
    assert memory.opened_with(key).rows == {}


def test_nothing_is_kept_longer_than_some_minutes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    load(cast.sara, GOAL)
    moment = memory.monotonic()
    monkeypatch.setattr(memory, "monotonic", lambda: moment + memory.LASTS_SECONDS + 1)
    assert memory.opened_with(key_of(cast.plan)).rows == {}


def test_a_worker_that_nobody_asks_anything_forgets_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_opened", {})
    load(cast.sara, GOAL)
    assert [timer.is_alive() and timer.daemon for timer in memory._sweeping] == [True]
    key, moment = key_of(cast.plan), memory.monotonic()
    memory.sweep()
    assert key in memory._opened
    assert len(memory._sweeping) == 1
    monkeypatch.setattr(memory, "monotonic", lambda: moment + memory.LASTS_SECONDS + 1)
    memory.sweep()
    assert memory._opened == {}


def test_the_oldest_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_opened", {})
    monkeypatch.setattr(memory, "MOST_BYTES", 10 * memory.ROW_BYTES)
    keys = [RootKey(uuid4(), 1, new_secret()) for _ in range(4)]
    for key in keys:
        for row in range(6):
            memory.opened_with(key).keep(row, (row,), "words", b"")
    kept: dict[RootKey, Any] = memory._opened
    assert keys[0] not in kept
    assert keys[-1] in kept
    assert sum(each.weight for each in kept.values()) <= 2 * memory.MOST_BYTES

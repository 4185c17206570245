"""Many at once, in threads, on both databases: twice is once, and no word that was said to be saved is lost.

At about a fiftieth of the bar (50 writers, 100 rounds each); whole in `bin/test --full`.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from flask import Flask
from sqlalchemy import func, select

from app.change import Add, BothChanged, Done, Put, change
from app.db import db
from app.goals.models import GOAL, GoalRow
from app.goals.nouns import GoalBody, GoalState
from app.history.models import HistoryLine
from app.policy.actions import Action
from app.scope import load_one
from tests.cast import Cast
from tests.support.full import size

pytestmark = [pytest.mark.both_databases, pytest.mark.long]

WRITERS, ROUNDS = size(10, 50), size(10, 20)


def at_once(app: Flask, number: int, work: Callable[[int], Done | list[str]]) -> list[Done | list[str]]:
    """What each of so many threads got, all started together; a failure in one is a failure of the test."""
    ready = threading.Barrier(number, timeout=60)

    def run(index: int) -> Done | list[str]:
        with app.app_context():
            ready.wait()
            return work(index)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def test_one_form_sent_by_eight_threads_at_once_is_one_goal(cast: Cast, app: Flask) -> None:
    def send(_index: int) -> Done:
        new = Add(GOAL, GoalBody(words="Eén keer"), GoalState.NOW)
        return change(cast.sara, Action.GOAL_ADD, new, form_key="one form")

    done = at_once(app, 8, send)
    assert all(isinstance(each, Done) for each in done)
    assert len({each.id for each in done if isinstance(each, Done)}) == 1
    assert [each.repeated for each in done if isinstance(each, Done)].count(False) == 1
    with app.app_context():
        query = select(func.count()).select_from(GoalRow).where(GoalRow.id == done[0].id)  # type: ignore[union-attr]
        assert db.session.scalar(query) == 1


def test_one_tap_by_eight_threads_at_once_is_one_change(cast: Cast, app: Flask) -> None:
    def tap(_index: int) -> Done:
        goal = load_one(cast.sara, GOAL, cast.id("goal of us"))
        assert goal
        return change(cast.sara, Action.GOAL_CHANGE, Put(goal, state=GoalState.REACHED))

    at_once(app, 8, tap)
    with app.app_context():
        lines = select(func.count()).select_from(HistoryLine).where(HistoryLine.item_id == cast.id("goal of us"))
        assert db.session.scalar(lines) == 2


def test_no_acknowledged_word_is_lost(cast: Cast, app: Flask) -> None:
    """Every writer adds own words to one text, reads, writes, and on "iemand veranderde dit net ook" keeps both."""
    goal = cast.id("goal of us")

    def write(index: int) -> list[str]:
        actor, acknowledged = (cast.sara, cast.jef)[index % 2], []
        for turn in range(ROUNDS):
            word = f"w{index}.{turn};"
            _add_word(actor, goal, word)
            acknowledged.append(word)
        return acknowledged

    said = [word for words in at_once(app, WRITERS, write) if isinstance(words, list) for word in words]
    assert len(said) == WRITERS * ROUNDS
    with app.app_context():
        thing = load_one(cast.sara, GOAL, goal)
        assert thing
        lost = [word for word in said if word not in thing.body.words]
        versions = db.session.scalars(select(HistoryLine.version).where(HistoryLine.item_id == goal)).all()
    assert not lost
    assert sorted(versions) == list(range(1, thing.version + 1))


def _add_word(actor: object, goal: object, word: str) -> None:
    thing = load_one(actor, GOAL, goal)  # type: ignore[arg-type]
    assert thing
    while True:
        body = msgspec.structs.replace(thing.body, words=thing.body.words + word)
        try:
            change(actor, Action.GOAL_CHANGE, Put(thing, body, seen=thing.version))  # type: ignore[arg-type]
        except BothChanged as both:
            thing = both.theirs
        else:
            return


def test_writers_of_different_things_do_not_wait_for_ever(cast: Cast, app: Flask) -> None:
    def write(index: int) -> list[str]:
        actor = (cast.sara, cast.jef)[index % 2]
        ids = [
            change(actor, Action.GOAL_ADD, Add(GOAL, GoalBody(words=f"g{index}.{turn}"), GoalState.NOW)).id
            for turn in range(ROUNDS)
        ]
        return [str(each) for each in ids]

    made = [each for ids in at_once(app, WRITERS, write) if isinstance(ids, list) for each in ids]
    assert len(set(made)) == WRITERS * ROUNDS
    with app.app_context():
        stored = {str(each) for each in db.session.scalars(select(GoalRow.id))}
    assert set(made) <= stored

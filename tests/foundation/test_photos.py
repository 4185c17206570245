"""Photos at the door of writing: an item names none but its own, and what it lets go of is known."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import msgspec
import pytest
from flask import Flask
from sqlalchemy import event

import app.change as door
from app.change import Add, NotPermitted, Put, Remove, Restore, change
from app.db import Only, db
from app.goals.models import GOAL
from app.goals.nouns import GoalBody, GoalState
from app.history import commands as history
from app.history import store as entries
from app.items import Photo
from app.media.commands import take
from app.people.models import CONTACT
from app.people.nouns import ContactBody
from app.policy.actions import Action
from tests.cast import Cast
from tests.media.photos import drawn, put, put_new, rows

pytestmark = pytest.mark.both_databases
__all__ = ["drawn"]


@pytest.fixture(autouse=True)
def _inside(cast: Cast, app: Flask) -> Iterator[None]:
    assert cast.app is app
    with app.app_context():
        yield


def entry(cast: Cast, done: door.Done) -> entries.EntryView:
    assert done.entry is not None
    found = entries.entry(cast.sara, done.entry)
    assert found is not None
    return found


# ---- its own ---------------------------------------------------------------------------------------------------------


def test_a_photo_is_bound_to_the_item_that_names_it(cast: Cast) -> None:
    taken = put_new(cast, "goal of us")
    assert rows() == {taken.medium.id: (cast.id("goal of us"), None)}


def test_a_new_item_brings_its_photo(cast: Cast) -> None:
    taken = take(cast.plan, b"")
    new = Add(GOAL, GoalBody(words="Fietsen", photo=taken.medium), GoalState.NOW)
    done = change(cast.sara, Action.GOAL_ADD, new, beside=taken.keep, form_key="f" * 32)
    assert rows() == {taken.medium.id: (done.id, None)}


def forged(cast: Cast, which: str) -> UUID:
    if which == "of another plan":
        return put_new(cast, "goal elsewhere", "lies").medium.id
    if which == "of another plan, on nothing yet":
        assert cast.lies.plan is not None
        waiting = take(cast.lies.plan, b"")
        waiting.wait()
        return waiting.medium.id
    if which == "on another item":
        return put_new(cast, "goal with oma").medium.id
    if which == "that another item let go of":
        found = put_new(cast, "goal with oma").medium.id
        put(cast, "goal with oma", None)
        return found
    return uuid4()


FORGED = (
    "of another plan",
    "of another plan, on nothing yet",
    "on another item",
    "that another item let go of",
    "of nobody",
)


@pytest.mark.parametrize("which", FORGED)
def test_an_item_names_no_photo_but_its_own(cast: Cast, which: str) -> None:
    """Else who may write one thing would see the photo of any other, by its id."""
    photo = forged(cast, which)
    before, there = cast.thing("goal of us"), rows()
    with pytest.raises(NotPermitted):
        put(cast, "goal of us", Photo(photo))
    new = Add(GOAL, GoalBody(words="Fietsen", photo=Photo(photo)), GoalState.NOW)
    with pytest.raises(NotPermitted):
        change(cast.sara, Action.GOAL_ADD, new)
    assert cast.thing("goal of us") == before
    assert rows() == there


def test_what_has_no_photos_gets_none(cast: Cast) -> None:
    taken = take(cast.plan, b"")
    body = ContactBody(value="0470 00 00 00", photo=taken.medium)
    new = Add(CONTACT, body, Only.ACTIVE, under=cast.thing("person oma", "sara"))
    with pytest.raises(NotPermitted):
        change(cast.sara, Action.PERSON_CHANGE, new, beside=taken.keep)
    assert rows() == {}


def test_a_change_without_photos_asks_nothing_more(cast: Cast) -> None:
    put_new(cast, "goal of us")
    goal = cast.thing("goal of us")
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _cu, statement, *_more: asked.append(statement))
    change(cast.sara, Action.GOAL_CHANGE, Put(goal, msgspec.structs.replace(goal.body, words="Fietsen")))
    assert asked
    assert not [statement for statement in asked if "photo" in statement]


def test_somebody_else_wrote_meanwhile_and_both_are_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Done again from the beginning, and still one row."""
    stale, taken = cast.thing("goal of us"), take(cast.plan, b"")
    change(cast.jef, Action.GOAL_CHANGE, Put(stale, msgspec.structs.replace(stale.body, words="Fietsen")))
    body = msgspec.structs.replace(stale.body, photo=taken.medium)
    change(cast.sara, Action.PHOTO_CHANGE, Put(stale, body, seen=stale.version), beside=taken.keep)
    now = cast.thing("goal of us")
    assert (now.body.words, now.body.photo) == ("Fietsen", taken.medium)
    assert rows() == {taken.medium.id: (stale.id, None)}
    assert monkeypatch


# ---- let go of, and back ---------------------------------------------------------------------------------------------


def test_what_gave_way_is_known_and_comes_back(cast: Cast) -> None:
    old, new = put_new(cast, "goal of us"), take(cast.plan, b"")
    done = put(cast, "goal of us", new.medium, beside=new.keep)
    there = rows()
    assert there[old.medium.id][1] is not None
    assert there[new.medium.id][1] is None
    history.undo(cast.sara, entry(cast, done), None)
    there = rows()
    assert there[old.medium.id][1] is None
    assert there[new.medium.id][1] is not None
    assert cast.thing("goal of us").body.photo == old.medium


def test_other_words_for_a_photo_let_go_of_nothing(cast: Cast) -> None:
    taken = put_new(cast, "goal of us")
    put(cast, "goal of us", msgspec.structs.replace(taken.medium, alt="Een fiets"))
    assert rows() == {taken.medium.id: (cast.id("goal of us"), None)}


def test_into_the_bin_and_back_with_its_photo(cast: Cast) -> None:
    taken = put_new(cast, "goal of us")
    change(cast.sara, Action.GOAL_REMOVE, Remove(cast.thing("goal of us")))
    assert rows() == {taken.medium.id: (cast.id("goal of us"), None)}
    change(cast.sara, Action.RESTORE, Restore(cast.thing("goal of us")))
    assert rows() == {taken.medium.id: (cast.id("goal of us"), None)}
    assert cast.thing("goal of us").body.photo == taken.medium


def test_the_words_come_back_without_a_photo_that_was_erased(cast: Cast) -> None:
    from datetime import timedelta

    from app.db import now
    from app.media import ledger
    from app.policy.actor import system

    put_new(cast, "goal of us")
    goal = cast.thing("goal of us")
    other = msgspec.structs.replace(goal.body, words="Fietsen", photo=None)
    done = change(cast.sara, Action.GOAL_CHANGE, Put(goal, other))
    ledger.tidy(system("a test"), now() + timedelta(days=31))
    assert rows() == {}
    history.undo(cast.sara, entry(cast, done), None)
    body = cast.thing("goal of us").body
    assert (body.words, body.photo) == (goal.body.words, None)

"""What becomes of a photo: taken in, kept by a change, let go of, erased, and nothing of it lying about."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.change import Remove, change
from app.db import db, now
from app.erase import erase_bin, erase_plan
from app.host.commands import tidy
from app.media import commands, ledger, pixels, store
from app.media.commands import take
from app.media.models import MediumRow
from app.media.nouns import BadFile, Fault, Size
from app.media.shelf import Folder, NoAnswer, shelf
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind, system
from app.rooms import KINDS
from tests.cast import Cast
from tests.media import phones
from tests.media.photos import CANARY, drawn, files, name_of, names, put, put_new, rows

pytestmark = pytest.mark.both_databases
__all__ = ["drawn"]

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _inside(cast: Cast, app: Flask) -> Iterator[None]:
    assert cast.app is app
    with app.app_context():
        yield


def shelf_folder(app: Flask) -> Path:
    folder: Path = app.extensions["onsplan.config"].data / "files"
    return folder


def later(days: int) -> Any:
    return time_machine.travel(now() + timedelta(days=days), tick=True)


# ---- taken in --------------------------------------------------------------------------------------------------------


def test_both_sizes_are_got_back_as_they_were_drawn(cast: Cast) -> None:
    taken = put_new(cast, "goal of us", data=b"one")
    assert (taken.medium.width, taken.medium.height, taken.medium.alt) == (1280, 960, "")
    assert store.bytes_of(cast.plan, taken.medium.id, Size.SMALL) == CANARY + b" small one"
    assert store.bytes_of(cast.plan, taken.medium.id, Size.LARGE) == CANARY + b" large " * 40 + b"one"
    assert cast.thing("goal of us").body.photo == taken.medium


def test_a_photo_of_a_phone_is_kept_without_what_the_phone_said(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way, with the process that draws."""
    monkeypatch.setattr(commands, "redraw", pixels.redraw)
    sent = phones.of_camera(1600, 1200)
    assert phones.CANARY in sent
    taken = put_new(cast, "goal of us", data=sent)
    assert (taken.medium.width, taken.medium.height) == (1280, 960)
    for size in Size:
        data = store.bytes_of(cast.plan, taken.medium.id, size)
        assert data is not None
        assert (data[:4], data[8:12]) == (b"RIFF", b"WEBP")
        assert phones.CANARY not in data
    folder = app.extensions["onsplan.config"].data
    kept = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not [data for data in kept if phones.CANARY in data or sent[-64:] in data or b"WEBPVP8" in data]


def test_nothing_of_it_can_be_read_in_any_file(cast: Cast, app: Flask) -> None:
    put_new(cast, "goal of us")
    kept = [path.read_bytes() for path in files(app)]
    assert len(kept) == 2
    for data in kept:
        assert not any(word in data for word in (b"RIFF", b"WEBP", b"VP8", b"Winterkoning", b"large"))
    everything = b"".join(path.read_bytes() for path in app.extensions["onsplan.config"].data.rglob("*.*"))
    assert b"Winterkoning" not in everything


def test_the_same_photo_twice_has_nothing_in_common(cast: Cast, app: Flask) -> None:
    first, second = put_new(cast, "goal of us", data=b"one"), put_new(cast, "goal with oma", data=b"one")
    assert first.medium.id != second.medium.id
    assert len({path.read_bytes()[:15] for path in files(app)}) == 4


def test_the_files_are_there_before_their_row(cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault between the two leaves files that nobody knows, never a row without them; a day later they are gone."""
    before = cast.thing("goal of us").body
    taken = take(cast.plan, b"")
    assert names(app) == {taken.files.small, taken.files.large}
    assert rows() == {}

    def fault(*_values: object) -> NoReturn:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(ledger, "add", fault)
        with pytest.raises(RuntimeError):
            put(cast, "goal of us", taken.medium, beside=taken.keep)
    assert cast.thing("goal of us").body == before
    assert rows() == {}
    tidy()
    assert names(app) == {taken.files.small, taken.files.large}
    with later(2):
        tidy()
    assert names(app) == set()


def test_every_file_is_synced_when_it_is_taken(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda file: (synced.append(str(Path(f"/proc/self/fd/{file}").readlink())), fsync(file))
    )
    taken = take(cast.plan, b"")
    ends = tuple(f"/files/{name[:2]}" for name in (taken.files.small, taken.files.large))
    assert sum("/." in path for path in synced) == 2
    assert all(any(path.endswith(end) for path in synced) for end in ends)


def test_what_a_full_disk_refuses_is_told_and_leaves_nothing(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_file, full = Folder.put, []

    def second_fails(self: Folder, name: str, data: bytes) -> None:
        if full:
            raise OSError(28, "No space left on device")
        full.append(name)
        put_file(self, name, data)

    monkeypatch.setattr(Folder, "put", second_fails)
    with pytest.raises(OSError, match="No space"):
        take(cast.plan, b"")
    assert full
    assert names(app) == set()


def test_a_plan_has_so_many_photos_and_no_more(cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    put_new(cast, "goal of us")
    lay, (shown, whole, _size) = names(app), ledger.weight_of(cast.plan)
    assert 1 < shown < whole
    for most, kept, refused in ((shown + 1, whole + 1, False), (shown, whole + 1, True), (shown + 1, whole, True)):
        monkeypatch.setattr(commands, "MOST", most)
        monkeypatch.setattr(commands, "MOST_KEPT", kept)
        if not refused:
            take(cast.plan, b"").drop()
            continue
        with pytest.raises(BadFile) as bad:
            take(cast.plan, b"")
        assert bad.value.fault is Fault.TOO_MANY
    assert names(app) == lay
    assert cast.lies.plan is not None
    take(cast.lies.plan, b"")


def test_the_same_form_sent_twice_is_one_photo(cast: Cast, app: Flask) -> None:
    first, again = take(cast.plan, b""), take(cast.plan, b"")
    put(cast, "goal of us", first.medium, beside=first.keep, form_key="k" * 32)
    second = put(cast, "goal of us", again.medium, beside=again.keep, form_key="k" * 32)
    assert second.repeated
    again.drop()
    assert list(rows()) == [first.medium.id]
    assert names(app) == {first.files.small, first.files.large}
    assert cast.thing("goal of us").body.photo == first.medium


# ---- read ------------------------------------------------------------------------------------------------------------


def test_what_is_not_there_is_none_whatever_is_missing(cast: Cast, app: Flask) -> None:
    taken = put_new(cast, "goal of us")
    small = shelf_folder(app) / taken.files.small
    assert cast.lies.plan is not None
    assert store.bytes_of(cast.plan, uuid4(), Size.SMALL) is None
    assert store.bytes_of(cast.lies.plan, taken.medium.id, Size.SMALL) is None
    sealed = small.read_bytes()
    for damaged in (sealed[:-1], sealed[:40] + bytes([sealed[40] ^ 1]) + sealed[41:], b"", b"RIFF"):
        small.write_bytes(damaged)
        assert store.bytes_of(cast.plan, taken.medium.id, Size.SMALL) is None
    small.write_bytes((small.parent.parent / taken.files.large).read_bytes())
    assert store.bytes_of(cast.plan, taken.medium.id, Size.SMALL) is None
    small.unlink()
    assert store.bytes_of(cast.plan, taken.medium.id, Size.SMALL) is None
    assert store.bytes_of(cast.plan, taken.medium.id, Size.LARGE)


def test_a_file_of_one_photo_does_not_open_as_another(cast: Cast, app: Flask) -> None:
    one, other = put_new(cast, "goal of us", data=b"one"), put_new(cast, "goal with oma", data=b"other")
    folder = shelf_folder(app)
    (folder / one.files.small).write_bytes((folder / other.files.small).read_bytes())
    assert store.bytes_of(cast.plan, one.medium.id, Size.SMALL) is None


# ---- let go of -------------------------------------------------------------------------------------------------------


def test_what_gave_way_goes_after_thirty_days_with_its_files(cast: Cast, app: Flask) -> None:
    old = put_new(cast, "goal of us")
    new = put_new(cast, "goal of us")
    with later(29):
        tidy()
        assert set(rows()) == {old.medium.id, new.medium.id}
    with later(31):
        tidy()
        assert rows() == {new.medium.id: (cast.id("goal of us"), None)}
    assert names(app) == {new.files.small, new.files.large}
    assert store.bytes_of(cast.plan, new.medium.id, Size.SMALL)


def test_what_was_kept_on_nothing_goes_too(cast: Cast, app: Flask) -> None:
    taken = take(cast.plan, b"")
    goal = cast.thing("goal of us")
    from app.change import Put

    change(cast.sara, Action.PHOTO_CHANGE, Put(goal, goal.body), beside=taken.keep)
    assert [on for on, _removed in rows().values()] == [None]
    with later(31):
        tidy()
    assert rows() == {}
    assert names(app) == set()


def test_a_photo_lies_in_the_bin_with_its_item_and_goes_with_it(cast: Cast, app: Flask) -> None:
    earlier = put_new(cast, "step of us")
    taken = put_new(cast, "step of us")
    change(cast.sara, Action.GOAL_REMOVE, Remove(cast.thing("goal of us")))
    with later(29):
        tidy()
        assert {earlier.medium.id, taken.medium.id} == set(rows())
        assert store.bytes_of(cast.plan, taken.medium.id, Size.SMALL)
    erase_bin(system("30 days in the bin"), now() + DAY)
    assert rows() == {}
    assert names(app) == set()


def test_a_plan_that_is_erased_leaves_no_row_and_no_file(cast: Cast, app: Flask) -> None:
    put_new(cast, "goal of us")
    put_new(cast, "goal of us")
    theirs = put_new(cast, "goal elsewhere", "lies")
    erase_plan(system("a test"), cast.plan)
    assert ledger.weight_of(cast.plan) == (0, 0, 0)
    assert set(rows()) == {theirs.medium.id}
    there = {name_of(path) for path in shelf_folder(app).rglob("*") if path.is_file()}
    rest = db.session.execute(select(MediumRow.small, MediumRow.large)).all()
    assert there == {name for row in rest for name in row if name} >= {theirs.files.small, theirs.files.large}
    assert store.bytes_of(theirs.plan, theirs.medium.id, Size.SMALL)


def test_a_change_that_is_taken_back_takes_no_file_away(cast: Cast, app: Flask) -> None:
    taken = put_new(cast, "goal of us")
    ledger.erased(cast.plan)
    assert rows() == {}
    db.session.rollback()
    db.session.commit()
    assert names(app) == {taken.files.small, taken.files.large}


def test_a_crash_after_the_rows_went_leaves_files_for_a_day(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = put_new(cast, "goal of us")

    def silent(*_names: object) -> NoReturn:
        raise NoAnswer

    with monkeypatch.context() as broken:
        broken.setattr(Folder, "remove", silent)
        erase_plan(system("a test"), cast.plan)
    assert rows() == {}
    assert names(app) == {taken.files.small, taken.files.large}
    tidy()
    assert names(app)
    with later(2):
        tidy()
    assert names(app) == set()


# ---- swept -----------------------------------------------------------------------------------------------------------


def test_only_what_no_row_knows_is_swept(cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "AT_ONCE", 3)
    kept = [put_new(cast, name) for name in ("goal of us", "goal with oma", "step of us")]
    for _ in range(4):
        take(cast.plan, b"")
    with later(2):
        tidy()
    assert names(app) == {name for taken in kept for name in (taken.files.small, taken.files.large)}
    assert all(store.bytes_of(cast.plan, taken.medium.id, size) for taken in kept for size in Size)


def test_a_database_without_any_plan_sweeps_nothing(cast: Cast, app: Flask) -> None:
    """It may be the wrong one: the shelf of another product is not ours to clear."""
    take(cast.plan, b"")
    for plan in db.session.scalars(select(KINDS["plan"].table.id)).all():
        erase_plan(system("a test"), plan)
    with later(2):
        tidy()
    assert len(names(app)) == 2


def test_a_silent_store_stops_no_other_tidying(cast: Cast, monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    from app.rooms import TIDIES

    done: list[datetime] = []

    def silent(*_names: object) -> NoReturn:
        raise NoAnswer

    monkeypatch.setitem(TIDIES, "after", lambda _actor, at: done.append(at))
    monkeypatch.setattr(Folder, "names", silent)
    tidy()
    assert done
    assert cast.app is app


@pytest.mark.parametrize("actor", [Actor(ActorKind.HOST), system("")])
def test_only_the_system_with_a_reason_erases(cast: Cast, actor: Actor) -> None:
    from app.change import NotPermitted

    for who in (actor, cast.sara):
        with pytest.raises(NotPermitted):
            ledger.tidy(who, now())


# ---- in a bucket -----------------------------------------------------------------------------------------------------


@pytest.fixture
def environment(cast_environment: dict[str, str], request: pytest.FixtureRequest) -> dict[str, str]:
    """The same product, in the tests of a bucket with its files there."""
    if "in_a_bucket" in request.node.name:
        cast_environment["ONSPLAN_FILES_URL"] = request.getfixturevalue("bucket_url")
    return cast_environment


def test_all_of_it_in_a_bucket(cast: Cast, app: Flask) -> None:
    old, orphan = put_new(cast, "goal of us", data=b"old"), take(cast.plan, b"")
    new = put_new(cast, "goal of us", data=b"new")
    assert set(shelf().names()) == {name for one in (old, orphan, new) for name in (one.files.small, one.files.large)}
    assert all(b"Winterkoning" not in shelf().get(name) for name in shelf().names())
    assert store.bytes_of(cast.plan, new.medium.id, Size.SMALL) == CANARY + b" small new"
    assert names(app) == set()
    with later(31):
        tidy()
    assert set(shelf().names()) == {new.files.small, new.files.large}
    erase_plan(system("a test"), cast.plan)
    assert list(shelf().names()) == []

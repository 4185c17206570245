"""Where files lie: the same table for a folder and for storage that speaks S3, then what is of one of them only."""

import errno
import os
import shutil
import socket
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.config import Bucket, Config, bucket_at
from app.db import now
from app.media import shelf as shelves
from app.media.shelf import Folder, NoAnswer, NotThere, Shelf, Store, new_name

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SORTS = ["folder", "bucket"]


@pytest.fixture(params=SORTS)
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    """An empty shelf, of each sort."""
    if request.param == "folder":
        return Folder(tmp_path / "files")
    return Store(bucket_of(request.getfixturevalue("bucket_url")))


def bucket_of(url: str) -> Bucket:
    found = bucket_at(url)
    assert found is not None
    return found


# ---- both ------------------------------------------------------------------------------------------------------------


def test_what_was_put_is_got_byte_for_byte(files: Shelf) -> None:
    every, name = bytes(range(256)) * 300, new_name()
    files.put(name, every)
    assert files.get(name) == every
    assert type(files.get(name)) is bytes


def test_what_is_not_there_is_said_so(files: Shelf) -> None:
    with pytest.raises(NotThere):
        files.get(new_name())


def test_taking_away_twice_is_once(files: Shelf) -> None:
    names = [new_name() for _ in range(3)]
    for name in names:
        files.put(name, b"seen")
    for _ in range(2):
        files.remove(names[:2])
    files.remove([])
    assert list(files.names()) == names[2:]


def test_names_come_one_by_one_and_by_age(files: Shelf) -> None:
    assert list(files.names()) == []
    names = {new_name() for _ in range(5)}
    for name in names:
        files.put(name, b"seen")
    found = files.names()
    assert next(found) in names
    assert set(files.names()) == names
    assert set(files.names(now() + HOUR)) == names
    assert list(files.names(now() - HOUR)) == []


def test_the_same_name_put_again_has_what_was_put_last(files: Shelf) -> None:
    """A restore that was interrupted begins again."""
    name = new_name()
    files.put(name, b"first")
    files.put(name, b"second")
    assert files.get(name) == b"second"
    assert list(files.names()) == [name]


GOOD = "ab/" + "0" * 38
OTHER_NAMES = [
    "",
    "ab",
    "../" + "0" * 38,
    f"../{GOOD}",
    f"/{GOOD}",
    f"{GOOD}/x",
    f"{GOOD}\n",
    GOOD.upper(),
    "ab/..",
    ".",
]


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_nothing_but_a_drawn_name_is_asked_for(files: Shelf, name: str) -> None:
    asks: list[Callable[[], object]] = [
        lambda: files.put(name, b"x"), lambda: files.get(name), lambda: files.remove([name])
    ]  # fmt: skip
    for ask in asks:
        with pytest.raises(ValueError, match="no name of a file"):
            ask()


def test_nobody_guesses_a_name() -> None:
    drawn = {new_name() for _ in range(200)}
    assert len(drawn) == 200
    assert all(shelves.NAME.fullmatch(name) and len(name) == 41 for name in drawn)


# ---- a folder --------------------------------------------------------------------------------------------------------


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was synced and renamed, in order, by the last part of its path."""
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(descriptor: int) -> None:
        done.append(f"sync {Path(f'/proc/self/fd/{descriptor}').readlink().name}")
        fsync(descriptor)

    def renamed(self: Path, target: Path) -> Path:
        done.append(f"rename {self.name}")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    return done


def test_a_file_is_synced_before_it_has_its_name_and_its_name_after(tmp_path: Path, done: list[str]) -> None:
    files, name = Folder(tmp_path / "files"), new_name()
    files.put(name, b"seen")
    first = next(one for one in done if one.startswith("rename")).removeprefix("rename ")
    assert done == [f"sync {tmp_path.name}", "sync files", f"sync {first}", f"rename {first}", f"sync {name[:2]}"]
    done.clear()
    files.put(f"{name[:2]}/{'1' * 38}", b"seen")
    assert len(done) == 3


def test_another_process_syncs_the_places_that_one_made_and_did_not_sync(tmp_path: Path, done: list[str]) -> None:
    Folder(tmp_path / "files").put(GOOD, b"seen")
    done.clear()
    Folder(tmp_path / "files").put(GOOD, b"seen")
    assert done[:2] == [f"sync {tmp_path.name}", "sync files"]


def test_a_folder_that_was_taken_away_is_made_again(tmp_path: Path) -> None:
    files = Folder(tmp_path / "files")
    files.put(GOOD, b"seen")
    shutil.rmtree(tmp_path / "files")
    files.put(GOOD, b"again")
    assert files.get(GOOD) == b"again"


def test_a_process_has_one_shelf(config: Config) -> None:
    """Who puts ten thousand files back opens its store once."""
    assert shelves.shelf_of(config) is shelves.shelf_of(config)


def test_only_its_owner_reads_them(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Folder(tmp_path / "files").put(GOOD, b"seen")
    finally:
        os.umask(before)
    rights = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "files", *(tmp_path / "files").rglob("*"))]
    assert rights == [0o700, 0o700, 0o600]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_full_or_dead_disk_is_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    files, fsync = Folder(tmp_path / "files"), os.fsync
    files.put(GOOD, b"seen")

    def fails(descriptor: int) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match=os.strerror(number)):
        files.put(f"ab/{'1' * 38}", b"more")
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == ["0" * 38]


def test_what_a_power_cut_left_is_no_file_and_is_cleared_when_it_is_old(tmp_path: Path) -> None:
    files = Folder(tmp_path / "files")
    files.put(GOOD, b"seen")
    half = tmp_path / "files" / "ab" / f".{'2' * 32}"
    half.write_bytes(b"se")
    files.clear(now() - DAY)
    assert half.exists()
    assert list(files.names()) == [GOOD]
    files.clear(now() + HOUR)
    assert not half.exists()
    assert list(files.names()) == [GOOD]


# ---- a bucket --------------------------------------------------------------------------------------------------------


@pytest.fixture
def nobody(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Store, socket.socket]]:
    """A store that takes connections and never answers, and its end of them."""
    request.getfixturevalue("bucket_keys")
    monkeypatch.setattr(shelves, "ANSWER", timedelta(milliseconds=200))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.setblocking(False)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        yield Store(bucket_of(f"s3://bucket?endpoint={address}")), silent


def asked(silent: socket.socket) -> int:
    """How many connections came since it was asked."""
    found = 0
    while True:
        try:
            silent.accept()[0].close()
        except BlockingIOError:
            return found
        found += 1


def test_a_silent_store_keeps_one_page_waiting_and_not_the_next(
    nobody: tuple[Store, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    files, silent = nobody
    with pytest.raises(NoAnswer):
        files.get(GOOD)
    assert asked(silent)
    for ask in (lambda: files.get(GOOD), lambda: files.put(GOOD, b"x"), lambda: files.remove([GOOD])):
        with pytest.raises(NoAnswer):
            ask()
    with pytest.raises(NoAnswer):
        list(files.names())
    assert asked(silent) == 0
    monkeypatch.setattr(shelves, "PAUSE_SECONDS", 0)
    with pytest.raises(NoAnswer):
        files.get(GOOD)
    assert asked(silent)


def test_after_a_silence_it_is_used_again(bucket_url: str) -> None:
    files = Store(bucket_of(bucket_url))
    files._silent = True
    files.put(GOOD, b"seen")
    assert not files._silent


@pytest.mark.usefixtures("bucket_keys")
def test_a_bucket_that_is_not_there_is_no_missing_photo(storage: str) -> None:
    files = Store(bucket_of(f"s3://elsewhere?endpoint={storage}"))
    for ask in (lambda: files.get(GOOD), lambda: files.put(GOOD, b"x"), lambda: files.remove([GOOD])):
        with pytest.raises(NoAnswer):
            ask()
    with pytest.raises(NoAnswer):
        list(files.names())


def test_in_a_copy_of_the_process_nobody_waits_for_ever(bucket_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The threads that wait for the store are not there in a copy: it says so at once."""
    files = Store(bucket_of(bucket_url))
    files.put(GOOD, b"seen")
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(NoAnswer):
        files.get(GOOD)


@pytest.mark.usefixtures("bucket_keys")
def test_nothing_is_asked_before_it_is_needed() -> None:
    assert Store(bucket_of("s3://bucket?endpoint=http://127.0.0.1:9"))._opened is None

"""Backups of content: all of it comes back, on either database; what is damaged is refused before anything changes."""

import errno
import os
import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert

from app.accounts.models import AccountRow
from app.config import Config, bucket_at
from app.db import NullPool, db, now, upgrade, upgrade_store
from app.home.commands import start
from app.keystore import backup_key, key_of
from app.media.shelf import NoAnswer, new_name, shelf_of
from app.people.models import PERSON
from app.safekeeping import content, dump, folder, keys, photos, store, tables
from app.safekeeping import restore as restores
from app.safekeeping.drill import drill
from app.safekeeping.nouns import Damaged, Trouble
from app.safekeeping.restore import restore
from app.scope import load
from app.vault import new_secret
from tests.cast import Cast
from tests.safekeeping.help import backed_up, elsewhere, flipped, rows_of, running
from tests.support.databases import _environment, _postgres_environment
from tests.support.full import size
from tests.support.rows import fill

NewEnvironment = Callable[..., dict[str, str]]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def there(config: Config, new_environment: NewEnvironment) -> Config:
    """A product with the same keys and an empty content database."""
    return elsewhere(config, new_environment(migrated=False))


# ---- it comes back ---------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
@pytest.mark.usefixtures("cast")
def test_every_row_comes_back_as_it_was(app: Flask, config: Config, place: Path, there: Config) -> None:
    engine = create_engine(config.database_url, poolclass=NullPool)
    fill(engine, without="migration")
    moment = backed_up(app, place)
    restored = restore(there, place, None, None)
    before, after = rows_of(config.database_url), rows_of(there.database_url)
    assert restored.moment == moment
    assert restored.counts == {name: len(rows) for name, rows in before.items()}
    for name, rows in before.items():
        assert rows, name
        assert after[name] == rows, name
    # Those that only this test filled in.
    assert restored.keyless == 2


@pytest.mark.both_databases
def test_the_other_database_reads_it_too(
    cast: Cast, app: Flask, config: Config, place: Path, *, database_kind: str, postgres_url: str, tmp_path: Path
) -> None:
    backed_up(app, place)
    there = elsewhere(
        config,
        _environment(tmp_path / "other")
        if database_kind == "postgresql"
        else _postgres_environment(postgres_url, tmp_path / "other", f"cross_{tmp_path.name}_{os.getpid()}"),
    )
    restore(there, place, None, None)
    assert rows_of(there.database_url) == rows_of(config.database_url)
    with running(there) as restored, restored.app_context():
        assert load(cast.sara, PERSON).name(cast.people["sara"]) == "Sara"


@pytest.mark.both_databases
def test_a_newer_product_restores_an_older_backup_and_migrates_it(
    config: Config, new_environment: NewEnvironment, place: Path, there: Config
) -> None:
    old = elsewhere(config, new_environment(migrated=False))
    upgrade_store("content", old.database_url, "0003")
    upgrade_store("keys", old.keys_url)
    with running(old) as app:
        backed_up(app, place)
    restore(there, place, None, None)
    upgrade(there)
    engine = create_engine(there.database_url, poolclass=NullPool)
    with engine.connect() as connection:
        assert store.revision_of(connection, "content") > "0010"


def test_making_a_backup_migrates_nothing(config: Config, new_environment: NewEnvironment, place: Path) -> None:
    old = elsewhere(config, new_environment(migrated=False))
    upgrade_store("content", old.database_url, "0003")
    with running(old) as app:
        backed_up(app, place)
    with create_engine(old.database_url, poolclass=NullPool).connect() as connection:
        assert store.revision_of(connection, "content") == "0003"


@pytest.mark.usefixtures("family")
def test_a_backup_of_a_newer_product_is_refused(
    app: Flask, place: Path, there: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "revision_of", lambda _connection, _store: "9999")
    backed_up(app, place)
    with pytest.raises(Trouble, match="newer version"):
        restore(there, place, None, None)
    assert untouched(there)


def test_an_older_one_of_two_is_restored_when_it_is_meant(app: Flask, place: Path, there: Config) -> None:
    with app.test_request_context():
        first = start(["Sara"], "Europe/Brussels").plan
    earlier = backed_up(app, place)
    with app.test_request_context():
        start(["Lies"], "Europe/Brussels")
    later = backed_up(app, place)
    assert earlier < later
    assert restore(there, place, earlier, None).counts["plan"] == 1
    assert list(rows_of(there.database_url)["plan"]) == [first]
    with pytest.raises(Trouble, match=f"It holds: {earlier}, {later}"):
        content.choose(place, "20010101T000000.000Z")


# ---- photos ----------------------------------------------------------------------------------------------------------


def keep_photo(app: Flask, plan: UUID) -> list[str]:
    """A photo with its two files; their names."""
    from app.media.models import MediumRow
    from app.vault import seal

    photo, names = uuid4(), [new_name(), new_name()]
    with app.app_context():
        for name, size in zip(names, ("small", "large"), strict=True):
            sealed = seal(key_of(plan), f"photo/{size}", photo, b"RIFF....WEBP" + os.urandom(500))
            shelf_of(app.extensions["onsplan.config"]).put(name, sealed)
        row = MediumRow(
            id=photo, plan_id=plan, sort="photo", small=names[0], large=names[1], size=1000, created_at=now()
        )
        db.session.add(row)
        db.session.commit()
    return names


def test_photo_files_come_back_and_lie_in_a_folder_once(
    family: UUID, app: Flask, config: Config, place: Path, there: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = keep_photo(app, family)
    backed_up(app, place)
    copied: list[str] = []
    get = photos.get
    monkeypatch.setattr(photos, "get", lambda shelf, name: copied.append(name) or get(shelf, name))
    more = keep_photo(app, family)
    backed_up(app, place)
    assert sorted(copied) == sorted(more)
    assert restore(there, place, None, None).photos == 6
    for name in (*names, *more):
        assert get(shelf_of(there), name) == get(shelf_of(config), name) is not None


def test_a_copy_that_went_bad_is_made_anew_by_the_next_backup(
    family: UUID, app: Flask, place: Path, there: Config
) -> None:
    names = keep_photo(app, family)
    first = backed_up(app, place)
    flipped(copy_of(place, names[0]), 7)
    with pytest.raises(Damaged):
        restore(there, place, first, None)
    backed_up(app, place)
    assert restore(there, place, first, None).photos == 4


def forget_photo(app: Flask, names: list[str]) -> None:
    """What the tidying does 30 days after a family took a photo away."""
    from app.media.models import MediumRow

    with app.app_context():
        db.session.query(MediumRow).filter(MediumRow.small == names[0]).delete()
        db.session.commit()
        shelf_of(app.extensions["onsplan.config"]).remove(names)


def test_a_photo_that_was_taken_away_goes_with_the_last_backup_that_names_it(
    family: UUID, app: Flask, place: Path, there: Config
) -> None:
    names, stays = keep_photo(app, family), keep_photo(app, family)
    first = backed_up(app, place)
    forget_photo(app, names)
    second = backed_up(app, place)
    assert all(copy_of(place, name).is_file() for name in (*names, *stays))
    shutil.rmtree(place / first)
    third = backed_up(app, place)
    assert not any(copy_of(place, name).exists() for name in names)
    assert restore(there, place, second, None).photos == 4
    assert folder.found(place, folder.CONTENT) == [second, third]


def test_while_a_backup_cannot_be_read_no_photo_that_it_may_name_goes(family: UUID, app: Flask, place: Path) -> None:
    names = keep_photo(app, family)
    first = backed_up(app, place)
    forget_photo(app, names)
    flipped(place / first / content.FILES, -3)
    backed_up(app, place)
    assert all(copy_of(place, name).is_file() for name in names)


def test_a_photo_that_was_erased_meanwhile_does_not_stop_a_backup(
    family: UUID, app: Flask, config: Config, place: Path, there: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = keep_photo(app, family)
    monkeypatch.setattr(photos, "named_now", lambda _url: set())
    for name in names:
        (config.data / "files" / name).unlink()
    with app.app_context():
        assert content.make(config, place, backup_key(make=True)).lost == 0
    assert restore(there, place, None, None).photos == 4


def test_photos_that_the_server_lost_are_counted(family: UUID, app: Flask, config: Config, place: Path) -> None:
    names = keep_photo(app, family)
    (config.data / "files" / names[0]).unlink()
    with app.app_context():
        assert content.make(config, place, backup_key(make=True)).lost == 1


def test_a_store_of_photos_that_does_not_answer_is_a_sentence(
    family: UUID, app: Flask, place: Path, there: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent:
        def get(self, _name: str) -> bytes:
            raise NoAnswer

        def put(self, _name: str, _data: bytes) -> None:
            raise NoAnswer

    first = backed_up(app, place)
    keep_photo(app, family)
    for module in (content, restores):
        monkeypatch.setattr(module, "shelf_of", lambda _config: Silent())
    with pytest.raises(Trouble, match="does not answer"):
        backed_up(app, place)
    with pytest.raises(Trouble, match="does not answer"):
        restore(there, place, None, None)
    assert folder.found(place, folder.CONTENT) == [first]
    assert untouched(there)


def test_photos_in_a_bucket_come_back_to_a_bucket(
    config: Config, place: Path, there: Config, bucket_url: str, secret: bytes
) -> None:
    bucket = replace(config, files=bucket_at(bucket_url))
    with running(bucket) as shelved, shelved.test_request_context():
        names = keep_photo(shelved, start(["Sara"], "Europe/Brussels").plan)
    files = shelf_of(bucket)
    kept = {name: files.get(name) for name in names}
    content.make(bucket, place, secret)
    keys.make(bucket, place.parent / "keys")
    files.remove(names)
    assert drill(bucket, place, place.parent / "keys").is_well
    assert list(files.names()) == []
    restore(replace(there, files=bucket.files), place, None, None)
    assert {name: files.get(name) for name in files.names()} == kept


def copy_of(place: Path, name: str) -> Path:
    return place / "files" / name


# ---- damage ----------------------------------------------------------------------------------------------------------


def untouched(config: Config) -> bool:
    """Whether a restore that was refused left nothing behind."""
    path = Path(config.database_url.removeprefix("sqlite:///"))
    return not (path.exists() and rows_of_any(config)) and not (config.data / "files").exists()


def rows_of_any(config: Config) -> bool:
    with create_engine(config.database_url, poolclass=NullPool).connect() as connection:
        return any(store.has_rows(connection, shape) for shape in store.shapes(connection))


@pytest.fixture
def family(app: Flask) -> UUID:
    """A plan with a photo."""
    with app.test_request_context():
        plan = start(["Sara", "Jef"], "Europe/Brussels").plan
    keep_photo(app, plan)
    return plan


@pytest.fixture
def secret(app: Flask) -> bytes:
    """What backups are sealed with."""
    with app.app_context():
        return backup_key(make=True)


@pytest.fixture
def two(family: UUID, app: Flask, place: Path) -> tuple[str, str]:
    """Two backups with a photo."""
    assert family
    return backed_up(app, place), backed_up(app, place)


def files_of(place: Path, moment: str) -> list[Path]:
    return [*sorted((place / moment).iterdir()), *sorted((place / "files").glob("*/*"))]


@settings(max_examples=size(40, 1500), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(0), at=st.integers(0), bit=st.integers(0, 7))
def test_one_bit_of_it_that_changed_anywhere_is_found(
    two: tuple[str, str], place: Path, secret: bytes, which: int, at: int, *, bit: int
) -> None:
    files = files_of(place, two[1])
    path = files[which % len(files)]
    whole = path.read_bytes()
    flipped(path, at, bit)
    with pytest.raises(Trouble):
        content.check(place, two[1], secret)
    path.write_bytes(whole)


@settings(max_examples=size(15, 500), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(0), kept=st.floats(0, 1, exclude_max=True))
def test_a_file_of_it_that_was_cut_off_anywhere_is_found(
    two: tuple[str, str], place: Path, secret: bytes, which: int, kept: float
) -> None:
    files = files_of(place, two[1])
    path = files[which % len(files)]
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(Trouble):
        content.check(place, two[1], secret)
    path.write_bytes(whole)


@pytest.mark.parametrize("which", range(5))
def test_whatever_file_of_it_is_damaged_nothing_is_touched(
    two: tuple[str, str], place: Path, there: Config, which: int
) -> None:
    path = files_of(place, two[1])[which]
    flipped(path, path.stat().st_size // 2)
    with pytest.raises(Damaged):
        restore(there, place, None, None)
    assert untouched(there)


def swap(one: Path, other: Path) -> None:
    held = one.with_name("held")
    one.rename(held)
    other.rename(one)
    held.rename(other)


@pytest.mark.parametrize("name", ["rows", "files", "manifest"])
def test_a_file_that_is_missing_or_of_another_backup_refuses_all_of_it(
    two: tuple[str, str], place: Path, there: Config, name: str
) -> None:
    swap(place / two[0] / name, place / two[1] / name)
    for moment in two:
        with pytest.raises(Damaged):
            restore(there, place, moment, None)
    (place / two[1] / name).unlink()
    with pytest.raises(Damaged, match=name):
        restore(there, place, two[1], None)
    assert untouched(there)


def test_two_whole_backups_that_change_names_are_refused(two: tuple[str, str], place: Path, there: Config) -> None:
    swap(place / two[0], place / two[1])
    for moment in two:
        with pytest.raises(Damaged):
            restore(there, place, moment, None)
    assert untouched(there)


@pytest.mark.usefixtures("two")
def test_photo_files_that_are_missing_or_change_names_are_refused(place: Path, there: Config) -> None:
    one, other = sorted((place / "files").glob("*/*"))
    swap(one, other)
    with pytest.raises(Damaged, match="photo file"):
        restore(there, place, None, None)
    one.unlink()
    with pytest.raises(Damaged, match="photo file"):
        restore(there, place, None, None)
    assert untouched(there)


@pytest.mark.usefixtures("family")
def test_a_backup_of_another_key_store_is_refused(app: Flask, place: Path) -> None:
    backed_up(app, place)
    with pytest.raises(Trouble, match="another key store"):
        content.check(place, content.choose(place, None), new_secret())


# ---- what is there is never destroyed --------------------------------------------------------------------------------


@pytest.mark.both_databases
@pytest.mark.usefixtures("family")
def test_a_database_with_anything_in_it_is_never_touched(app: Flask, config: Config, place: Path) -> None:
    backed_up(app, place)
    before = rows_of(config.database_url)
    with pytest.raises(Trouble, match="not empty"):
        restore(config, place, None, None)
    assert rows_of(config.database_url) == before


@pytest.mark.both_databases
def test_a_database_of_something_else_is_never_touched(there: Config) -> None:
    engine = create_engine(there.database_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE recipes (name VARCHAR(10))")
    with pytest.raises(Trouble, match="not empty"):
        tables.refuse_filled("content", there.database_url)


@pytest.mark.both_databases
def test_an_empty_database_that_was_migrated_is_filled(
    app: Flask, config: Config, new_environment: NewEnvironment, place: Path
) -> None:
    with app.test_request_context():
        start(["Sara"], "Europe/Brussels")
    backed_up(app, place)
    there = elsewhere(config, new_environment())
    restore(there, place, None, None)
    assert rows_of(there.database_url) == rows_of(config.database_url)


@pytest.mark.both_databases
@pytest.mark.parametrize("fails", ["bring_to_newest", "end_again"])
@pytest.mark.usefixtures("family")
def test_a_restore_that_stops_halfway_keeps_the_server_from_starting_and_begins_anew(
    app: Flask, config: Config, place: Path, there: Config, *, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    from app import endings
    from app.db import HalfRestored

    backed_up(app, place)

    def fail(*_given: Any) -> None:
        raise RuntimeError("a power cut")

    with monkeypatch.context() as patch:
        if fails == "end_again":
            patch.setattr(endings, "noted", fail)
        else:
            real = tables.upgrade_store
            patch.setattr(
                tables, "upgrade_store", lambda kept, url, to="head": fail() if to == "head" else real(kept, url, to)
            )
        with pytest.raises(RuntimeError):
            restore(there, place, None, None)
    with pytest.raises(HalfRestored):
        upgrade(there)
    restore(there, place, None, None)
    upgrade(there)
    assert rows_of(there.database_url) == rows_of(config.database_url)


@pytest.mark.both_databases
@pytest.mark.usefixtures("family")
def test_rows_that_refer_to_nothing_are_not_taken_in(
    app: Flask, place: Path, there: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = store.shapes
    with monkeypatch.context() as patch:
        patch.setattr(dump.store, "shapes", lambda connection: [s for s in whole(connection) if s.name != "person"])
        backed_up(app, place)
    with pytest.raises(Trouble, match="refer to rows that are not in it"):
        restore(there, place, None, None)
    assert not rows_of_any(there)


# ---- where it lies ---------------------------------------------------------------------------------------------------


def test_only_its_owner_reads_it_and_names_say_only_the_moment(family: UUID, app: Flask, place: Path) -> None:
    keep_photo(app, family)
    moment = backed_up(app, place)
    paths = [place, *place.rglob("*")]
    for path in paths:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
    assert {path.name for path in place.iterdir()} == {moment, "files", ".lock"}
    assert {path.name for path in (place / moment).iterdir()} == {"rows", "files", "manifest"}


def test_it_must_not_lie_in_the_data_folder(app: Flask, config: Config) -> None:
    for where in (config.data, config.data / "backups", config.data / "keys"):
        with pytest.raises(Trouble, match="ONSPLAN_DATA"):
            backed_up(app, where)
    assert not (config.data / "backups").exists()


@pytest.mark.usefixtures("family")
def test_what_was_only_begun_is_no_backup_and_goes_with_the_next(app: Flask, place: Path) -> None:
    whole = backed_up(app, place)
    # As a killed process leaves it.
    shutil.copytree(place / whole, place / "20990101T000000.000Z.part")
    (place / "files" / "ab").mkdir(parents=True)
    (place / "files" / "ab" / "abcd.part").write_bytes(b"half")
    assert folder.found(place, folder.CONTENT) == [whole]
    assert content.choose(place, None) == whole
    backed_up(app, place)
    assert not list(place.rglob("*.part"))


@pytest.mark.usefixtures("family")
def test_a_backup_that_fails_leaves_nothing_half(app: Flask, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = backed_up(app, place)

    def fail(*_given: Any) -> Iterator[Any]:
        raise RuntimeError("anything")

    monkeypatch.setattr(photos, "copy", fail)
    with pytest.raises(RuntimeError):
        backed_up(app, place)
    assert {path.name for path in place.iterdir()} == {first, "files", ".lock"}


@pytest.mark.usefixtures("family")
def test_two_at_once_do_not_meet(app: Flask, place: Path) -> None:
    with folder.alone(place), pytest.raises(Trouble, match="Another backup is being written"):
        backed_up(app, place)
    backed_up(app, place)


@pytest.mark.parametrize("at", [0, 100, 6_000])
@pytest.mark.usefixtures("family")
def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    app: Flask, config: Config, place: Path, secret: bytes, monkeypatch: pytest.MonkeyPatch, *, at: int
) -> None:
    first = backed_up(app, place)
    opens = os.fdopen

    @contextmanager
    def full(*given: Any) -> Iterator[Any]:
        room = [at]
        with opens(*given) as file:

            def refuse(data: bytes) -> int:
                room[0] -= len(data)
                if room[0] < 0:
                    raise OSError(errno.ENOSPC, "No space left on device")
                return file.write(data)

            yield SimpleNamespace(write=refuse, flush=file.flush, fileno=file.fileno)

    with monkeypatch.context() as patch:
        patch.setattr(folder.os, "fdopen", full)
        with pytest.raises(Trouble, match="is full: this backup was not made"):
            content.make(config, place, secret)
    assert folder.found(place, folder.CONTENT) == [first]
    assert not list(place.rglob("*.part"))


def test_a_folder_that_cannot_be_used_is_a_sentence(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(Trouble, match="cannot be used: "):
        backed_up(app, tmp_path / "a file")


def test_without_a_database_there_is_nothing_to_back_up(config: Config, tmp_path: Path, place: Path) -> None:
    nowhere = replace(config, database_url=f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(Trouble, match="nothing to back up"):
        content.make(nowhere, place, new_secret())
    assert not (tmp_path / "none.db").exists()
    assert errno.ENOSPC in folder.FULL
    with pytest.raises(Trouble, match="holds no whole backup"):
        content.choose(place, None)


@pytest.mark.both_databases
def test_it_never_holds_a_table_in_memory(
    app: Flask, config: Config, place: Path, secret: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dump, "MESSAGE_BYTES", 100_000)
    monkeypatch.setattr(store, "FETCHED", 10)
    rows = [{"id": uuid4(), "sealed": os.urandom(10_000), "created_at": now()} for _ in range(600)]
    with create_engine(config.database_url, poolclass=NullPool).begin() as connection:
        connection.execute(insert(AccountRow), rows)
    rows.clear()
    moments = []
    for work in (lambda: moments.append(backed_up(app, place)), lambda: content.check(place, moments[0], secret)):
        tracemalloc.start()
        work()
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
        tracemalloc.stop()

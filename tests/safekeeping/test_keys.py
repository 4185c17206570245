"""Backups of keys: apart from content, sealed with the master key, 35 days at most; and a new master key."""

import base64
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask

from app import cli, keystore
from app.config import Config
from app.db import now, upgrade
from app.home.commands import start
from app.host import commands
from app.host.commands import rotate_master_key
from app.keystore import backup_key, key_of, opens
from app.safekeeping import content, folder, keys
from app.safekeeping.drill import drill
from app.safekeeping.nouns import Damaged, Trouble
from app.safekeeping.restore import restore
from app.vault import new_secret
from tests.cast import Cast
from tests.safekeeping.help import backed_up, flipped, rows_of, running
from tests.support import copies


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "content"


@pytest.fixture
def keys_place(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def lost(config: Config, environment: dict[str, str]) -> Config:
    """A machine on which all is lost but the master key."""
    return replace(Config.from_env(environment), master_key=config.master_key)


@pytest.mark.both_databases
def test_with_both_backups_and_the_master_key_all_comes_back(
    cast: Cast, app: Flask, config: Config, place: Path, keys_place: Path, *, new_environment: Any
) -> None:
    backed_up(app, place)
    made = keys.make(config, keys_place)
    there = lost(config, new_environment(migrated=False))
    restored = restore(there, place, None, keys_place)
    assert restored.keys == made.moment
    assert rows_of(there.database_url) == rows_of(config.database_url)
    with app.app_context():
        mine = key_of(cast.plan).secret
    with running(there) as other, other.app_context():
        assert key_of(cast.plan).secret == mine
    upgrade(there)


def test_an_ending_that_only_the_backup_of_keys_knows_is_repeated(
    cast: Cast, app: Flask, config: Config, place: Path, keys_place: Path, *, new_environment: Any
) -> None:
    from app.accounts.commands import end_places_of
    from app.sharing.commands import end_for_good
    from app.sharing.seats import share_of_token

    backed_up(app, place)
    with app.app_context():
        assert share_of_token(cast.tokens["oma"]) is not None
        end_for_good(cast.id("share oma"))
        end_places_of(cast.id("share oma"))
    keys.make(config, keys_place)
    there = lost(config, new_environment(migrated=False))
    assert restore(there, place, None, keys_place).ended > 0
    with running(there) as other, other.app_context():
        assert share_of_token(cast.tokens["oma"]) is None


def test_plans_that_began_after_the_keys_were_backed_up_are_counted(
    app: Flask, config: Config, place: Path, keys_place: Path, *, new_environment: Any
) -> None:
    with app.test_request_context():
        start(["Sara"], "Europe/Brussels")
        backup_key(make=True)
    keys.make(config, keys_place)
    with app.test_request_context():
        start(["Lies"], "Europe/Brussels")
    backed_up(app, place)
    assert restore(lost(config, new_environment(migrated=False)), place, None, keys_place).keyless == 1
    drilled = drill(config, place, keys_place)
    assert not drilled.is_well
    assert drilled.closed["plan"] == 1
    keys.make(config, keys_place)
    assert drill(config, place, keys_place).is_well


def test_those_of_more_than_35_days_ago_are_removed(app: Flask, config: Config, keys_place: Path) -> None:
    with app.app_context():
        backup_key(make=True)
    with time_machine.travel(now() - timedelta(days=36), tick=True):
        keys.make(config, keys_place)
    with time_machine.travel(now() - timedelta(days=34), tick=True):
        kept = keys.make(config, keys_place)
    (keys_place / "a letter of mine.keys").write_text("")
    made = keys.make(config, keys_place)
    assert (kept.gone, made.gone) == (0, 1)
    assert folder.found(keys_place, folder.KEYS) == [kept.moment, made.moment]
    assert (keys_place / "a letter of mine.keys").exists()


def test_only_its_owner_reads_it_and_its_name_says_only_the_moment(
    app: Flask, config: Config, keys_place: Path
) -> None:
    with app.app_context():
        secret = backup_key(make=True)
    made = keys.make(config, keys_place)
    assert {path.name for path in keys_place.iterdir()} == {f"{made.moment}.keys", ".lock"}
    for path in keys_place.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
        assert secret not in path.read_bytes()
        assert config.master_key not in path.read_bytes()


def test_content_and_keys_never_lie_together(app: Flask, config: Config, place: Path, keys_place: Path) -> None:
    backed_up(app, place)
    keys.make(config, keys_place)
    for where in (place, place / "keys", place.parent):
        with pytest.raises(Trouble, match=r"Backups of content lie in .*: keep content and its keys apart"):
            keys.make(config, where)
    for where in (keys_place, keys_place / "content"):
        with pytest.raises(Trouble, match="Backups of keys lie in"):
            backed_up(app, where)
    with pytest.raises(Trouble, match="ONSPLAN_DATA"):
        keys.make(config, config.data / "keys")


def test_one_that_is_damaged_or_of_another_master_key_changes_nothing(
    app: Flask, config: Config, place: Path, keys_place: Path, *, new_environment: Any
) -> None:
    backed_up(app, place)
    made = keys.make(config, keys_place)
    there = lost(config, new_environment(migrated=False))
    with pytest.raises(Trouble, match="Another master key"):
        restore(replace(there, master_key=new_secret()), place, None, keys_place)
    path = keys_place / f"{made.moment}.keys"
    whole = path.read_bytes()
    for at in (100, len(whole) - 1):
        flipped(path, at)
        with pytest.raises(Damaged):
            restore(there, place, None, keys_place)
        path.write_bytes(whole)
    path.write_bytes(whole[:-20])
    with pytest.raises(Damaged):
        restore(there, place, None, keys_place)
    path.write_bytes(whole)
    path.rename(keys_place / "20990101T000000.000Z.keys")
    with pytest.raises(Damaged):
        restore(there, place, None, keys_place)
    (keys_place / "20990101T000000.000Z.keys").unlink()
    with pytest.raises(Trouble, match="holds no whole backup of keys"):
        restore(there, place, None, keys_place)
    assert not (there.data / "plan.db").exists() or not any(rows_of(there.database_url).values())


def test_a_damaged_backup_of_content_leaves_the_key_store_empty(
    app: Flask, config: Config, place: Path, keys_place: Path, *, new_environment: Any
) -> None:
    moment = backed_up(app, place)
    keys.make(config, keys_place)
    flipped(place / moment / "rows", 300)
    there = lost(config, new_environment(migrated=False))
    with pytest.raises(Damaged):
        restore(there, place, None, keys_place)
    assert keys.check(there, keys_place).moment


def test_a_key_store_with_keys_in_it_is_never_replaced(
    app: Flask, config: Config, place: Path, keys_place: Path, *, new_environment: Any
) -> None:
    with app.test_request_context():
        start(["Sara"], "Europe/Brussels")
    backed_up(app, place)
    keys.make(config, keys_place)
    there = Config.from_env(new_environment(migrated=False))
    half = replace(config, data=there.data, database_url=there.database_url)
    with pytest.raises(Trouble, match="leave out --keys"):
        restore(half, place, None, keys_place)
    restore(half, place, None, None)


def test_a_new_key_store_says_that_the_old_one_is_missed(
    app: Flask, config: Config, place: Path, keys_place: Path, *, new_environment: Any
) -> None:
    keys.make(config, keys_place)
    backed_up(app, place)
    there = lost(config, new_environment(migrated=False))
    with pytest.raises(Trouble, match="add --keys"):
        restore(there, place, None, None)
    with pytest.raises(Trouble, match="No backup of content was made before"):
        restore(there, place, None, keys_place)


# ---- a new master key ------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_a_backup_from_before_a_new_master_key_restores_after_it(
    cast: Cast, app: Flask, config: Config, place: Path, keys_place: Path, *, new_environment: Any
) -> None:
    backed_up(app, place)
    keys.make(config, keys_place)
    with app.app_context():
        file = rotate_master_key(config, config.data / "keys" / "master.key")
    new = base64.b64decode(file.read_text())
    there = replace(lost(config, new_environment(migrated=False)), keys_url=config.keys_url, master_key=new)
    restore(there, place, None, None)
    assert rows_of(there.database_url) == rows_of(config.database_url)
    with running(there) as other, other.app_context():
        assert key_of(cast.plan)
    # The backup of keys is of the old master key, and of content it says nothing else.
    drilled = drill(config, place, keys_place)
    assert drilled.is_well
    renewed = replace(config, master_key=new)
    with pytest.raises(Trouble, match="to the one of then"):
        drill(renewed, place, keys_place)
    keys.make(renewed, keys_place)
    assert drill(renewed, place, keys_place).is_well


@pytest.mark.parametrize("where", ["before any is wrapped", "between two", "before the file has its name"])
def test_a_new_master_key_that_is_interrupted_is_for_all_keys_or_none_and_goes_on(
    environment: dict[str, str], config: Config, app: Flask, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    for name, setting in environment.items():
        monkeypatch.setenv(name, setting)
    with app.test_request_context():
        plan = start(["Sara"], "Europe/Brussels").plan
        backup_key(make=True)
        secret = key_of(plan).secret
    assert _killed_while_rotating(where) == 9
    file = config.data / "keys" / "master.key"
    masters = [config.master_key, base64.b64decode(file.with_name("master.key.next").read_text())]
    with app.app_context():
        assert [opens(master) for master in masters].count(True) == 1
    assert CliRunner().invoke(cli.cli, ["keys", "rotate"]).exit_code == 0
    new = base64.b64decode(file.read_text())
    assert new == masters[1]
    assert not file.with_name("master.key.next").exists()
    with running(replace(config, master_key=new)) as other, other.app_context():
        assert key_of(plan).secret == secret
        assert backup_key(make=False)


def _killed_while_rotating(where: str) -> int:
    """Rotate in a copy of this process that ends there and then, as a killed one does; its exit code."""

    def die(*_given: Any) -> None:
        os._exit(9)

    def rotate() -> None:
        if where == "before any is wrapped":
            commands.rewrap = die
        elif where == "between two":
            keystore._rewrap_named = die
        else:
            Path.replace = die  # type: ignore[method-assign, assignment]
        CliRunner().invoke(cli.cli, ["keys", "rotate"])

    return os.waitstatus_to_exitcode(copies.done(rotate))


def test_a_master_key_that_is_not_the_one_stops_a_rotation(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    with app.app_context():
        backup_key(make=True)
    for name, setting in environment.items():
        monkeypatch.setenv(name, setting)
    monkeypatch.setenv("ONSPLAN_MASTER_KEY", base64.b64encode(new_secret()).decode())
    result = CliRunner().invoke(cli.cli, ["keys", "rotate"])
    assert result.exit_code == 2
    assert result.stderr.startswith("The key store is wrapped with another master key")


def test_a_drill_says_when_backups_are_old(app: Flask, config: Config, place: Path, keys_place: Path) -> None:
    with time_machine.travel(now() - timedelta(days=9), tick=True):
        backed_up(app, place)
    keys.make(config, keys_place)
    drilled = drill(config, place, keys_place)
    assert drilled.old == ("content",)
    assert not drilled.is_well
    assert content.choose(place, None)

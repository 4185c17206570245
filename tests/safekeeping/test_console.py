"""The operator's commands for backups: what they say, how they end, and that nothing of a family is in it."""

import os
import re
import shutil
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from click.testing import CliRunner, Result
from flask import Flask

from app.cli import cli
from app.config import Config
from app.db import now
from app.keystore import key_of
from app.safekeeping import folder
from tests.armour.test_sealed import found_in, words_of
from tests.cast import Cast
from tests.safekeeping import families
from tests.safekeeping.help import flipped, rows_of
from tests.support.databases import _environment


@pytest.fixture(autouse=True)
def _settings(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("ONSPLAN_")]:
        monkeypatch.delenv(name)
    for name, setting in environment.items():
        monkeypatch.setenv(name, setting)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "content"


@pytest.fixture
def keys_place(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def well(*words: object) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    return result.stderr


def refused(*words: object) -> str:
    result = run(*words)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.stderr.strip()


@pytest.mark.usefixtures("cast")
def test_all_is_lost_and_comes_back_as_the_operators_page_says(
    config: Config, place: Path, keys_place: Path, tmp_path: Path, *, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows_of(config.database_url)
    assert re.match(r"Backup \d{8}T\d{6}\.\d{3}Z: \d plans, \d+ rows and \d+ photo files, in ", well("backup", place))
    assert "keep that in a third place" in well("backup-keys", keys_place)
    said = well("drill", place, keys_place)
    assert "Nothing of this drill is left." in said
    assert said.endswith("The drill went well.\n")
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "keys").mkdir(parents=True)
    for name in ("master.key", "secret.key"):
        if (config.data / "keys" / name).exists():
            shutil.copy(config.data / "keys" / name, elsewhere / "keys" / name)
    for name, setting in _environment(elsewhere).items():
        monkeypatch.setenv(name, setting)
    assert "add --keys" in refused("restore", place)
    assert "The server may start again." in well("restore", place, "--keys", keys_place)
    assert rows_of(Config.from_env().database_url) == before
    assert "not empty" in refused("restore", place)
    assert well("migrate") == "The databases are up to date.\n"


def test_nothing_of_a_family_is_in_any_byte_of_it(
    cast: Cast, app: Flask, config: Config, place: Path, keys_place: Path
) -> None:
    from sqlalchemy import insert

    from app.db import db
    from app.media.models import MediumRow

    with app.app_context():
        db.session.execute(insert(MediumRow).values(**families.photo(app, cast.plan, sync=False)))
        db.session.commit()
        secrets = [key_of(cast.plan).secret, config.master_key]
    well("backup", place)
    well("backup-keys", keys_place)
    for made in (place, keys_place):
        data = b"".join(path.read_bytes() for path in sorted(made.rglob("*")) if path.is_file())
        assert len(data) > 1000
        # Three letters stand by chance in a hundred thousand random bytes.
        assert found_in(data, [word for word in words_of(cast) if len(word) > 4]) == []
        ids = [id for rows in rows_of(config.database_url).values() for id in rows]  # noqa: A001
        assert len(ids) > 200
        for one in ids:
            assert not any(form in data for form in _forms(one))
        assert not any(secret in data or secret.hex().encode() in data for secret in secrets)
        assert not any(name in data for name in (b"history_line", b"sealed", b"plan_id", b"2026-", b"wrapped"))


def _forms(one: UUID) -> tuple[bytes, ...]:
    return one.bytes, one.hex.encode(), str(one).encode(), one.bytes_le


def test_a_drill_that_does_not_go_well_says_so(cast: Cast, app: Flask, place: Path, keys_place: Path) -> None:
    from sqlalchemy import update

    from app.db import db
    from app.goals.models import GoalRow

    with app.app_context():
        db.session.execute(update(GoalRow).where(GoalRow.id == cast.id("goal of us")).values(sealed=os.urandom(40)))
        db.session.commit()
    with time_machine.travel(now() - timedelta(days=9), tick=True):
        well("backup-keys", keys_place)
        well("backup", place)
    assert "No backup of content was made before" in refused("drill", place, keys_place)
    well("backup-keys", keys_place)
    said = refused("drill", place, keys_place)
    assert said.endswith("This is not good: 1 of goal do not open; the backup of content is older than a week.")
    flipped(place / folder.found(place, folder.CONTENT)[-1] / "rows", 500)
    assert "damaged or incomplete (rows" in refused("drill", place, keys_place)


def test_what_cannot_be_done_is_a_sentence(config: Config, place: Path, keys_place: Path, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    assert "choose a folder on another disk" in refused("backup", config.data / "backups")
    assert "choose a folder on another disk" in refused("backup-keys", config.data / "keys")
    assert "does not exist" in refused("restore", tmp_path / "nowhere")
    assert "is a file" in refused("backup", tmp_path / "a file")
    well("backup", place)
    assert "keep content and its keys apart" in refused("backup-keys", place)
    well("backup-keys", keys_place)
    assert f"holds no backup of 20010101T000000.000Z. It holds: {folder.found(place, folder.CONTENT)[0]}." in refused(
        "restore", place, "20010101T000000.000Z"
    )
    assert "holds no whole backup of keys" in refused("drill", place, place)
    assert "holds no whole backup." in refused("drill", keys_place, keys_place)


def test_a_database_that_does_not_answer_is_a_sentence(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setenv("ONSPLAN_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    assert refused("backup", place).startswith("A database cannot be used: ")
    assert folder.found(place, folder.CONTENT) == []


def test_photos_that_are_not_there_are_said_and_the_rest_is_kept(cast: Cast, app: Flask, place: Path) -> None:
    from sqlalchemy import insert

    from app.db import db
    from app.media.models import MediumRow

    with app.app_context():
        row = families.photo(app, cast.plan, sync=False)
        db.session.execute(insert(MediumRow).values(**row))
        db.session.commit()
    (app.extensions["onsplan.config"].data / "files" / row["small"]).unlink()
    assert "1 photo files are not on the server" in refused("backup", place)
    assert len(folder.found(place, folder.CONTENT)) == 1


def test_a_server_does_not_start_over_half_a_restore(config: Config) -> None:
    from app.safekeeping import tables

    with tables.engine_of(config.database_url).begin() as connection:
        tables._marker.create(connection)
    for command in ("migrate", "tidy", "demo", "work"):
        assert refused(command).startswith("A restore was interrupted here")
    tables.done(config.database_url)
    well("migrate")

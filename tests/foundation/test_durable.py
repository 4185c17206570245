"""Saved is saved, on both stores: what an engine is told, and which database is not served."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url

from app.config import Config
from app.db import CannotUse, db, upgrade
from app.durable import refuse_forgetful
from app.main import create_app


@pytest.mark.parametrize("name", ["default", "keys"])
def test_both_stores_sync_each_commit(config: Config, name: str) -> None:
    """In the product itself: what other tests are given syncs nothing."""
    with create_app(config).app_context():
        with db.engines[name].connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        db.engines[name].dispose()


ON_POSTGRESQL = pytest.mark.parametrize(
    "database_kind", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


@ON_POSTGRESQL
def test_a_server_that_answers_before_it_saved_is_overruled(app: Flask, database_kind: str) -> None:
    """The server of the tests says `synchronous_commit = off`."""
    assert database_kind
    with app.app_context():
        for engine in db.engines.values():
            with engine.connect() as connection:
                assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


@ON_POSTGRESQL
def test_a_server_that_never_syncs_is_refused(config: Config, database_kind: str) -> None:
    assert database_kind
    with pytest.raises(CannotUse, match=r"loses what it saved .*: set fsync and full_page_writes to on\.$"):
        refuse_forgetful(config)


@pytest.mark.both_databases
def test_a_database_of_a_newer_version_is_refused_with_a_sentence(config: Config, database_kind: str) -> None:
    assert database_kind
    engine = create_engine(config.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE migration SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(CannotUse, match="is of a newer version of Ons Plan: update the product"):
        upgrade(config)


def test_a_database_that_cannot_be_migrated_is_refused_with_a_sentence(config: Config) -> None:
    """Tables that are there though nothing says which migration made them."""
    engine = create_engine(config.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM migration")
    engine.dispose()
    with pytest.raises(CannotUse, match=r"could not be brought to this version \(OperationalError\)"):
        upgrade(config)


def test_what_is_no_database_is_refused_with_a_sentence(config: Config) -> None:
    Path(make_url(config.database_url).database or "").write_bytes(b"no database at all" * 100)
    with pytest.raises(CannotUse, match="does not answer; nothing was changed"):
        upgrade(config)

"""The engines: careful where it costs little, silent about values, and back after the server was started anew."""

from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.config import Config
from app.db import db, now
from app.history.models import FormKey
from app.main import create_app

pytestmark = pytest.mark.both_databases


def test_an_error_of_the_database_never_holds_what_was_written(app: Flask) -> None:
    lost = FormKey.__table__.insert().values(id=uuid4(), plan_id=uuid4(), at=now())
    with app.app_context(), pytest.raises(IntegrityError) as failed:
        db.session.execute(lost)
    assert "hidden" in str(failed.value) or "hide_parameters" in str(failed.value)
    for name in ("default", "keys"):
        with app.app_context():
            assert db.get_engine(name).hide_parameters


def test_a_connection_that_was_cut_is_made_again(app: Flask, database_kind: str) -> None:
    for name in ("default", "keys"):
        with app.app_context():
            engine = db.get_engine(name)
            with engine.connect() as connection:
                connection.execute(text("SELECT 1"))
                raw = connection.connection.dbapi_connection
            assert raw is not None
            if database_kind == "postgresql":
                raw.close()
            with engine.connect() as connection:
                assert connection.execute(text("SELECT 1")).scalar() == 1


def test_sqlite_is_careful(config: Config, database_kind: str) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    if database_kind == "sqlite":
        # The product that other tests are given syncs nothing (tests/support/databases.py).
        with create_app(config).app_context():
            with db.get_engine().connect() as connection:
                found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
            db.get_engine().dispose()
        assert found == wanted


def test_nothing_asynchronous_is_left_behind_a_request(app: Flask) -> None:
    names = [end.__name__ for end in app.teardown_appcontext_funcs]
    assert "_close_sessions" in names
    assert "_close_async_sessions" not in names

"""A database or a disk in trouble: what people read, what they keep, what a monitor hears; with real errors too."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from app.db import db
from app.host import store
from app.trouble import Trouble, found_in
from tests.cast import Cast

NO_SPACE = 507
NOT_SAVED = "Bewaren lukt nu niet."
TYPED = {"words": "Samen naar zee"}


@pytest.fixture(autouse=True)
def tokens_off(app: Flask) -> None:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def sara(cast: Cast) -> FlaskClient:
    return cast.client_of("sara")


@pytest.fixture
def full(cast: Cast, app: Flask, sara: FlaskClient) -> Iterator[None]:
    """SQLite's own answer to a database that may not grow any more."""
    assert sara.get(f"/p/{cast.plan}/doelen").status_code == 200
    with app.app_context():
        engine = db.engine

    def small(connection: Any, *_more: Any) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(engine, "checkout", small)
    # What is left of the pages it has is soon written full.
    assert any(add(sara, cast).status_code == NO_SPACE for _again in range(20))
    yield
    event.remove(engine, "checkout", small)


@pytest.fixture
def away(sara: FlaskClient, app: Flask) -> Iterator[None]:
    """No statement is answered any more."""
    assert sara

    def gone(*_anything: Any) -> None:
        raise OperationalError("SELECT", None, psycopg.OperationalError("the connection is lost"))

    with app.app_context():
        engines = list(db.engines.values())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", gone)
    yield
    for engine in engines:
        event.remove(engine, "before_cursor_execute", gone)


def add(sara: FlaskClient, cast: Cast, *, htmx: bool = False, words: str = "Samen naar zee " * 100) -> Any:
    """A goal that needs more room than there is."""
    form = {"words": words, "form_key": uuid4().hex}
    return sara.post(f"/p/{cast.plan}/doelen", data=form, headers={"HX-Request": "true"} if htmx else {})


@pytest.mark.usefixtures("full")
def test_a_full_database_says_so_and_gives_the_words_back(cast: Cast, sara: FlaskClient) -> None:
    answer = add(sara, cast)
    assert answer.status_code == NO_SPACE
    assert NOT_SAVED in answer.text
    assert "Dit is nog niet bewaard." in answer.text
    assert "Samen naar zee Samen naar zee" in answer.text
    assert answer.headers["Retry-After"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'action="/p/{cast.plan}/doelen"' in answer.text


@pytest.mark.usefixtures("full")
def test_what_stands_in_the_plan_is_still_read(cast: Cast, sara: FlaskClient) -> None:
    add(sara, cast)
    page = sara.get(f"/p/{cast.plan}/doelen")
    assert page.status_code == 200
    assert cast.canary("goal of us") in page.text


@pytest.mark.usefixtures("full")
def test_who_was_away_for_days_reads_on_a_full_disk(cast: Cast, sara: FlaskClient) -> None:
    """Once a day a session's end moves on, which writes; that can wait."""
    from datetime import timedelta

    import time_machine

    from app.db import now

    with time_machine.travel(now() + timedelta(days=3)):
        assert sara.get(f"/p/{cast.plan}/doelen").status_code == 200


@pytest.mark.usefixtures("full")
def test_in_place_the_form_stays_and_the_sentence_is_said(cast: Cast, sara: FlaskClient) -> None:
    answer = add(sara, cast, htmx=True)
    assert answer.status_code == NO_SPACE
    assert answer.mimetype == "text/plain"
    assert answer.headers["X-Say"] == "1"
    assert answer.text == "Bewaren lukt nu niet. Wat je schreef, staat hier nog."


@pytest.mark.usefixtures("full")
def test_a_monitor_hears_that_somebody_could_not_save(cast: Cast, sara: FlaskClient, app: Flask) -> None:
    add(sara, cast)
    answer = app.test_client().get("/gezond")
    assert (answer.status_code, answer.text) == (503, "no space")


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_a_database_the_page_is_there_all_the_same(cast: Cast, sara: FlaskClient, method: str) -> None:
    answer = sara.open(f"/p/{cast.plan}/doelen", method=method, data=TYPED if method == "POST" else None)
    assert answer.status_code == 503
    assert "Het ligt aan ons, niet aan jou." in answer.text
    assert ("Samen naar zee" in answer.text) is (method == "POST")


@pytest.mark.usefixtures("away")
def test_snel_weg_leads_away_whatever_works(cast: Cast, sara: FlaskClient) -> None:
    assert cast
    answer = sara.post("/weg")
    assert (answer.status_code, answer.location) == (303, "/kalender")
    assert sara.get("/kalender").status_code == 200


@pytest.mark.usefixtures("away")
def test_no_key_is_given_back(sara: FlaskClient) -> None:
    form = {
        "card_number": "1234 5678 9012",
        "card_words": "boom maan vis",
        "typed:words": "Samen naar zee",
        "then": "/p",
    }
    page = sara.post("/sleutel", data=form)
    assert page.status_code == 503
    assert 'name="typed:words" value="Samen naar zee"' in page.text
    assert 'name="then" value="/p"' in page.text
    assert "boom maan vis" not in page.text
    assert "1234" not in page.text


def test_a_lost_answer_to_a_commit_is_not_called_unsaved(
    cast: Cast, sara: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.orm import Session

    def lost(_session: Session) -> None:
        raise OperationalError(None, None, psycopg.OperationalError("lost"), connection_invalidated=True)

    monkeypatch.setattr(Session, "commit", lost)
    answer = add(sara, cast)
    assert answer.status_code == 503
    assert "Wij weten niet of alles bewaard is." in answer.text


def test_a_bell_that_cannot_ring_loses_no_sheet(cast: Cast, app: Flask, sara: FlaskClient) -> None:
    with app.app_context():
        app.extensions["onsplan.config"].data.joinpath("jobs.db").mkdir()
        answer = sara.post(f"/p/{cast.plan}/papier", data={"sort": "poster", "form_key": uuid4().hex})
        assert answer.status_code == 303
        assert sara.get(answer.location).status_code == 200


def test_another_failure_is_none_of_this(cast: Cast, sara: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.orm import Session

    def broken(_session: Session) -> None:
        raise ProgrammingError("SELECT", None, sqlite3.ProgrammingError("no such thing"))

    monkeypatch.setattr(Session, "commit", broken)
    sara.application.testing = False
    answer = add(sara, cast)
    assert answer.status_code == 500
    assert NOT_SAVED not in answer.text


# ---- which error is what ---------------------------------------------------------------------------------------------


def sqlite(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("of SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "trouble", "certain"),
    [
        (OperationalError("INSERT", None, sqlite(sqlite3.SQLITE_FULL)), Trouble.FULL, True),
        (OperationalError("INSERT", None, sqlite(sqlite3.SQLITE_IOERR | (3 << 8))), Trouble.BROKEN, True),
        (OperationalError(None, None, sqlite(sqlite3.SQLITE_IOERR | (4 << 8))), Trouble.BROKEN, False),
        (OperationalError("INSERT", None, sqlite(sqlite3.SQLITE_READONLY)), Trouble.READ_ONLY, True),
        (OperationalError(None, None, sqlite(sqlite3.SQLITE_CANTOPEN)), Trouble.AWAY, True),
        (OperationalError("INSERT", None, sqlite(sqlite3.SQLITE_BUSY)), Trouble.BUSY, True),
        (OperationalError(None, None, psycopg.errors.DiskFull()), Trouble.FULL, True),
        (OperationalError("INSERT", None, psycopg.errors.ReadOnlySqlTransaction()), Trouble.READ_ONLY, True),
        (OperationalError("INSERT", None, psycopg.errors.IoError()), Trouble.BROKEN, True),
        (OperationalError("INSERT", None, psycopg.errors.AdminShutdown()), Trouble.AWAY, True),
        (OperationalError("INSERT", None, psycopg.errors.TooManyConnections()), Trouble.BUSY, True),
        (OperationalError("INSERT", None, psycopg.OperationalError("gone")), Trouble.AWAY, True),
        (OperationalError(None, None, psycopg.OperationalError(), connection_invalidated=True), Trouble.AWAY, False),
        (NoConnectionFree(), Trouble.BUSY, True),
        (OSError(errno.ENOSPC, "full"), Trouble.FULL, True),
        (OSError(errno.EDQUOT, "full"), Trouble.FULL, True),
        (OSError(errno.EIO, "broken"), Trouble.BROKEN, True),
        (PermissionError(errno.EACCES, "closed"), Trouble.READ_ONLY, True),
    ],
)
def test_what_an_error_says_about_saving(error: BaseException, trouble: Trouble, certain: bool) -> None:
    found = found_in(error)
    assert found is not None
    assert (found.trouble, found.certain) == (trouble, certain)


@pytest.mark.parametrize(
    "error",
    [
        None,
        ValueError(),
        BrokenPipeError(errno.EPIPE, "gone"),
        FileNotFoundError(errno.ENOENT, "gone"),
        ProgrammingError("SELECT", None, sqlite3.ProgrammingError()),
        ProgrammingError("SELECT", None, psycopg.errors.UndefinedTable()),
        ProgrammingError("SELECT", None, psycopg.ProgrammingError()),
        IntegrityError("INSERT", None, sqlite(sqlite3.SQLITE_CONSTRAINT)),
    ],
)
def test_what_says_nothing_about_saving(error: BaseException | None) -> None:
    assert found_in(error) is None


# ---- what a monitor hears without anybody trying ---------------------------------------------------------------------


def test_a_disk_with_hardly_any_room_is_told_beforehand(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    there = os.statvfs
    monkeypatch.setattr(store.os, "statvfs", lambda folder: _shrunk(there(folder)))
    answer = app.test_client().get("/gezond")
    assert (answer.status_code, answer.text) == (503, "no space")


def _shrunk(disk: os.statvfs_result) -> os.statvfs_result:
    values = list(disk)
    values[4] = 10
    return os.statvfs_result(values)


def test_a_folder_that_is_gone_is_told(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    there = os.statvfs
    assert app.test_client().get("/gezond").status_code == 200
    monkeypatch.setattr(store.os, "statvfs", lambda _folder: there(tmp_path / "gone"))
    assert app.test_client().get("/gezond").text == "does not answer"


@pytest.mark.both_databases
def test_nothing_is_written_to_find_out(app: Flask, database_kind: str) -> None:
    assert database_kind
    said: list[str] = []
    note: Callable[..., None] = lambda *given: said.append(given[2])  # noqa: E731
    with app.app_context():
        engines: list[Engine] = list(db.engines.values())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    assert app.test_client().get("/gezond").status_code == 200
    assert said
    assert not [one for one in said if not one.startswith("SELECT")]


@pytest.mark.parametrize("database_kind", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_server_closed_to_writing_is_told(app: Flask, database_kind: str) -> None:
    assert database_kind
    with app.app_context():
        with db.engine.begin() as connection:
            name = db.engine.url.database
            connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
        # Not before it is given back: into a pool that was thrown away, it would stay open.
        db.engine.dispose()
    assert app.test_client().get("/gezond").text == "may not be written"

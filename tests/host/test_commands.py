"""What a host does: tidy, and replace the master key."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Attempt, BrowserSession, SeatRow
from app.accounts.tidy import forget_ended
from app.change import NotPermitted
from app.config import Config
from app.db import db, now
from app.goals.models import GOAL
from app.history.models import HistoryLine
from app.home.commands import start
from app.host import commands
from app.keystore import key_of, opens
from app.main import create_app
from app.scope import load_one
from app.vault import NotOpened
from tests.cast import Cast
from tests.support.pages import form


def rows(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.both_databases
def test_after_30_days_the_bin_and_its_history_are_gone(cast: Cast, app: Flask) -> None:
    goal = cast.id("goal binned")
    with app.app_context():
        assert commands.tidy() == 0
    with time_machine.travel(now() + timedelta(days=29), tick=True), app.app_context():
        assert commands.tidy() == 0
    with time_machine.travel(now() + timedelta(days=31), tick=True), app.app_context():
        assert commands.tidy() > 0
        assert load_one(cast.sara, GOAL, goal, removed=True) is None
        assert db.session.scalar(select(func.count()).where(HistoryLine.item_id == goal)) == 0
        assert load_one(cast.sara, GOAL, cast.id("goal of us")) is not None


@pytest.mark.both_databases
def test_sessions_that_ended_long_ago_are_forgotten_and_living_ones_stay(cast: Cast, app: Flask) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    address = f"/p/{cast.plan}/dit-toestel"
    assert jef.post(address, data=form(jef.get(address).text, "/dit-toestel")).status_code == 303
    with app.app_context():
        before = rows(BrowserSession)
    with time_machine.travel(now() + timedelta(days=31), tick=True):
        with app.app_context():
            commands.tidy()
            assert rows(BrowserSession) == before - 1
            assert rows(SeatRow) == 1
        assert sara.get(f"/p/{cast.plan}/").status_code == 200
    with time_machine.travel(now() + timedelta(days=200), tick=True), app.app_context():
        commands.tidy()
        assert rows(BrowserSession) == rows(SeatRow) == rows(Attempt) == 0


@pytest.mark.parametrize("who", ["sara", "jef", "nele", "oma", "host", "nobody"])
def test_nobody_but_the_system_forgets_sessions(cast: Cast, app: Flask, who: str) -> None:
    with app.app_context(), pytest.raises(NotPermitted):
        forget_ended(cast.actors[who], now())


def test_a_failure_while_tidying_stops_nothing_and_tells_no_content(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried = []

    def fail() -> int:
        tried.append(1)
        raise ValueError("words of a family")

    monkeypatch.setattr(commands, "tidy", fail)
    monkeypatch.setattr(commands, "FIRST_AFTER", timedelta())
    monkeypatch.setattr(commands, "EVERY", timedelta(milliseconds=1))
    thread = commands.tidy_every_hour(app)
    while len(tried) < 3:
        thread.join(0.01)
    monkeypatch.setattr(commands, "EVERY", timedelta(days=1))
    assert thread.is_alive()
    assert "Tidying failed: ValueError" in caplog.text
    assert "words of a family" not in caplog.text


@pytest.fixture
def _inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.mark.usefixtures("_inside")
@pytest.mark.both_databases
def test_a_new_master_key_opens_every_plan_and_the_old_one_none(config: Config) -> None:
    started = start(["Sara"], "Europe/Brussels")
    secret = key_of(started.plan).secret
    file = commands.rotate_master_key(config, config.data / "keys" / "master.key")
    assert not opens(config.master_key)
    with pytest.raises(NotOpened):
        create_fresh(config, started.plan)
    assert create_fresh(replace(config, master_key=read(file)), started.plan) == secret


def read(file: Path) -> bytes:
    return base64.b64decode(file.read_text())


def create_fresh(config: Config, plan: object) -> bytes:
    """The plan's key as a server that starts with these settings opens it."""
    app = create_app(config)
    with app.app_context():
        try:
            return key_of(plan).secret  # type: ignore[arg-type]
        finally:
            for engine in db.engines.values():
                engine.dispose()


@pytest.mark.usefixtures("_inside")
def test_after_a_power_cut_it_goes_on_with_the_same_new_key(config: Config) -> None:
    start(["Sara"], "Europe/Brussels")
    keep_at = config.data / "keys" / "master.key"
    first = commands.rotate_master_key(config, keep_at).read_bytes()
    second = commands.rotate_master_key(config, keep_at).read_bytes()
    assert first == second
    assert (config.data / "keys" / "master.key.next").stat().st_mode & 0o077 == 0

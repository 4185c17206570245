"""The host does not read along: nothing that anybody wrote, and no address of a link, is ever logged or printed."""

import json
import logging
from typing import NoReturn

import pytest
from flask import Flask

from app.vault import NotOpened
from tests.cast import EVERYBODY, Cast
from tests.policy.matrix import DOORS, cases
from tests.support.world import World, Worlds


def said(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> str:
    """All that was logged or printed."""
    out, err = capfd.readouterr()
    return caplog.text + "".join(str(vars(record)) for record in caplog.records) + out + err


def test_no_page_and_no_form_says_a_word_in_a_log(
    worlds: Worlds, database_kind: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    world = worlds(database_kind)
    caplog.set_level(logging.DEBUG)
    for endpoint, door in DOORS.items():
        rule = next(rule for rule in world.app.url_map.iter_rules() if rule.endpoint == endpoint)
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        for case in cases(world.cast, door)[:2]:
            for who in ("sara", "oma", "nobody"):
                world.ask(who, method, world.path(endpoint, case.values))
    for token in world.cast.tokens.values():
        for method in ("GET", "POST"):
            world.ask("nobody", method, f"/d/{token}")
    text = said(caplog, capfd)
    secrets = [*world.cast.tokens.values(), *world.cookies.values(), str(world.cast.plan), "Samen naar zee"]
    words = [*secrets, *(piece.canary for piece in world.cast.pieces.values() if piece.canary)]
    assert [word for word in words if word and word in text] == []


class Wrong(RuntimeError):
    """What a programmer's mistake may look like: words of a family in its message."""


@pytest.fixture
def failing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A product in which every page of goals fails, with words in the message."""

    def fails(**given: object) -> NoReturn:
        raise Wrong(f"Kramsvogel {given}") from NotOpened("De Kramsvogel")

    app.testing = False
    for endpoint in ("goals.index", "goals.add", "sharing.arrive"):
        monkeypatch.setitem(app.view_functions, endpoint, fails)
    return app


@pytest.mark.both_databases
def test_a_failure_tells_where_and_not_what(
    cast: Cast, failing: Flask, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    token = cast.tokens["oma"]
    assert cast.client_of("sara").get(f"/p/{cast.plan}/doelen").status_code == 500
    assert failing.test_client().get(f"/d/{token}").status_code == 500
    text = said(caplog, capfd)
    for word in ("Kramsvogel", str(cast.plan), token):
        assert word not in text
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.levelno >= logging.ERROR]
    assert [line["endpoint"] for line in lines] == ["goals.index", "sharing.arrive"]
    assert all(line["errors"] == ["Wrong", "NotOpened"] for line in lines)
    assert all(line["method"] == "GET" and line["at"] for line in lines)


@pytest.mark.both_databases
def test_who_meets_a_failure_reads_no_more_than_that(cast: Cast, failing: Flask) -> None:
    assert failing.testing is False
    page = cast.client_of("sara").get(f"/p/{cast.plan}/doelen").get_data(as_text=True)
    assert "Het ligt aan ons, niet aan jou." in page
    for word in ("Kramsvogel", "Wrong", "Traceback", str(cast.plan)):
        assert word not in page


@pytest.mark.both_databases
def test_the_world_is_everybody(worlds: Worlds, database_kind: str) -> None:
    world: World = worlds(database_kind)
    assert set(world.cookies) == set(EVERYBODY)

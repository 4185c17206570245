"""Whether it runs, for a monitor."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from app.db import db
from tests.cast import Cast


@pytest.mark.both_databases
def test_healthy_is_200_and_a_word(client: FlaskClient) -> None:
    answer = client.get("/gezond")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "text/plain"


@pytest.mark.parametrize("store", ["default", "keys"])
def test_without_one_of_its_databases_it_is_not_healthy(
    app: Flask, monkeypatch: pytest.MonkeyPatch, store: str
) -> None:
    with app.app_context():
        gone = db.engines[None if store == "default" and None in db.engines else store]

    connect = Engine.connect

    def refuse(engine: Engine) -> object:
        if engine is gone:
            raise OperationalError("connect", None, Exception("no server"))
        return connect(engine)

    monkeypatch.setattr(Engine, "connect", refuse)
    answer = app.test_client().get("/gezond")
    assert (answer.status_code, answer.text) == (503, "does not answer")


def test_it_says_the_same_whatever_is_in_it(cast: Cast) -> None:
    page = cast.client_of("nobody").get("/gezond").text
    assert page == "ok"

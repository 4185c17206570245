"""Products of tests share the routes that all of them have, and no other."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from app.config import Config
from app.main import create_app
from tests.support.databases import NewEnvironment


def test_two_products_have_the_same_routes(app: Flask, new_environment: NewEnvironment) -> None:
    other = create_app(Config.from_env(new_environment()))
    assert other.url_map.bind("").match("/gezond") == app.url_map.bind("").match("/gezond")
    assert other.url_map._matcher is app.url_map._matcher


def test_a_route_of_one_product_is_not_anothers(app: Flask, new_environment: NewEnvironment) -> None:
    more, less = (create_app(Config.from_env(new_environment())) for _product in range(2))
    assert more.url_map.bind("").match("/gezond")
    more.add_url_rule("/meer", "more", lambda: "meer")
    assert more.test_client().get("/meer").text == "meer"
    assert more.test_client().options("/meer").status_code == 200
    assert more.url_map.bind("").match("/gezond")
    for other in (less, app):
        with pytest.raises(NotFound):
            other.url_map.bind("").match("/meer")

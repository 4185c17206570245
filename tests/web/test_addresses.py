"""The quick way to an address says what Flask says."""

from uuid import uuid4

import pytest
from flask import Flask, g, url_for
from werkzeug.routing import BuildError

from app.policy.actor import Actor, ActorKind

WORDS = ("zonder-dag", "2026-11-22", "een woord", "a/b", "é", "%41", "..", "")


def test_every_page_has_the_address_that_flask_gives(app: Flask) -> None:
    url, seen = app.jinja_env.globals["url"], 0
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            for word in WORDS:
                ids = {name: uuid4() for name, converter in rule._converters.items() if "UUID" in repr(converter)}
                # Of a choice of words an address has one of those.
                ids |= {name: min(one.items) for name, one in rule._converters.items() if hasattr(one, "items")}
                values = dict.fromkeys(rule.arguments, word) | ids
                if not word and values != ids:
                    continue
                assert url(rule.endpoint, **values) == url_for(rule.endpoint, **values)
                assert url(rule.endpoint, **values, over="a b") == url_for(rule.endpoint, **values, over="a b")
                seen += 1
    assert seen > 200


def test_the_plan_is_the_readers_own_when_it_is_not_said(app: Flask) -> None:
    url, mine, other, goal = app.jinja_env.globals["url"], uuid4(), uuid4(), uuid4()
    with app.test_request_context():
        with pytest.raises(BuildError):
            url("goals.show", goal=goal)
        g.actor = Actor(ActorKind.PARENT, mine)
        assert url("goals.show", goal=goal) == url_for("goals.show", goal=goal) == f"/p/{mine}/doelen/{goal}"
        assert url("goals.show", plan=other, goal=goal) == f"/p/{other}/doelen/{goal}"
        assert url("home.landing") == "/"


def test_an_address_stands_under_where_the_product_stands(app: Flask) -> None:
    url, plan = app.jinja_env.globals["url"], uuid4()
    with app.test_request_context(base_url="http://localhost/gezin"):
        assert url("home.show", plan=plan) == url_for("home.show", plan=plan) == f"/gezin/p/{plan}/"

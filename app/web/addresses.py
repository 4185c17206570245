"""Addresses of pages. A page holds dozens, so those of plain routes are filled in here; the rest Flask makes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask, current_app, g, request, url_for

PLACE = re.compile(r"<(?:(uuid):)?(\w+)>")
# Text that stands in an address as it is.
PLAIN = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class _Shape:
    """A route as text with places to fill in."""

    text: str
    places: frozenset[str]


def install(app: Flask) -> None:
    """Let `url_for` leave out the plan that the reader is in; the templates' `url` is the same, quicker."""
    app.extensions["onsplan.addresses"] = {}
    app.jinja_env.globals["url"] = url

    @app.url_defaults
    def _same_plan(endpoint: str, values: dict[str, Any]) -> None:
        if "plan" not in values and app.url_map.is_endpoint_expecting(endpoint, "plan"):
            actor = g.get("actor")
            if actor is not None:
                values["plan"] = actor.plan


def url(endpoint: str, **values: Any) -> str:
    """The address of a page; the plan is the reader's own when it is not said."""
    shapes: dict[str, _Shape | None] = current_app.extensions["onsplan.addresses"]
    shape = shapes[endpoint] if endpoint in shapes else shapes.setdefault(endpoint, _shape_of(endpoint))
    if shape is None:
        return url_for(endpoint, **values)
    if "plan" in shape.places and "plan" not in values:
        values["plan"] = None if g.get("actor") is None else g.actor.plan
    written = {name: _written(value) for name, value in values.items()}
    if shape.places != written.keys() or "" in written.values():
        return url_for(endpoint, **{name: value for name, value in values.items() if value is not None})
    return request.root_path.rstrip("/") + shape.text % written


def _written(value: Any) -> str:
    if isinstance(value, UUID):
        return str(value)
    return value if isinstance(value, str) and PLAIN.fullmatch(value) else ""


def _shape_of(endpoint: str) -> _Shape | None:
    """Its route, when there is one and nothing in it needs more than an id or a word."""
    rules = {rule.rule for rule in current_app.url_map.iter_rules(endpoint)}
    text = rules.pop() if len(rules) == 1 else "<"
    bare = PLACE.sub("", text)
    if "<" in bare or "%" in bare:
        return None
    return _Shape(PLACE.sub(r"%(\2)s", text), frozenset(place[1] for place in PLACE.findall(text)))

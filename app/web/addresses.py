"""Addresses of pages. A page holds dozens, so those of plain routes are filled in here; the rest Flask makes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import Flask, current_app, g, request, url_for

from app.policy.actor import Actor, ActorKind

PLACE = re.compile(r"<(?:(uuid):)?(\w+)>")
# Text that stands in an address as it is.
PLAIN = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, eq=False)
class _Shape:
    """A route as text with places to fill in."""

    text: str
    places: frozenset[str]


def install(app: Flask) -> None:
    """Let `url_for` leave out the plan that the reader is in; the templates' `url` is the same, quicker.

    `has_page` tells whether a room that may not be there has a route.
    """
    shapes: dict[str, _Shape | None] = {}

    @app.url_defaults
    def _same_plan(endpoint: str, values: dict[str, Any]) -> None:
        if "plan" not in values and app.url_map.is_endpoint_expecting(endpoint, "plan"):
            actor = g.get("actor")
            if actor is not None:
                values["plan"] = actor.plan

    def url(endpoint: str, **values: Any) -> str:
        if endpoint not in shapes:
            shapes[endpoint] = _shape_of(app, endpoint)
        shape = shapes[endpoint]
        return (None if shape is None else _filled_in(shape, values)) or url_for(endpoint, **values)

    app.jinja_env.globals["url"] = url
    app.jinja_env.globals.update(own_front=own_front, front=lambda actor: front(actor.plan, actor))
    app.jinja_env.globals["has_page"] = app.view_functions.__contains__


def url_of(endpoint: str, **values: Any) -> str:
    """An address as the templates write it, quicker than Flask does: a page shows dozens of pictures."""
    url: Callable[..., str] = current_app.jinja_env.globals["url"]  # type: ignore[assignment]
    return url(endpoint, **values)


def front(plan: UUID, actor: Actor) -> str:
    """The page where somebody who has a key begins in a plan: a child on its own page."""
    return own_front(plan) if actor.kind is ActorKind.CHILD else url_for("home.show", plan=plan)


def own_front(plan: UUID) -> str:
    """Where the pages of a child begin (decision 0024), in whatever room they are."""
    return f"{request.root_path.rstrip('/')}/p/{plan}/mij"


def _filled_in(shape: _Shape, values: dict[str, Any]) -> str | None:
    """The address, when every place gets an id or a word and nothing is left over."""
    actor = g.get("actor") if "plan" in shape.places and "plan" not in values else None
    given = values if actor is None else {**values, "plan": actor.plan}
    return _text(shape, request.root_path, *given.items()) if shape.places == given.keys() else None


@lru_cache(maxsize=2048)
def _text(shape: _Shape, root: str, *given: tuple[str, Any]) -> str | None:
    written = {name: _written(value) for name, value in given}
    return None if "" in written.values() else root.rstrip("/") + shape.text % written


def _written(value: Any) -> str:
    if isinstance(value, UUID):
        return str(value)
    return value if isinstance(value, str) and PLAIN.fullmatch(value) else ""


def _shape_of(app: Flask, endpoint: str) -> _Shape | None:
    """Its route, when there is one and nothing in it needs more than an id or a word."""
    rules = {rule.rule for rule in app.url_map.iter_rules(endpoint)}
    text = rules.pop() if len(rules) == 1 else "<"
    bare = PLACE.sub("", text)
    if "<" in bare or "%" in bare:
        return None
    return _Shape(PLACE.sub(r"%(\2)s", text), frozenset(place[1] for place in PLACE.findall(text)))

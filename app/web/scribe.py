"""Geef de gsm even terug: while somebody types on a parent's phone, what is not theirs asks for the parent first.

It is no lock: one tap says that the parent has the phone. It keeps what is private out of a guest's way, and honest.
"""

from __future__ import annotations

from flask import Flask, current_app, g, make_response, render_template, request
from werkzeug.wrappers import Response

from app.policy.together import WITHIN_REACH
from app.web.session import Given, phone_given

# What never asks: to give the phone back, to leave at once, and what shows nothing of any plan.
ALWAYS = frozenset({"static", "together.stop", "home.leave", "home.neutral", "host.health"})


def install(app: Flask) -> None:
    """Ask before every page, also of another plan and of none, that is not within reach of who types."""

    @app.before_request
    def _ask_for_the_phone() -> Response | None:
        held = phone_given()
        return None if held is None or _within_reach(held) else phone_back(held)


def phone_back(held: Given) -> Response:
    """The question, with the way on to what was asked for."""
    g.pop("actor", None)
    onward = request.full_path.rstrip("?") if request.method == "GET" else ""
    return make_response(render_template("together/phone_back.html", held=held, onward=onward), 403)


def _within_reach(held: Given) -> bool:
    if request.endpoint is None or request.endpoint in ALWAYS:
        return True
    needs = getattr(current_app.view_functions[request.endpoint], "needs", None)
    return needs in WITHIN_REACH and (request.view_args or {}).get("plan") == held.plan

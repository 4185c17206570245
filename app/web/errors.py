"""What people read when something is not there, not theirs, or not working: plain, the same for all, keeping words."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from app.change import NotPermitted

NOT_TYPED = {"csrf_token", "form_key"}
NOT_KEPT = {"number", "words", "password"}


def typed() -> list[tuple[str, str]]:
    """What was typed in the form of this request, to hand it back; never a key."""
    pairs: Iterable[tuple[str, str]] = request.form.items(multi=True)
    return [(name, value) for name, value in pairs if name not in NOT_TYPED | NOT_KEPT]


def ask_for_key() -> Response:
    """A write without a living session: the typed text, safe on the page, and the question for the key."""
    return make_response(
        render_template(
            "entry/ask_key.html", typed=typed(), then=request.path, form_key_sent=request.form.get("form_key")
        ),
        401,
    )


def install(app: Flask) -> None:
    """Register the pages for what goes wrong."""

    @app.errorhandler(NotPermitted)
    @app.errorhandler(404)
    @app.errorhandler(405)
    def _not_there(_error: Exception) -> Response:
        return make_response(render_template("_layout/not_there.html"), NotFound.code or 404)

    @app.errorhandler(CSRFError)
    def _no_token(_error: CSRFError) -> Response:
        return ask_for_key()

    @app.errorhandler(HTTPException)
    def _other(error: HTTPException) -> Response:
        return make_response(render_template("_layout/went_wrong.html"), error.code or 500)

    @app.errorhandler(500)
    def _ours(_error: Exception) -> Response:
        return make_response(render_template("_layout/went_wrong.html"), 500)

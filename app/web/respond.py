"""Answers: a whole page, or the fragment of it that htmx asked for. The only place that knows htmx.

htmx-flask 0.1 predates htmx 4: only `request.htmx` (was this an htmx request?) is used of it here, other headers are
set by hand. See docs/decisions.
"""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from app.web.session import renew_cookie

UNPROCESSABLE, TOO_MANY, UNAVAILABLE = 422, 429, 503


def wants_fragment() -> bool:
    """Whether htmx sent this request and so swaps a fragment."""
    return bool(getattr(request, "htmx", False))


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A whole page."""
    return make_response(render_template(template, **values), status)


def again(template: str, status: int = UNPROCESSABLE, **values: Any) -> Response:
    """The same form once more, with what was typed and what is still needed."""
    return page(template, status, **values)


def done(
    address: str, said: str | None = None, *, fragment: str | None = None, undo: str = "", **values: Any
) -> Response:
    """After a write: the changed fragment for htmx, else back to a page (303), with a word of what happened.

    Args:
        address: the page to see next.
        said: one short sentence for the reader; it holds no words of the family.
        undo: where "Toch niet" beside it is sent, when there is a way back.
        fragment: the template of the changed part, when htmx may swap just that.
        values: what the fragment needs.
    """
    if wants_fragment():
        if fragment is not None:
            return make_response(render_template(fragment, said=said, **values))
        answer = make_response("", 200)
        answer.headers["HX-Redirect"] = address
        if said:
            flash(said, undo or "message")
        return answer
    if said:
        flash(said, undo or "message")
    return redirect(address, 303)


def left(answer: Response, *, cookies: bool = False) -> Response:
    """The answer to who leaves: their browser drops what it holds of our pages, on disk and for Back.

    Args:
        answer: where they go.
        cookies: drop every cookie of ours too.
    """
    answer.headers["Clear-Site-Data"] = '"cache", "cookies"' if cookies else '"cache"'
    renew_cookie()
    return answer


def nothing_new() -> Response:
    """To a page that asks now and then: what it shows still stands, and its reader is left in peace."""
    return make_response("", 204)

"""Whether the server runs. HTTP only."""

from __future__ import annotations

from flask import make_response
from werkzeug.wrappers import Response

from app.host import store
from app.web.public import Open

open_host = Open("host_open", __name__)

OK, UNAVAILABLE = 200, 503


@open_host.get("/gezond", because="health check: says whether the databases answer, nothing else")
def health() -> Response:
    """200 when both databases answer."""
    up = store.databases_answer()
    answer = make_response("ok" if up else "no", OK if up else UNAVAILABLE)
    answer.mimetype = "text/plain"
    return answer

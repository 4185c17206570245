"""Whether the server runs, and for developers the page of components. HTTP only."""

from __future__ import annotations

from flask import make_response, request
from werkzeug.wrappers import Response

from app.host import colours, store
from app.web import qr
from app.web.public import Open
from app.web.respond import page

open_host = Open("host_open", __name__)
development = Open("development", __name__)

OK, UNAVAILABLE = 200, 503


@open_host.get("/gezond", because="health check: says whether the databases answer and can be written, nothing else")
def health() -> Response:
    """200 when both databases answer and nothing stands in the way of saving; else in a word what does."""
    trouble = store.trouble_now()
    answer = make_response("ok" if trouble is None else trouble.value, OK if trouble is None else UNAVAILABLE)
    answer.mimetype = "text/plain"
    return answer


@development.get("/stijl", because="components with made-up names; only there when ONSPLAN_DEVELOPMENT is 1")
def style() -> Response:
    """Every component in the light and in the dark; `?dir=rtl` turns the page round."""
    way = "rtl" if request.args.get("dir") == "rtl" else "ltr"
    return page("style/show.html", contrasts=colours.measured(), picture=qr.svg(request.base_url), dir=way)

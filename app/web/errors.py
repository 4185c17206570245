"""What people read when something is not there, not theirs, or not working: plain, the same for all, keeping words."""

from __future__ import annotations

import re
import sqlite3
import sys
from typing import Any
from uuid import UUID

from flask import Flask, g, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Response

from app.change import NotPermitted
from app.items import Thing
from app.policy.actor import ActorKind
from app.rooms import is_over
from app.translations import gettext as _
from app.trouble import Found, Trouble, found_in, note
from app.web import log, unsent
from app.web.respond import wants_fragment
from app.web.session import actor_in, read_no_more, renew_cookie
from app.web.uploads import takes_file

# The form that takes a key: when its token is old, it asks once more and keeps what it carried.
KEY_FORM = "entry.open_key"
# Leads away from every page, whatever works.
LEAVE, NEUTRAL = "home.leave", "home.neutral"
UNAVAILABLE, NO_SPACE, AGAIN_AFTER_SECONDS = 503, 507, "120"
# How browsers say that a page of another site sent a request.
ELSEWHERE = frozenset({"cross-site", "same-site"})
OF_A_PLAN = re.compile(r"/p/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/|$)")


class LinkEnded(NotFound):
    """A page of a link, in a browser that holds no living seat of it: stopped, past its day, or never there."""


def ask_for_key() -> Response:
    """A write without a living session: the typed text, safe on the page, and the question for the key; to who was a
    guest there a farewell.
    """
    goodbye = _farewell()
    if goodbye is not None:
        return goodbye
    return make_response(render_template("entry/key.html", unsent=unsent.refused(), errors={}), 401)


def _farewell() -> Response | None:
    """Who was a guest in a plan reads the same at every address of it, there or not; what they typed stays theirs."""
    match = OF_A_PLAN.match(request.path)
    if match is None:
        return None
    plan = UUID(match[1])
    if actor_in(plan).kind is not ActorKind.NOBODY or not is_over(plan):
        return None
    return _goodbye(unsent.refused() if request.method == "POST" else unsent.Unsent())


def place_is_over() -> Response:
    """A form that a guest opened through a place that is no longer theirs: what they typed stays theirs."""
    return _goodbye(unsent.refused())


def _goodbye(typed: unsent.Unsent) -> Response:
    return make_response(render_template("guests/farewell.html", unsent=typed), NotFound.code or 404)


def taken_away(gone: Thing[Any], *, may_restore: bool) -> Response:
    """What they wrote in lies in the bin: the typed text, safe on the page, and a way to put the thing back."""
    back = gone.id if may_restore else None
    values = {"unsent": unsent.refused(), "item": back, "noun": gone.kind.noun(), "plan": True, "actor": g.actor}
    return make_response(render_template("history/gone.html", **values), 409)


def _without_token() -> Response:
    """A write without a good token. From an old page of ours it is kept: who may write sees it first, and decides.

    What another site sends in somebody's name is not kept, so that nobody is asked to press the last button.
    """
    if request.headers.get("Sec-Fetch-Site") in ELSEWHERE:
        return make_response(render_template("_layout/not_there.html"), 403)
    if request.endpoint == KEY_FORM:
        number = request.form.get("card_number", "")
        page = render_template("entry/key.html", unsent=unsent.carried(), errors={}, number=number)
        return make_response(page, 403)
    plan = (request.view_args or {}).get("plan")
    if plan is not None and actor_in(plan).kind is ActorKind.NOBODY:
        return ask_for_key()
    return make_response(render_template("entry/send_again.html", unsent=unsent.refused()), 403)


def _nothing_kept_for_back(answer: Response) -> Response:
    """Who is shown the door of a plan may have pages of it open that their browser keeps."""
    asked_a_page = request.headers.get("Sec-Fetch-Dest") == "document"
    if answer.status_code in {401, 404} and asked_a_page and OF_A_PLAN.match(request.path):
        renew_cookie()
    return answer


def not_saved(found: Found) -> Response:
    """A database or a disk is in trouble: say so, with what was typed; nothing here reads anything again.

    Where htmx asked, the form stays as it is and `app.js` says the sentence. Sent again, the form counts once.
    """
    read_no_more()
    if request.endpoint == LEAVE:
        return redirect(url_for(NEUTRAL), 303)
    status = NO_SPACE if found.trouble is Trouble.FULL else UNAVAILABLE
    if request.method != "POST":
        answer = make_response(render_template("_layout/went_wrong.html"), status)
    elif wants_fragment():
        answer = make_response(_("Bewaren lukt nu niet. Wat je schreef, staat hier nog."), status)
        answer.mimetype = "text/plain"
        answer.headers["X-Say"] = "1"
    else:
        values = {"unsent": unsent.kept(), "certain": found.certain and "stored" not in g, "files": any(request.files)}
        answer = make_response(render_template("_layout/not_saved.html", **values), status)
    answer.headers["Retry-After"] = AGAIN_AFTER_SECONDS
    return answer


def _in_trouble(error: BaseException | None) -> Response | None:
    """The answer to trouble with a database or a disk, told to the operator and the monitor; None for other errors."""
    found = found_in(error)
    if found is None:
        return None
    note(found.trouble)
    log.failed(sys.exc_info(), trouble=found.trouble.value)
    return not_saved(found)


def _install_not_saved(app: Flask) -> None:
    @app.errorhandler(DBAPIError)
    @app.errorhandler(NoConnectionFree)
    @app.errorhandler(sqlite3.Error)
    @app.errorhandler(OSError)
    def _stored_badly(error: Exception) -> Response:
        answer = _in_trouble(error)
        if answer is None:
            raise error
        return answer


def install(app: Flask) -> None:
    """Register the pages for what goes wrong."""
    _install_not_saved(app)
    app.after_request(_nothing_kept_for_back)

    @app.errorhandler(NotPermitted)
    @app.errorhandler(404)
    @app.errorhandler(405)
    def _not_there(_error: Exception) -> Response:
        return _farewell() or make_response(render_template("_layout/not_there.html"), NotFound.code or 404)

    @app.errorhandler(LinkEnded)
    def _link_ended(_error: LinkEnded) -> Response:
        return _farewell() or make_response(render_template("sharing/dead.html"), NotFound.code or 404)

    @app.errorhandler(CSRFError)
    def _no_token(_error: CSRFError) -> Response:
        return _without_token()

    @app.errorhandler(RequestEntityTooLarge)
    def _too_large(error: RequestEntityTooLarge) -> Response:
        # More than is read to its end (`uploads.py`): a film, most likely, where a photo was asked for.
        shown = {"back": request.path, "said": _("De foto is te groot. Kies een andere foto.")} if takes_file() else {}
        return make_response(render_template("_layout/went_wrong.html", **shown), error.code or 413)

    @app.errorhandler(HTTPException)
    def _other(error: HTTPException) -> Response:
        return make_response(render_template("_layout/went_wrong.html"), error.code or 500)

    @app.errorhandler(500)
    def _ours(error: Exception) -> Response:
        # What went wrong while another page of what went wrong was made comes here too.
        answer = _in_trouble(getattr(error, "original_exception", None))
        if answer is not None:
            return answer
        read_no_more()
        return make_response(render_template("_layout/went_wrong.html"), 500)

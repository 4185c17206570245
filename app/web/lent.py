"""Geef de gsm aan ...: while a phone is lent to a child, only the child's pages open on it. And "Op slot" of a child.

This is a lock, other than "Samen invullen": back only with a key of who lent it (room `childpages`). It stands before
every route, before the token of a form is looked at, so an old form of the lender tells nothing back.
"""

from __future__ import annotations

from flask import Flask, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.policy.actions import Action
from app.policy.lent import ON_A_LENT_PHONE
from app.web.session import Lent, lent, on_slot, visitor

# The way back, Snel weg, and what shows nothing of any plan. No page of an account, a key or another plan.
OF_NOBODY = frozenset({"static", "home.leave", "home.neutral", "host.health"})
WAYS_BACK = frozenset(
    f"childpages.{verb}" for verb in ("ask_back", "give_back", "begin_back_lock", "back_lock", "close_all")
)
# What opens a page that a child closed on its own device: its pictures, or any key.
KEYS = frozenset(
    {
        *(f"childpages.{verb}" for verb in ("ask_pictures", "show_pictures")),
        *(f"entry.{verb}" for verb in ("key", "open_key", "card", "ask_password", "open_password")),
        *(f"entry.{verb}" for verb in ("begin_open_lock", "open_lock")),
    }
)
# Where all pages of a child begin (decision 0024).
OF_THE_CHILD = "/p/<uuid:plan>/mij"
NOT_HERE = 404


def install(app: Flask) -> None:
    """Stand before every page."""

    @app.before_request
    def _only_the_pages_of_the_child() -> Response | None:
        held = lent()
        if held is None:
            return _stay_closed()
        return None if visitor() is None or _is_open(held) else not_here(held)


def _stay_closed() -> Response | None:
    """A child closed its page on its own device: its pictures open it, or its key; no page of anybody else's does."""
    if on_slot() is None or visitor() is None or request.endpoint in {*OF_NOBODY, *KEYS}:
        return None
    return redirect(url_for("childpages.ask_pictures"), 303)


def not_here(held: Lent) -> Response:
    """The one answer to all else, there or not: the way to the child's page, and back to who lent the phone."""
    g.pop("actor", None)
    return make_response(render_template("childpages/not_here.html", held=held), NOT_HERE)


def _is_open(held: Lent) -> bool:
    if request.endpoint is None:
        return False
    if request.endpoint in {*OF_NOBODY, *WAYS_BACK}:
        return True
    view = current_app.view_functions[request.endpoint]
    needs = getattr(view, "needs", None)
    # A page of one seat (a link's) is of that seat alone.
    of_a_seat, plan = getattr(view, "through", None) is not None, (request.view_args or {}).get("plan")
    if of_a_seat or needs not in ON_A_LENT_PHONE or plan != held.plan:
        return False
    rule = request.url_rule.rule if request.url_rule is not None else ""
    return needs is Action.PHOTO_SEE or rule == OF_THE_CHILD or rule.startswith(f"{OF_THE_CHILD}/")

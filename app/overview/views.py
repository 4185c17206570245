"""Wie houdt het overzicht? HTTP only."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.change import BothChanged, Refused
from app.history.words import who_wrote
from app.overview import commands, store, words
from app.overview.forms import OverviewForm
from app.overview.rules import Reason
from app.overview.store import OverviewView
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web.both import facing
from app.web.respond import again, done, page
from app.web.room import Room

overview = Room("overview", __name__)


@overview.get("/overzicht", needs=Action.PLAN_SEE, load=store.overview)
def show(_actor: Actor, view: OverviewView) -> Response:
    """Who keeps the overview, since when, and who did before."""
    return _page(page, "overview/show.html", view)


@overview.get("/overzicht/kies", needs=Action.PLAN_CHANGE, load=store.overview)
def ask(_actor: Actor, view: OverviewView) -> Response:
    """The choice."""
    form = OverviewForm.of(view.body)
    return _page(page, "overview/choose.html", view, form=form, version=view.thing.version, was=form.as_is())


@overview.post("/overzicht/kies", needs=Action.PLAN_CHANGE, load=store.overview)
def choose(actor: Actor, view: OverviewView) -> Response:
    """Save it; when two wrote, show both."""
    form, both, now = OverviewForm(), None, None
    if form.validate():
        try:
            commands.choose(actor, view, form.given(), form.seen, form.key)
        except Refused as refused:
            at = "overview_person" if refused.reason is Reason.NOT_OUR_PERSON else "since"
            form.refuse(at, words.sentence(refused.reason))
        except BothChanged as clash:
            view, now = store.overview(actor) or view, OverviewForm.of(clash.theirs.body)
            both = facing(form, now, partial(words.in_form, view.people), who_wrote(actor, clash.theirs))
        else:
            return done(url_for("overview.show"), _("Bewaard."))
    version, was = (view.thing.version, now.as_is()) if now else (form.seen or view.thing.version, form.as_seen())
    return _page(again, "overview/choose.html", view, form=form, version=version, was=was, both=both)


def _page(answer: Any, template: str, view: OverviewView, **values: Any) -> Response:
    drawn: Response = answer(template, view=view, plan=view.thing, words=words, tab="people", **values)
    return drawn

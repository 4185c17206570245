"""Wij gaan uit elkaar, and deleting the plan. HTTP only."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app.accounts.words import device
from app.change import BothChanged, Refused
from app.leaving import commands, store, words
from app.leaving.commands import Here
from app.leaving.forms import CloseForm, LeaveForm
from app.leaving.rules import Reason
from app.leaving.store import LeaveView, ParentsView
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web.respond import again, done, left, page
from app.web.room import Room
from app.web.session import visitor

leaving = Room("leaving", __name__)


@leaving.get("/uit-elkaar", needs=Action.MEMBER_LEAVE, load=store.leave)
def leave(_actor: Actor, view: LeaveView) -> Response:
    """What happens when a parent leaves."""
    form = LeaveForm(formdata=None)
    return page("leaving/leave.html", view=view.parents, plan=view.parents.plan, form=form, words=words, tab="more")


@leaving.post("/uit-elkaar", needs=Action.MEMBER_LEAVE, load=store.leave)
def go(actor: Actor, view: LeaveView) -> Response:
    """Leave, with a copy or without."""
    form, here = LeaveForm(), visitor()
    if form.chosen is None or here is None:
        form.refuse("take", words.sentence(Reason.CHOOSE))
        return again("leaving/leave.html", view=view.parents, plan=view.parents.plan, form=form, words=words)
    try:
        browser = Here(here, device(request.user_agent.string))
        copy = commands.leave(actor, view, form.chosen, browser, form.key)
    except Refused as refused:
        return done(url_for("leaving.leave"), words.sentence(refused.reason))
    except BothChanged:
        copy = None
    if copy is None:
        return left(done(url_for("home.landing"), _("Jij bent weg uit dat plan.")))
    return left(done(url_for("home.show", plan=copy.plan), words.welcome(copy)))


@leaving.get("/wegdoen", needs=Action.PLAN_CLOSE, load=store.parents)
def close(_actor: Actor, view: ParentsView) -> Response:
    """What deleting the plan means, and whether somebody asks it."""
    return page("leaving/close.html", view=view, plan=view.plan, form=CloseForm(formdata=None), words=words, tab="more")


@leaving.post("/wegdoen", needs=Action.PLAN_CLOSE, load=store.parents)
def ask(actor: Actor, view: ParentsView) -> Response:
    """Ask it of the other parents; alone, choose when."""
    form = CloseForm()
    try:
        gone = commands.ask(actor, view, form.chosen, form.key)
    except Refused as refused:
        form.refuse("how", words.sentence(refused.reason))
        return again("leaving/close.html", view=view, plan=view.plan, form=form, words=words)
    return _gone() if gone else done(url_for("home.show"), _("Bewaard."))


@leaving.post("/wegdoen/ja", needs=Action.PLAN_CLOSE, load=store.parents)
def agree(actor: Actor, view: ParentsView) -> Response:
    """Say yes too."""
    try:
        gone = commands.agree(actor, view, at_once="at_once" in request.form)
    except Refused as refused:
        return done(url_for("leaving.close"), words.sentence(refused.reason))
    return _gone() if gone else done(url_for("leaving.close"), _("Bewaard."))


@leaving.post("/wegdoen/stop", needs=Action.PLAN_CLOSE, load=store.parents)
def stop(actor: Actor, view: ParentsView) -> Response:
    """Stop dit."""
    commands.stop(actor, view)
    return done(url_for("home.show"), _("Ons plan blijft."))


def _gone() -> Response:
    return left(done(url_for("home.landing"), _("Ons plan is weg.")))

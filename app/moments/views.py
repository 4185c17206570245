"""Pages and forms of moments. HTTP only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.change import BothChanged, Refused
from app.history.words import way_back, who_wrote
from app.media.nouns import Sort
from app.moments import commands, rules, store, words
from app.moments.forms import MomentForm
from app.moments.recorded import WHAT
from app.moments.room import moments
from app.moments.sent import given_in, outcome_of
from app.moments.store import MomentsView, MomentView
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web.both import facing
from app.web.respond import again, done, page


def _part_asked(actor: Actor) -> MomentsView | None:
    """The part of the wall the address asks for: `deel` is its number, the newest first."""
    board = store.moments(actor)
    part = rules.part(request.args.get("deel", "1"), len(board.moments))
    return None if part is None else replace(board, part=part)


@moments.get("/fotos", needs=Action.PLAN_SEE, load=_part_asked)
def index(_actor: Actor, board: MomentsView) -> Response:
    """The photos the family keeps, the newest first."""
    return _page("moments/index.html", board=board)


@moments.get("/fotos/nieuw", needs=Action.PLAN_SEE, load=store.fresh)
def new(_actor: Actor, board: MomentsView) -> Response:
    """The form for one more."""
    return _page("moments/new.html", board=board, form=MomentForm(formdata=None), sort=_sort_asked())


@moments.post("/fotos", needs=Action.PLAN_SEE, load=store.fresh, upload=True)
def add(actor: Actor, board: MomentsView) -> Response:
    """Keep one more."""
    form = MomentForm()
    kept = outcome_of(
        form, lambda: commands.add(actor, board, form.given(), given_in(), form.key), words.sentence, words.field
    )
    if kept.made is not None:
        return done(url_for("moments.index"), _("Bewaard."))
    shown = {"board": board, "form": form, "fault": kept.fault, "sort": _sort_asked()}
    return again("moments/new.html", kept.status, plan=True, words=words, tab="more", **shown)


@moments.get("/fotos/<uuid:moment>", needs=Action.MOMENT_SEE, load=store.moment)
def show(_actor: Actor, moment: MomentView) -> Response:
    """One of them, large."""
    return _page("moments/show.html", moment=moment)


@moments.get("/fotos/<uuid:moment>/verander", needs=Action.MOMENT_CHANGE, load=store.moment)
def edit(_actor: Actor, moment: MomentView) -> Response:
    """The form with its words and day."""
    form = MomentForm.of(moment.thing.body)
    return _page("moments/edit.html", moment=moment, form=form, version=moment.thing.version, was=form.as_is())


@moments.post("/fotos/<uuid:moment>/verander", needs=Action.MOMENT_CHANGE, load=store.moment)
def change(actor: Actor, moment: MomentView) -> Response:
    """Save its words and day; when two wrote, show both."""
    form, both, now = MomentForm(), None, None
    if form.validate():
        try:
            commands.edit(actor, moment, form.given(), form.seen, form.key)
        except Refused as refused:
            form.refuse(words.field(refused.reason), words.sentence(refused.reason))
        except BothChanged as clash:
            moment, now = store.moment(actor, moment.thing.id) or moment, MomentForm.of(clash.theirs.body)
            both = facing(form, now, words.in_form, who_wrote(actor, clash.theirs))
        else:
            return done(url_for("moments.show", moment=moment.thing.id), _("Bewaard."))
    version = moment.thing.version if both else form.seen or moment.thing.version
    was = now.as_is() if now else form.as_seen()
    return _again("moments/edit.html", moment=moment, form=form, version=version, was=was, both=both)


@moments.post("/fotos/<uuid:moment>/weg", needs=Action.MOMENT_REMOVE, load=store.moment)
def remove(actor: Actor, moment: MomentView) -> Response:
    """Into the bin for 30 days."""
    gone = commands.remove(actor, moment)
    said = _("Weggehaald. Het blijft 30 dagen bij wat jullie weghaalden.")
    return done(url_for("moments.index"), said, undo=way_back(gone))


def _sort_asked() -> Sort:
    """What is to be kept: `wat` in the address says it, a photo by itself."""
    return WHAT.get(request.args.get("wat", ""), Sort.PHOTO)


def _page(template: str, **values: Any) -> Response:
    return page(template, plan=True, words=words, tab="more", **values)


def _again(template: str, **values: Any) -> Response:
    return again(template, plan=True, words=words, tab="more", **values)

"""Pages and forms of talks about the family. HTTP only."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.change import BothChanged, Refused
from app.history.words import who_wrote
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.talks import commands, store, words
from app.talks.forms import AnswerForm, SaidForm, TalkForm, WithForm
from app.talks.rules import Reason
from app.talks.store import Board, TalkView, WithView
from app.translations import gettext as _
from app.web.both import facing
from app.web.respond import again, done, page
from app.web.room import Room

talks = Room("talks", __name__)

REFUSED_AT = {Reason.NOBODY: "others", Reason.UNKNOWN_PERSON: "people", Reason.TOO_MANY: "others"}


@talks.get("/overleg", needs=Action.TALKS_SEE, load=store.board)
def index(actor: Actor, board: Board) -> Response:
    """Overleg over ons: what comes, what was said, and with whom each guest may talk."""
    return _page("talks/index.html", actor, board=board)


@talks.get("/overleg/nieuw", needs=Action.TALK_TELL, load=store.board)
def new(actor: Actor, board: Board) -> Response:
    """Say beforehand who will talk about the family."""
    return _page("talks/new.html", actor, board=board, form=TalkForm(formdata=None))


@talks.post("/overleg", needs=Action.TALK_TELL, load=store.board)
def add(actor: Actor, board: Board) -> Response:
    """Save it; the family reads it at once."""
    form = TalkForm()
    if form.validate():
        try:
            saved = commands.tell(actor, board, form.given(), form.key)
        except Refused as refused:
            form.refuse(REFUSED_AT.get(refused.reason, "day"), words.sentence(refused.reason))
        else:
            return done(url_for("talks.show", talk=saved.id), _("Bewaard. Het gezin leest dit nu."))
    return _again("talks/new.html", actor, board=board, form=form)


@talks.get("/overleg/<uuid:talk>", needs=Action.TALK_SEE, load=store.talk)
def show(actor: Actor, talk: TalkView) -> Response:
    """One talk: who, when, about what, the answers, and what was said."""
    return _page("talks/show.html", actor, talk=talk, form=SaidForm(formdata=None, said=talk.body.said))


@talks.get("/overleg/<uuid:talk>/verander", needs=Action.TALK_TELL, load=store.talk)
def edit(actor: Actor, talk: TalkView) -> Response:
    """The form as it stands for a talk that is still to come."""
    return _page("talks/edit.html", actor, talk=talk, board=store.board(actor), form=TalkForm.of(talk.body))


@talks.post("/overleg/<uuid:talk>/verander", needs=Action.TALK_TELL, load=store.talk)
def change(actor: Actor, talk: TalkView) -> Response:
    """Save other words; the family is asked anew."""
    form, board = TalkForm(), store.board(actor)
    if form.validate():
        try:
            commands.edit(actor, board, talk, form.given(), form.key)
        except Refused as refused:
            form.refuse(REFUSED_AT.get(refused.reason, "day"), words.sentence(refused.reason))
        else:
            return done(_address(talk), _("Bewaard. Het gezin leest dit nu."))
    return _again("talks/edit.html", actor, talk=talk, board=board, form=form)


@talks.post("/overleg/<uuid:talk>/gaat-niet-door", needs=Action.TALK_TELL, load=store.talk)
def call_off(actor: Actor, talk: TalkView) -> Response:
    """It does not take place."""
    try:
        commands.call_off(actor, talk)
    except Refused as refused:
        return done(_address(talk), words.sentence(refused.reason))
    return done(_address(talk), _("Bewaard."))


@talks.post("/overleg/<uuid:talk>/antwoord", needs=Action.TALK_ANSWER, load=store.talk)
def answer(actor: Actor, talk: TalkView) -> Response:
    """Wij komen, niet zonder ons, or dat is goed: each parent one, until the day is over."""
    word, asked = AnswerForm().given()
    if word is None:
        return done(_address(talk), words.sentence(Reason.NO_WORD))
    try:
        commands.answer(actor, talk, word, asked)
    except Refused as refused:
        return done(_address(talk), words.sentence(refused.reason))
    return done(_address(talk), _("Bewaard. %(name)s leest dit.", name=talk.share.name))


@talks.post("/overleg/<uuid:talk>/gezegd", needs=Action.TALK_TELL, load=store.talk)
def say(actor: Actor, talk: TalkView) -> Response:
    """What was said; the family reads it."""
    form = SaidForm()
    if form.validate():
        try:
            commands.say(actor, talk, form.said.data, form.key)
        except Refused as refused:
            form.refuse("said", words.sentence(refused.reason))
        else:
            return done(_address(talk), _("Bewaard. Het gezin leest dit nu."))
    return _again("talks/show.html", actor, talk=talk, form=form)


@talks.get("/overleg/met-wie/<uuid:share>", needs=Action.TALK_ANSWER, load=store.may_talk)
def ask_with(actor: Actor, view: WithView) -> Response:
    """Met wie mag (naam) over ons praten?"""
    form = WithForm.of(view.body)
    return _page("talks/with.html", actor, view=view, form=form, version=_version(view), was=form.as_is())


@talks.post("/overleg/met-wie/<uuid:share>", needs=Action.TALK_ANSWER, load=store.may_talk)
def choose_with(actor: Actor, view: WithView) -> Response:
    """Save it; when two wrote, show both."""
    form, both, now = WithForm(), None, None
    if form.validate():
        try:
            commands.choose_with(actor, view, form.given(), form.seen, form.key)
        except Refused as refused:
            form.refuse(
                "people" if refused.reason is Reason.UNKNOWN_PERSON else "others", words.sentence(refused.reason)
            )
        except BothChanged as clash:
            view, now = store.may_talk(actor, view.thing.id) or view, WithForm.of(clash.theirs.body)
            both = facing(form, now, partial(words.in_form, view.people), who_wrote(actor, clash.theirs))
        else:
            return done(url_for("talks.index"), _("Bewaard. %(name)s leest dit.", name=view.share.name))
    version, was = (_version(view), now.as_is()) if now else (form.seen or _version(view), form.as_seen())
    return _again("talks/with.html", actor, view=view, form=form, version=version, was=was, both=both)


def _version(view: WithView) -> int:
    return 0 if view.agreed is None else view.agreed.version


def _address(talk: TalkView) -> str:
    return url_for("talks.show", talk=talk.thing.id)


def _page(template: str, actor: Actor, **values: Any) -> Response:
    return page(template, plan=True, words=words, is_guest=actor.kind is ActorKind.GUEST, tab="more", **values)


def _again(template: str, actor: Actor, **values: Any) -> Response:
    return again(template, plan=True, words=words, is_guest=actor.kind is ActorKind.GUEST, tab="more", **values)

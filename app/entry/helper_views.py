"""Meehelpers: letting one in, what is opened to them, and stopping. HTTP only."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.change import Refused
from app.entry import commands, store, words
from app.entry.commands import Helping
from app.entry.forms import MeehelperForm, OpenedForm
from app.entry.store import Door, MemberView
from app.entry.views import entry, to_invite
from app.plan import helpers
from app.plan import words as plan_words
from app.policy.actions import Action
from app.policy.actor import Actor
from app.sharing.rules import opened_by
from app.translations import gettext as _
from app.web.respond import again, done, page

__all__ = ["entry"]


@entry.get("/laat-binnen/meehelper", needs=Action.MEMBER_LET_IN, load=store.help_door)
def ask_help(_actor: Actor, door: Door) -> Response:
    """Wie helpt mee?"""
    return page("entry/ask_help.html", door=door, words=words, plan=door.plan, form=MeehelperForm(formdata=None))


@entry.post("/laat-binnen/meehelper", needs=Action.MEMBER_LET_IN, load=store.help_door)
def let_help_in(actor: Actor, door: Door) -> Response:
    """Invite a meehelper."""
    form = MeehelperForm()
    if form.validate():
        helping = Helping(form.person.data, form.name.data, form.whats)
        try:
            invited = commands.let_help_in(actor, door, helping, form.key)
        except Refused as refused:
            form.refuse("name", plan_words.sentence(refused.reason))
        else:
            return to_invite(invited)
    return again("entry/ask_help.html", door=door, words=words, plan=door.plan, form=form)


@entry.get("/meehelpers/<uuid:member>", needs=Action.MEMBER_LET_IN, load=store.meehelper)
def meehelper(_actor: Actor, member: MemberView) -> Response:
    """What one meehelper may see and change."""
    form = OpenedForm(formdata=None, opened=[what.value for what in member.whats])
    return page("entry/meehelper.html", member=member, words=words, plan=True, tab="more", form=form)


@entry.post("/meehelpers/<uuid:member>", needs=Action.MEMBER_LET_IN, load=store.meehelper)
def open_to(actor: Actor, member: MemberView) -> Response:
    """Open other things to them."""
    form = OpenedForm()
    helpers.open_to(actor, member.thing, opened_by(form.whats), form.key)
    return done(url_for("entry.people"), _("Bewaard."))


@entry.post("/meehelpers/<uuid:member>/stop", needs=Action.MEMBER_STOP, load=store.stopped_too)
def stop_meehelper(actor: Actor, member: MemberView) -> Response:
    """They open nothing any more."""
    commands.stop_meehelper(actor, member)
    return done(url_for("entry.people"), _("Gestopt. Ons plan gaat daar dicht."))

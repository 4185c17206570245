"""The page of a child, from its parents' side. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts import commands as accounts
from app.change import Refused
from app.childpages import commands, store, words
from app.childpages.forms import KeyForm, LevelForm, MakeForm, ShownForm
from app.childpages.room import childpages
from app.childpages.store import CardOf, DeviceOf, Nursery, OnPage, PageOf, Peep, PutOn
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web.peek import peeked
from app.web.respond import again, done, page


@childpages.get("/kinderen", needs=Action.CHILD_PAGES_SEE, load=store.nursery)
def index(_actor: Actor, nursery: Nursery) -> Response:
    """Onze kinderen: each with or without a page."""
    return _shown("childpages/index.html", nursery=nursery)


@childpages.post("/kinderen", needs=Action.CHILD_PAGE_MAKE, load=store.nursery)
def make(actor: Actor, nursery: Nursery) -> Response:
    """Make a page for one of them."""
    form = MakeForm()
    try:
        made = commands.make(actor, nursery, form.person.data if form.validate() else None, form.key)
    except Refused as refused:
        errors = {"person": words.sentence(refused.reason)}
        return again(
            "childpages/index.html", nursery=nursery, plan=nursery.plan, words=words, errors=errors, tab="more"
        )
    if made.repeated:
        return done(url_for("childpages.index"))
    return done(url_for("childpages.show", member=made.id), _("De bladzijde is er."))


@childpages.get("/kinderen/<uuid:member>", needs=Action.CHILD_PAGE_CHANGE, load=store.page_of)
def show(_actor: Actor, of: PageOf) -> Response:
    """The page of one child: how it is, what is on it, who opens it."""
    return _shown("childpages/show.html", of=of)


@childpages.get("/kinderen/<uuid:member>/toestel", needs=Action.CHILD_PAGE_CHANGE, load=store.page_of)
def own_device(_actor: Actor, of: PageOf) -> Response:
    """How the child comes in without the phone of a parent, a second plan, and stopping."""
    return _shown("childpages/device.html", of=of)


@childpages.post("/kinderen/<uuid:member>/hoe", needs=Action.CHILD_PAGE_CHANGE, load=store.page_of)
def choose_level(actor: Actor, of: PageOf) -> Response:
    """Beelden, lezen or jongere; at any time."""
    form = LevelForm()
    commands.choose_level(actor, of, form.chosen, form.key)
    return done(_settings(of), _("Bewaard."))


@childpages.post("/kinderen/<uuid:member>/sleutel", needs=Action.CHILD_PAGE_CHANGE, load=store.page_of)
def switch_own_key(actor: Actor, of: PageOf) -> Response:
    """Whether the child keeps a key itself."""
    form = KeyForm()
    commands.switch_own_key(actor, of, form.own_key.data == "1", form.key)
    return done(_device(of), _("Bewaard."))


@childpages.get("/kinderen/<uuid:member>/erop", needs=Action.CHILD_PAGE_CHANGE, load=store.page_of)
def ask_shown(_actor: Actor, of: PageOf) -> Response:
    """Wat staat op de bladzijde?"""
    return _shown("childpages/shown.html", of=of)


@childpages.post("/kinderen/<uuid:member>/erop", needs=Action.CHILD_PAGE_CHANGE, load=store.page_of)
def choose_shown(actor: Actor, of: PageOf) -> Response:
    """What is ticked is on it."""
    form = ShownForm()
    commands.choose_shown(actor, of, form.shown.data or () if form.validate() else of.body.shown, form.key)
    return done(_settings(of), _("Bewaard."))


@childpages.get("/kinderen/zet-op/<uuid:item>", needs=Action.CHILD_PAGES_SEE, load=store.put_on)
def ask_put_on(_actor: Actor, one: PutOn) -> Response:
    """On whose page does this stand?"""
    return page("childpages/put_on.html", one=one, plan=one.plan, tab="more")


@childpages.post("/kinderen/<uuid:member>/erop/<uuid:item>", needs=Action.CHILD_PAGE_CHANGE, load=store.on_page)
def put_on(actor: Actor, on: OnPage) -> Response:
    """Put one thing on it, from the page of that thing."""
    commands.put_on(actor, on.page, on.item.id, request.form.get("form_key"))
    return done(_settings(on.page), _("Bewaard."))


@childpages.post("/kinderen/<uuid:member>/eraf/<uuid:item>", needs=Action.CHILD_PAGE_CHANGE, load=store.on_page)
def take_off(actor: Actor, on: OnPage) -> Response:
    """Take one thing off it."""
    commands.take_off(actor, on.page, on.item.id, request.form.get("form_key"))
    return done(_settings(on.page), _("Bewaard."))


@childpages.get("/kinderen/<uuid:member>/zo/<path:page>", needs=Action.CHILD_PAGE_CHANGE, load=store.peep)
def peep(_actor: Actor, one: Peep) -> Response:
    """The page as the child gets it, without anything it said."""
    inside = url_for("childpages.peep", member=one.thing.id, page="mij").removesuffix("/mij")
    return peeked(one.child, one.page, inside, render_template("childpages/peep_bar.html", of=one.of))


@childpages.post("/kinderen/<uuid:member>/stop", needs=Action.CHILD_PAGE_STOP, load=store.stopped_too)
def stop(actor: Actor, of: PageOf) -> Response:
    """The page opens nowhere any more."""
    commands.stop(actor, of)
    return done(url_for("childpages.index"), _("Gestopt. De bladzijde gaat overal dicht."))


@childpages.post("/kinderen/<uuid:member>/kaarten/<uuid:card>/stop", needs=Action.CHILD_PAGE_STOP, load=store.card_of)
def stop_card(actor: Actor, one: CardOf) -> Response:
    """A card of the child opens nothing any more."""
    accounts.stop_card_of_child(actor, one.thing)
    return done(_device(one.page), _("Die kaart opent niets meer."))


@childpages.post(
    "/kinderen/<uuid:member>/toestellen/<uuid:device>/stop", needs=Action.CHILD_PAGE_STOP, load=store.device_of
)
def stop_device(_actor: Actor, one: DeviceOf) -> Response:
    """A device that the card opened asks for it again."""
    accounts.end_seat(one.device.id)
    return done(_device(one.page), _("Dat toestel opent de bladzijde niet meer."))


def _device(of: PageOf) -> str:
    return url_for("childpages.own_device", member=of.thing.id)


def _settings(of: PageOf) -> str:
    return url_for("childpages.show", member=of.thing.id)


def _shown(template: str, **values: Any) -> Response:
    of = values.get("of") or values["nursery"]
    return page(template, plan=of.plan, words=words, tab="more", **values)

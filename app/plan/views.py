"""Pages and forms of the plan itself and of its homes. HTTP only."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.change import BothChanged, Refused
from app.history.words import way_back, who_wrote
from app.plan import commands, sleeping, store, words
from app.plan.forms import FactsForm, HomeForm, NightsForm
from app.plan.rules import Reason
from app.plan.sleeping import NightsView
from app.plan.store import FactsView, HomesView, HomeView
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web.both import facing
from app.web.respond import again, done, page
from app.web.room import Room

plan = Room("plan", __name__)

REFUSED_AT = {Reason.ENDS_BEFORE_START: "ended_on"}


@plan.get("/over", needs=Action.PLAN_CHANGE, load=store.facts)
def facts(_actor: Actor, facts: FactsView) -> Response:
    """The facts of the plan, to read and to change."""
    form = FactsForm.of(facts.thing.body)
    return _page("plan/facts.html", facts=facts, form=form, version=facts.thing.version, was=form.as_is())


@plan.post("/over", needs=Action.PLAN_CHANGE, load=store.facts)
def change_facts(actor: Actor, facts: FactsView) -> Response:
    """Save the facts; when two wrote, show both."""
    form, both, now = FactsForm(), None, None
    if form.validate():
        try:
            commands.change_facts(actor, facts, form.given(), form.seen, form.key)
        except Refused as refused:
            form.refuse(REFUSED_AT[refused.reason], words.sentence(refused.reason))
        except BothChanged as clash:
            facts, now = store.facts(actor) or facts, FactsForm.of(clash.theirs.body)
            both = facing(form, now, words.facts_in_form, who_wrote(actor, clash.theirs))
        else:
            return done(url_for("plan.facts"), _("Bewaard."))
    version = facts.thing.version if both else form.seen or facts.thing.version
    was = now.as_is() if now else form.as_seen()
    return _again("plan/facts.html", facts=facts, form=form, version=version, was=was, both=both)


@plan.get("/huizen", needs=Action.PLAN_SEE, load=store.homes)
def homes(_actor: Actor, homes: HomesView) -> Response:
    """Waar slaap ik wanneer? The homes and who sleeps there."""
    return _page("plan/homes.html", homes=homes, tab="people")


@plan.get("/huizen/nieuw", needs=Action.PLAN_SEE, load=store.fresh_homes)
def new_home(_actor: Actor, homes: HomesView) -> Response:
    """The form for one more home."""
    return _page("plan/new_home.html", homes=homes, form=HomeForm(formdata=None))


@plan.post("/huizen", needs=Action.PLAN_SEE, load=store.fresh_homes)
def add_home(actor: Actor, homes: HomesView) -> Response:
    """Save one more home."""
    form = HomeForm()
    if form.validate():
        try:
            commands.add_home(actor, homes, form.given(), form.key)
        except Refused as refused:
            form.refuse("sleepers", words.sentence(refused.reason))
        else:
            return done(url_for("plan.homes"), _("Bewaard."))
    return _again("plan/new_home.html", homes=homes, form=form)


@plan.get("/huizen/<uuid:home>/verander", needs=Action.HOME_CHANGE, load=store.home)
def edit_home(_actor: Actor, home: HomeView) -> Response:
    """The form with a home's name and who sleeps there."""
    form = HomeForm.of(home.thing.body)
    return _page("plan/edit_home.html", home=home, form=form, version=home.thing.version, was=form.as_is())


@plan.post("/huizen/<uuid:home>/verander", needs=Action.HOME_CHANGE, load=store.home)
def change_home(actor: Actor, home: HomeView) -> Response:
    """Save a home; when two wrote, show both."""
    form, both, now = HomeForm(), None, None
    if form.validate():
        try:
            commands.change_home(actor, home, form.given(), form.seen, form.key)
        except Refused as refused:
            form.refuse("sleepers", words.sentence(refused.reason))
        except BothChanged as clash:
            home, now = store.home(actor, home.thing.id) or home, HomeForm.of(clash.theirs.body)
            both = facing(form, now, partial(words.home_in_form, home.people), who_wrote(actor, clash.theirs))
        else:
            return done(url_for("plan.homes"), _("Bewaard."))
    version = home.thing.version if both else form.seen or home.thing.version
    was = now.as_is() if now else form.as_seen()
    return _again("plan/edit_home.html", home=home, form=form, version=version, was=was, both=both)


@plan.post("/huizen/<uuid:home>/weg", needs=Action.HOME_REMOVE, load=store.removed_home_too)
def remove_home(actor: Actor, home: HomeView) -> Response:
    """Into the bin for 30 days."""
    gone = commands.remove_home(actor, home)
    return done(
        url_for("plan.homes"), _("Weggehaald. Het blijft 30 dagen bij wat jullie weghaalden."), undo=way_back(gone)
    )


def _page(template: str, **values: Any) -> Response:
    return page(template, plan=True, words=words, **values)


def _again(template: str, **values: Any) -> Response:
    return again(template, plan=True, words=words, **values)


NIGHTS = "/huizen/<uuid:home>/nachten/<uuid:person>"


@plan.get(NIGHTS, needs=Action.HOME_CHANGE, load=sleeping.view)
def nights(_actor: Actor, nights: NightsView) -> Response:
    """When one child sleeps in a home."""
    form = NightsForm.of(nights.nights, nights.today)
    return _page("plan/nights.html", nights=nights, form=form, version=nights.thing.version, was=form.as_is())


@plan.post(NIGHTS, needs=Action.HOME_CHANGE, load=sleeping.view)
def tell_nights(actor: Actor, nights: NightsView) -> Response:
    """Save it; when two wrote, show both."""
    form, both, now = NightsForm(), None, None
    if form.validate():
        try:
            sleeping.tell_nights(actor, nights, form.given(), form.seen, form.key)
        except Refused as refused:
            form.refuse(
                "first" if refused.reason is Reason.NO_FIRST_DAY else "weekdays", words.sentence(refused.reason)
            )
        except BothChanged as clash:
            nights = sleeping.view(actor, nights.thing.id, nights.child.id) or nights
            now = NightsForm.of(nights.nights, nights.today)
            both = facing(form, now, words.nights_in_form, who_wrote(actor, clash.theirs))
        else:
            return done(url_for("plan.homes"), _("Bewaard."))
    version = nights.thing.version if both else form.seen or nights.thing.version
    was = now.as_is() if both and now else form.as_seen()
    return _again("plan/nights.html", nights=nights, form=form, version=version, was=was, both=both)


@plan.post(f"{NIGHTS}/weg", needs=Action.HOME_CHANGE, load=sleeping.view)
def forget_nights(actor: Actor, nights: NightsView) -> Response:
    """Nobody knows any more."""
    gone = sleeping.forget_nights(actor, nights)
    return done(url_for("plan.homes"), _("Weggehaald."), undo=way_back(gone))

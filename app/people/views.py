"""Pages and forms of people. HTTP only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import request, session, url_for
from werkzeug.wrappers import Response

from app.change import BothChanged, Refused
from app.history.words import way_back, who_wrote
from app.people import commands, looks, store, words
from app.people.drawing import drawing
from app.people.forms import NewPersonForm, PersonForm, RoleForm, ring_from
from app.people.nouns import RoleBody
from app.people.rules import Reason
from app.people.store import PeopleView, PersonView, RoleView
from app.plan import domains
from app.policy.actions import Action
from app.policy.actor import Actor
from app.rooms import panels
from app.translations import gettext as _
from app.web.both import facing
from app.web.respond import again, done, page
from app.web.room import Room

people = Room("people", __name__)

# Where the browser's own signed cookie keeps how it looks at people: nothing of a plan, and gone when it forgets.
LOOK = "look"

# The field beside which each refusal of a form is said.
REFUSED_AT = {
    Reason.NO_NUMBER: "phone",
    Reason.UNKNOWN_PERSON: "for_people",
    Reason.TOO_MANY_DOMAINS: "domains",
}


@people.get("/mensen", needs=Action.PLAN_SEE, load=store.people)
def index(_actor: Actor, board: PeopleView) -> Response:
    """Onze mensen, the way this browser looked at them last: rings, groups or a list."""
    asked = request.args.get("toon")
    look = looks.look_from(asked, session.get(LOOK))
    if asked == look.value != session.get(LOOK):
        session[LOOK] = look.value
    beside = looks.ring_of(request.args.get("kring"), board)
    shown = {"looks": looks, "rings": looks.rings_of(board), "drawing": drawing, "beside": beside}
    return _page("people/index.html", board=board, look=look, tab="people", **shown)


@people.get("/mensen/waarvoor", needs=Action.PLAN_SEE, load=store.people)
def by_domain(_actor: Actor, board: PeopleView) -> Response:
    """Waarvoor is wie er? People by part of life."""
    return _page("people/by_domain.html", board=board, tab="people")


@people.get("/mensen/nieuw", needs=Action.PLAN_SEE, load=store.fresh)
def new(_actor: Actor, board: PeopleView) -> Response:
    """The form for a new person; the link says in which ring and for which part of life it starts."""
    domain = request.args.get("over", "")
    chosen = [domain] if domain in domains.KEYS else []
    form = NewPersonForm(formdata=None, ring=ring_from(request.args.get("ring")), domains=chosen)
    return _page("people/new.html", board=board, form=form)


@people.post("/mensen", needs=Action.PLAN_SEE, load=store.fresh)
def add(actor: Actor, board: PeopleView) -> Response:
    """Save a new person."""
    form = NewPersonForm()
    if form.validate():
        try:
            saved = commands.add(actor, board, form.given(), form.role(), form.key)
        except Refused as refused:
            form.refuse(REFUSED_AT[refused.reason], words.sentence(refused.reason))
        else:
            return done(url_for("people.show", person=saved.id), _("Bewaard."))
    return _again("people/new.html", board=board, form=form)


@people.get("/mensen/<uuid:person>", needs=Action.PERSON_SEE, load=store.page_of)
def show(actor: Actor, person: PersonView) -> Response:
    """One person: call them, what they are for us, and what other rooms say of them."""
    said = panels("person", actor, person.thing)
    return _page("people/show.html", person=person, panels=said, tab="people")


@people.get("/mensen/<uuid:person>/verander", needs=Action.PERSON_CHANGE, load=store.person)
def edit(_actor: Actor, person: PersonView) -> Response:
    """The form with a person's name, ring, phone and address."""
    return _edit(_page, person)


@people.post("/mensen/<uuid:person>/verander", needs=Action.PERSON_CHANGE, load=store.person)
def change(actor: Actor, person: PersonView) -> Response:
    """Save a person; when two wrote, show both."""
    form, both, now = PersonForm.of_person(person, typed=True), None, None
    if form.validate():
        try:
            commands.edit(actor, person, form.given(), form.seen, form.key)
        except Refused as refused:
            form.refuse(REFUSED_AT[refused.reason], words.sentence(refused.reason))
        except BothChanged as clash:
            person = store.person(actor, person.thing.id) or person
            now = PersonForm.of_person(person)
            both = facing(form, now, words.person_in_form, who_wrote(actor, clash.theirs))
        else:
            return done(url_for("people.show", person=person.thing.id), _("Bewaard."))
    version = person.thing.version if both else form.seen or person.thing.version
    was = now.as_is() if now else form.as_seen()
    return _again("people/edit.html", person=person, form=form, version=version, was=was, both=both)


@people.post("/mensen/<uuid:person>/vanavond", needs=Action.PERSON_CHANGE, load=store.person)
def tonight(actor: Actor, person: PersonView) -> Response:
    """Among those to call in the evening."""
    return _tonight(actor, person, True)


@people.post("/mensen/<uuid:person>/vanavond/terug", needs=Action.PERSON_CHANGE, load=store.person)
def not_tonight(actor: Actor, person: PersonView) -> Response:
    """Not among them any more."""
    return _tonight(actor, person, False)


@people.post("/mensen/<uuid:person>/weg", needs=Action.PERSON_REMOVE, load=store.removed_too)
def remove(actor: Actor, person: PersonView) -> Response:
    """Into the bin for 30 days."""
    try:
        gone = commands.remove(actor, person)
    except Refused as refused:
        refusal = {"name": words.sentence(refused.reason)}
        return _edit(_again, person, refusal=refusal)
    said = _("Weggehaald. Het blijft 30 dagen bij wat jullie weghaalden.")
    return done(url_for("people.index"), said, undo=way_back(gone))


@people.get("/mensen/<uuid:person>/rollen/nieuw", needs=Action.PERSON_CHANGE, load=store.person)
def new_role(_actor: Actor, person: PersonView) -> Response:
    """The form for one more thing a person is for the family."""
    return _page("people/new_role.html", person=person, form=RoleForm(formdata=None))


@people.post("/mensen/<uuid:person>/rollen", needs=Action.PERSON_CHANGE, load=store.person)
def add_role(actor: Actor, person: PersonView) -> Response:
    """Save one more role."""
    form = RoleForm()
    if form.validate():
        try:
            commands.add_role(actor, person, form.role(), form.key)
        except Refused as refused:
            form.refuse(REFUSED_AT[refused.reason], words.sentence(refused.reason))
        else:
            return done(url_for("people.show", person=person.thing.id), _("Bewaard."))
    return _again("people/new_role.html", person=person, form=form)


@people.get("/mensen/<uuid:person>/rollen/<uuid:role>", needs=Action.PERSON_CHANGE, load=store.role)
def edit_role(_actor: Actor, role: RoleView) -> Response:
    """The form with one role."""
    form = RoleForm.of_role(role.role or RoleBody())
    shown = {"form": form, "version": role.version, "was": form.as_is()}
    return _page("people/edit_role.html", role=role, person=role.person, **shown)


@people.post("/mensen/<uuid:person>/rollen/<uuid:role>", needs=Action.PERSON_CHANGE, load=store.role_gone_too)
def change_role(actor: Actor, role: RoleView) -> Response:
    """Save one role; when two wrote, show both."""
    form, both, now = RoleForm(), None, None
    if form.validate():
        try:
            commands.edit_role(actor, role, form.role(), form.seen, form.key)
        except Refused as refused:
            form.refuse(REFUSED_AT[refused.reason], words.sentence(refused.reason))
        except BothChanged as clash:
            role = store.role_gone_too(actor, role.thing.id, role.id) or role
            now = RoleForm.of_role(role.role or RoleBody())
            both = facing(form, now, partial(words.role_in_form, role.person.whole), who_wrote(actor, clash.theirs))
        else:
            return done(url_for("people.show", person=role.thing.id), _("Bewaard."))
    version = role.version if both or form.seen is None else form.seen
    shown = {"form": form, "version": version, "was": now.as_is() if now else form.as_seen(), "both": both}
    return _again("people/edit_role.html", role=role, person=role.person, **shown)


@people.post("/mensen/<uuid:person>/rollen/<uuid:role>/weg", needs=Action.PERSON_CHANGE, load=store.role_gone_too)
def remove_role(actor: Actor, role: RoleView) -> Response:
    """Take one role away; the others stay."""
    gone = commands.remove_role(actor, role)
    return done(url_for("people.show", person=role.thing.id), _("Weggehaald."), undo=way_back(gone))


def _tonight(actor: Actor, person: PersonView, yes: bool) -> Response:
    commands.tonight(actor, person, yes)
    now = store.person(actor, person.thing.id)
    address = url_for("people.show", person=person.thing.id)
    return done(address, _("Bewaard."), fragment="people/_tonight.html", person=now, words=words)


def _edit(answer: Callable[..., Response], person: PersonView, **values: Any) -> Response:
    form = PersonForm.of_person(person)
    version = person.thing.version
    return answer("people/edit.html", person=person, form=form, version=version, was=form.as_is(), **values)


def _page(template: str, **values: Any) -> Response:
    return page(template, plan=True, words=words, **values)


def _again(template: str, **values: Any) -> Response:
    return again(template, plan=True, words=words, **values)

"""Whom a child trusts: its own pages. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.change import Refused
from app.children import in_hand, openings
from app.policy.actions import Action
from app.policy.actor import Actor
from app.trusted import commands, helping, store, words
from app.trusted.commands import Made, TrustedSecret
from app.trusted.forms import NameForm
from app.trusted.room import trusted
from app.trusted.store import Circle, TrustedView
from app.web import qr
from app.web.form import Form
from app.web.handover import hand_over, handed, take_away
from app.web.respond import again, done, page

LINK = "trusted"
ONE = "/mij/vertrouw/<uuid:trusted>"


@trusted.get("/mij/vertrouw", needs=Action.OWN_DAY_SEE, load=store.circle)
def index(_actor: Actor, circle: Circle) -> Response:
    """Wie vertrouw jij?"""
    openings.seen(circle.child, circle.me, circle.zone)
    return page("trusted/index.html", **_around(circle, NameForm(formdata=None)))


@trusted.post("/mij/vertrouw", needs=Action.TRUSTED_NAME, load=store.circle)
def name(_actor: Actor, circle: Circle) -> Response:
    """Name somebody, who gets a link of their own."""
    form = NameForm()
    if form.validate():
        try:
            called = circle.called(form.person.data) or form.name.data
            return _handed(circle, commands.name(circle, called, form.key))
        except Refused as refused:
            form.refuse("name", words.sentence(refused.reason))
    return again("trusted/index.html", **_around(circle, form))


@trusted.get(ONE, needs=Action.OWN_SEE, load=store.one)
def show(_actor: Actor, view: TrustedView) -> Response:
    """The link, as QR and to send, for half an hour; until when it works, and stop."""
    secret = handed(LINK, TrustedSecret) if view.works else None
    address = words.address(secret.token) if secret is not None else ""
    picture = qr.svg(address) if address else ""
    around: dict[str, Any] = {
        "address": address,
        "picture": picture,
        "words": words,
        "plan": True,
        "lent": view.circle.phone.is_lent,
    }
    return page("trusted/show.html", view=view, tab="who", **around)


@trusted.post(f"{ONE}/link", needs=Action.OWN_CHANGE, load=store.one)
def renew(_actor: Actor, view: TrustedView) -> Response:
    """A new link; the old one stops."""
    try:
        return _handed(view.circle, commands.renew(view, Form().sent_key))
    except Refused as refused:
        return done(url_for("trusted.index"), words.sentence(refused.reason))


@trusted.post(f"{ONE}/langer", needs=Action.OWN_CHANGE, load=store.one)
def extend(_actor: Actor, view: TrustedView) -> Response:
    """Nog 3 maanden."""
    try:
        commands.extend(view, Form().sent_key)
    except Refused as refused:
        return done(url_for("trusted.index"), words.sentence(refused.reason))
    return done(url_for("trusted.show", trusted=view.thing.id), words.longer())


@trusted.post(f"{ONE}/stop", needs=Action.TRUSTED_STOP, load=store.one)
def stop(_actor: Actor, view: TrustedView) -> Response:
    """Stop; it works at the next request."""
    commands.stop(view.there, view.thing)
    answer = done(url_for("trusted.index"), words.stopped())
    take_away(answer, url_for("trusted.show", trusted=view.thing.id), LINK)
    return answer


@trusted.get("/mij/hulp", needs=Action.OWN_DAY_SEE, load=helping.helping)
def help(_actor: Actor, found: helping.Helping) -> Response:  # noqa: A001 - what it is
    """Ben je bang? First somebody you trust, then a line that listens, and the number for danger now."""
    return page("trusted/help.html", help=found, words=words, plan=True, tab="who")


def _handed(circle: Circle, made: Made) -> Response:
    if circle.phone.is_lent:
        if not in_hand.is_one_tap(made.repeated, made.at):
            return done(url_for("trusted.index"))
        in_hand.take(made.trusted)
    address = url_for("trusted.show", trusted=made.trusted)
    answer = done(address)
    hand_over(answer, address, LINK, made.secret)
    return answer


def _around(circle: Circle, form: NameForm) -> dict[str, Any]:
    around = {"circle": circle, "form": form, "words": words, "lent": circle.phone.is_lent}
    return {**around, "plan": True, "tab": "who"}

"""Ik heb nog een thuis: a child brings what it keeps along to a second plan, by a code. HTTP only."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from app.change import Refused
from app.childpages import boxes, store, words
from app.childpages.boxes import Box
from app.childpages.forms import CodeForm
from app.childpages.room import childpages, open_pages
from app.childpages.store import PageOf
from app.children import lock, twice
from app.config import Config
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web import qr
from app.web.addresses import own_front
from app.web.handover import hand_over, handed
from app.web.respond import UNPROCESSABLE, again, done, page

PURPOSE = "a code for another home"


class HomeCode(msgspec.Struct, frozen=True):
    """A code as its child's browser holds it."""

    code: str


@childpages.get("/mij/nog-een-thuis", needs=Action.OWN_LINK, load=boxes.box)
def another_home(_actor: Actor, _box: Box) -> Response:
    """Ik heb nog een thuis: make a code here, or give one from there."""
    return _own_page({})


@childpages.post("/mij/nog-een-thuis/code", needs=Action.OWN_LINK, load=boxes.box)
def make_home_code(actor: Actor, box: Box) -> Response:
    """A code, in this browser only."""
    try:
        code = twice.make_code(actor, box.zone, request.form.get("form_key"))
    except Refused as refused:
        return _own_page({"made": words.home_sentence(refused.reason)}, UNPROCESSABLE)
    address = url_for("childpages.another_home")
    answer = done(address)
    hand_over(answer, address, PURPOSE, HomeCode(code))
    return answer


@childpages.post("/mij/nog-een-thuis", needs=Action.OWN_LINK, load=boxes.box)
def give_home_code(actor: Actor, _box: Box) -> Response:
    """The code of the other plan: what I keep there is here too."""
    form = CodeForm()
    if actor.plan is None or actor.person is None:
        return redirect(url_for("childpages.another_home"), 303)
    try:
        is_new = twice.join(actor.plan, actor.person, form.code.data or "", actor)
    except Refused as refused:
        return _own_page({"code": words.home_sentence(refused.reason)}, UNPROCESSABLE)
    # A key that was made here before opens nothing any more, this one neither.
    ended = is_new and lock.came_in_itself(actor)
    return done(url_for("entry.key") if ended else own_front(actor.plan), words.joined(is_new))


@childpages.post("/kinderen/<uuid:member>/nog-een-thuis", needs=Action.CHILD_PAGE_CHANGE, load=store.page_of)
def join_home(actor: Actor, of: PageOf) -> Response:
    """A parent gives the code in; whatever is the matter with it, the sentence is the same."""
    form = CodeForm()
    try:
        is_new = twice.join(of.plan.id, of.person.id, form.code.data or "", actor)
    except Refused:
        errors = {"code": _("Deze code werkt hier niet. Laat je kind ze zelf geven, op zijn bladzijde.")}
        return again("childpages/device.html", of=of, plan=of.plan, words=words, tab="more", errors=errors)
    said = _("Bewaard.") if is_new else _("Deze code gaf jij al. Het is in orde.")
    return done(url_for("childpages.own_device", member=of.thing.id), said)


@open_pages.get(
    "/nog-een-thuis/<number>",
    because="what the QR of such a code opens: neutral, uses up nothing, the same for any",
)
def scanned_home_code(number: str) -> Response:
    """Where the code is given in."""
    return page("childpages/scanned.html", code=twice.grouped(number[:40]))


def _own_page(errors: dict[str, str], status: int = 200) -> Response:
    secret = handed(PURPOSE, HomeCode, url_for("childpages.another_home"))
    shown: dict[str, Any] = {"errors": errors, "number": ""}
    if secret is not None:
        config: Config = current_app.extensions["onsplan.config"]
        address = config.address + url_for("childpages.scanned_home_code", number=secret.code)
        shown |= {"number": twice.grouped(secret.code), "qr_svg": qr.svg(address)}
    return again("childpages/another_home.html", status, plan=True, tab="me", **shown)

"""The pictures of a child: choosing them, showing them, and its own device put on slot. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts import commands as accounts
from app.accounts.rules import Wait
from app.change import NotPermitted, Refused
from app.childpages import boxes, words
from app.childpages.boxes import Box
from app.childpages.forms import PicturesForm
from app.childpages.room import childpages, open_pages
from app.children import code, in_hand, lock
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.web.addresses import front, own_front
from app.web.respond import TOO_MANY, UNPROCESSABLE, done, left, page
from app.web.session import (
    actor_in,
    close_box,
    forget,
    on_slot,
    put_on_slot,
    take_off_slot,
    visitor,
)

CHOOSE, SHOW, CHANGE = "kies", "toon", "anders"


@childpages.get("/mij/prentjes", needs=Action.OWN_LOCK, load=boxes.box)
def pictures(_actor: Actor, box: Box) -> Response:
    """Mijn prentjes: what they close, and what one may do with them here."""
    return _page("childpages/pictures.html", box=box)


@childpages.post("/mij/prentjes", needs=Action.OWN_LOCK, load=boxes.box)
def tap_picture(actor: Actor, box: Box) -> Response:
    """One picture more; with the last one it is done."""
    form, way = PicturesForm(), request.form.get("way", "")
    tapped, wanted = form.tapped, code.LENGTH * (2 if way == CHANGE else 1)
    if way not in _ways(box):
        return redirect(url_for("childpages.pictures"), 303)
    if len(tapped) < wanted or (way == CHOOSE and not request.form.get("sure")):
        return _page("childpages/tap.html", box=box, way=way, tapped=tapped[:wanted], action=request.path)
    try:
        _do(actor, box, way, tapped)
    except Refused as refused:
        return _guessed_wrong(actor, refused) or _refused(refused, box=box, way=way, action=request.path)
    return done(front_of(actor))


@childpages.post("/mij/prentjes/dicht", needs=Action.OWN_LOCK, load=boxes.box)
def close_own_box(actor: Actor, _box: Box) -> Response:
    """What I keep asks for my pictures again."""
    close_box()
    in_hand.lay_down()
    return done(front_of(actor))


@childpages.post("/mij/op-slot", needs=Action.OWN_LOCK, load=boxes.box)
def close_own_page(actor: Actor, box: Box) -> Response:
    """My page is closed on this device until my pictures, or my key, open it."""
    here = visitor()
    if not box.may_put_on_slot or here is None or actor.plan is None:
        return redirect(url_for("childpages.pictures"), 303)
    put_on_slot(accounts.turn_session(here), actor.plan)
    return left(done(url_for("childpages.ask_pictures")))


@open_pages.get("/op-slot", because="a page that a child closed on this device; shows nothing of any plan")
def ask_pictures() -> Response:
    """Toon je prentjes."""
    if on_slot() is None:
        return redirect(url_for("home.landing"), 303)
    return _closed([], {})


@open_pages.post("/op-slot", because="takes the pictures of the child whose device this is: guesses are counted")
def show_pictures() -> Response:
    """One picture more; the fourth opens the page, or not."""
    plan, here, form = on_slot(), visitor(), PicturesForm()
    actor = None if plan is None else actor_in(plan)
    if actor is None or actor.kind is not ActorKind.CHILD or plan is None or here is None:
        take_off_slot()
        return redirect(url_for("home.landing"), 303)
    if len(form.tapped) < code.LENGTH:
        return _closed(form.tapped, {})
    try:
        code.show(actor, form.tapped, boxes.box(actor).zone)
    except Refused as refused:
        errors = {"picture": words.lock_sentence(refused.reason)}
        return _guessed_wrong(actor, refused) or _closed([], errors, _status(refused))
    take_off_slot()
    return redirect(front(plan, actor), 303)


def _ways(box: Box) -> set[str]:
    """What one may do here: choose, show, or change."""
    ways = {CHOOSE} if box.may_choose else set()
    return ways | ({SHOW, CHANGE} if box.has_code else set())


def _do(actor: Actor, box: Box, way: str, tapped: list[str]) -> None:
    if way == SHOW:
        code.show(actor, tapped, box.zone)
    elif way == CHOOSE:
        code.choose(actor, tapped, box.zone)
    else:
        code.choose_anew(actor, tapped[: code.LENGTH], tapped[code.LENGTH :], box.zone)


def _refused(refused: Refused, **shown: Any) -> Response:
    """Once more from the first picture."""
    errors = {"picture": words.lock_sentence(refused.reason)}
    return _page("childpages/tap.html", _status(refused), tapped=[], errors=errors, **shown)


def _status(refused: Refused) -> int:
    too_many = isinstance(refused.reason, Wait) or refused.reason is code.Reason.TOMORROW
    return TOO_MANY if too_many else UNPROCESSABLE


def _guessed_wrong(actor: Actor, refused: Refused) -> Response | None:
    """After too many guesses on the child's own device its key is needed: that opens nothing any more. A lent phone, or
    one that a parent's card opened, only waits: others guess along on those, and a card would begin the count anew.
    """
    here = visitor()
    if not isinstance(refused.reason, Wait) or here is None or not lock.came_in_itself(actor):
        return None
    accounts.end_session(here)
    forget()
    return left(redirect(url_for("entry.key"), 303))


def _closed(tapped: list[str], errors: dict[str, str], status: int = 200) -> Response:
    shown = {"tapped": tapped, "errors": errors, "action": url_for("childpages.show_pictures")}
    return page("childpages/closed.html", status, code=code, words=words, **shown)


def front_of(actor: Actor) -> str:
    """The child's own first page."""
    if actor.plan is None:
        raise NotPermitted
    return own_front(actor.plan)


def _page(template: str, status: int = 200, **values: Any) -> Response:
    return page(template, status, plan=True, tab="me", code=code, words=words, **values)

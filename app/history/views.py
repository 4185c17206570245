"""Wat is er veranderd? and the bin. HTTP only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request, url_for
from werkzeug.wrappers import Response

from app.change import BothChanged, Refused
from app.history import commands, store, words
from app.history.entries import EntryView
from app.history.rules import Reason
from app.history.store import BinView, PageView
from app.items import Thing
from app.policy.actions import Action
from app.policy.actor import Actor
from app.rooms import ADDRESSES
from app.translations import gettext as _
from app.web.respond import done, page
from app.web.room import Room
from app.web.unsent import carried

history = Room("history", __name__)


def _page_asked(actor: Actor) -> PageView | None:
    """The page the address asks for: `na` is the last change of the page before."""
    text = request.args.get("na", "")
    try:
        after = UUID(text) if text else None
    except ValueError:
        return None
    return store.page(actor, after)


@history.get("/veranderd", needs=Action.HISTORY_SEE, load=_page_asked)
def index(_actor: Actor, shown: PageView) -> Response:
    """What changed, by day, newest first."""
    return page("history/index.html", shown=shown, words=words, plan=True, tab="more")


@history.post("/veranderd/<uuid:entry>/toch-niet", needs=Action.UNDO, load=store.entry)
def undo(actor: Actor, entry: EntryView) -> Response:
    """Toch niet."""
    leads_back = "back" in request.form and not entry.made_it
    address = ADDRESSES.get(entry.thing.kind.name) if leads_back else None
    back = address(entry.thing) if address is not None else url_for("history.index")
    try:
        commands.undo(actor, entry, request.form.get("form_key"))
    except BothChanged:
        return done(back, words.sentence(Reason.CHANGED_SINCE))
    except Refused as refused:
        return done(back, words.sentence(refused.reason))
    return done(back, _("Dit staat weer zoals eerst."))


@history.get("/weggehaald", needs=Action.HISTORY_SEE, load=store.removed)
def bin(_actor: Actor, binned: BinView) -> Response:  # noqa: A001 - the name of the page
    """What was taken away, for 30 days."""
    return page("history/bin.html", binned=binned, words=words, plan=True, tab="more")


@history.post("/weggehaald/<uuid:item>/terug", needs=Action.RESTORE, load=store.removed_one)
def restore(actor: Actor, item: Thing[Any]) -> Response:
    """Zet terug."""
    commands.restore(actor, item, request.form.get("form_key"))
    kept = carried()
    if kept.leads_into(item.plan):
        return page("entry/send_again.html", unsent=kept, again=True)
    return done(url_for("history.bin"), _("Dit staat weer in ons plan."))

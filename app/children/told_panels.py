"""What this room says on the first pages of others: to whom a child chose, a line without a word of what it is."""

from __future__ import annotations

from typing import Any

from flask import g, url_for

from app.children import said_store, said_words, told_store
from app.children.nouns import ASKS_ANSWER
from app.policy.actor import Actor, ActorKind
from app.rooms import Panel
from app.translations import gettext as _


def on_plan(actor: Actor, _plan: Any) -> Panel | None:
    """On "Ons plan" of a parent, a meehelper or a guest."""
    found = told_store.told(actor)
    return None if found is None else _panel(actor, found, url_for("children.told"))


def on_link(actor: Actor, view: Any) -> Panel | None:
    """On the page of a link, for its holder only: not for the family that looks at it beforehand."""
    if g.get("actor") != actor or view.share is None:
        return None
    found = told_store.through_link(actor)
    return None if found is None else _panel(actor, found, url_for("children.link_told", share=view.share))


def on_today(actor: Actor, _plan: Any) -> Panel:
    """On the first page of a child: how it feels is one tap, and who may see that the next."""
    return Panel("children/_feel.html", {"words": said_words, "phone": said_store.phone_of(actor)})


def _panel(actor: Actor, told: told_store.ToldList, address: str) -> Panel:
    # What waits for an answer of the parents says so itself (room `wishes`).
    new = [one for one in told_store.unread(told.told) if not _must_answer(actor, one)]
    child = (new or told.told)[0].child
    said = _("%(name)s vertelt jou iets.", name=child) if new else _("Wat %(name)s jou vertelde", name=child)
    return Panel("children/_told_panel.html", {"said": said, "address": address}, first=bool(new), short=True)


def _must_answer(actor: Actor, one: told_store.ToldView) -> bool:
    body = one.thing.body
    return actor.kind is ActorKind.PARENT and body.sort in ASKS_ANSWER and body.asked_in == actor.plan

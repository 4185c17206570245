"""Joins this room to the app."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, url_for

from app.childpages import (
    boxes,
    card_views,
    day_views,
    home_views,
    lock_views,
    opened_views,
    phone_views,
    store,
    views,
    words,
)
from app.childpages.room import childpages, open_pages
from app.children import code
from app.config import Config
from app.items import Thing
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.rooms import Panel, bring_panel
from app.translations import gettext as _

# Each adds its routes to the room.
ROUTES = (views, phone_views, card_views, lock_views, home_views, day_views, opened_views)


def register(app: Flask, config: Config) -> None:
    """Bring the room's routes, and the way to a child's page from where that child is."""
    app.register_blueprint(childpages)
    app.register_blueprint(open_pages)
    bring_panel("person", "childpages", _of_a_child)
    bring_panel("own_box", "childpages", _ways)
    bring_panel("own_box_head", "childpages", _opened)
    bring_panel("child_foot", "childpages", _way_back)
    bring_panel("audience", "childpages", _put_on)


def _of_a_child(actor: Actor, person: Thing[Any]) -> Panel | None:
    """On the page of a child: its own page, or the way to one."""
    if not permits(actor, Action.CHILD_PAGE_MAKE):
        return None
    nursery = store.nursery(actor)
    found = None if nursery is None else next((one for one in nursery.children if one.person.id == person.id), None)
    if nursery is None or found is None:
        return None
    if found.thing is None:
        label, href = _("Maak een bladzijde voor %(name)s", name=person.body.name), url_for("childpages.index")
        return Panel("together/_panel.html", {"label": label, "href": href})
    return Panel("childpages/_person.html", {"name": person.body.name, "member": found.thing.id})


def _ways(_actor: Actor, _own: Any) -> Panel:
    """From what a child keeps: what closes it."""
    return Panel("childpages/_ways.html")


def _opened(_actor: Actor, own: Any) -> Panel | None:
    """There too, while it is open: when it was open last."""
    log = boxes.log_of(own)
    return Panel("childpages/_opened.html", {"log": log, "words": words}) if log is not None and log.openings else None


def _way_back(actor: Actor, _plan: Any) -> Panel | None:
    """On each page of a lent phone; a parent who looks at the page as the child gets it has it in hand. After a child
    kept something there, the way to its pictures too.
    """
    if not actor.lent or "peek" in g:
        return None
    return Panel("childpages/_foot.html", {"may_close": code.may_choose(actor)})


def _put_on(actor: Actor, thing: Thing[Any]) -> Panel | None:
    """Where one chooses who sees a thing: the way to put it on the page of a child, where that would do something."""
    if not permits(actor, Action.CHILD_PAGE_MAKE) or not store.may_stand_on(actor, thing):
        return None
    given = {"label": _("Op de bladzijde van een kind"), "href": url_for("childpages.ask_put_on", item=thing.id)}
    return Panel("together/_panel.html", given)

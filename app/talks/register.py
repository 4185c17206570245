"""Joins this room to the app."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for

from app.config import Config
from app.items import Thing
from app.policy.actor import Actor, ActorKind
from app.rooms import Panel, bring_address, bring_kind, bring_panel, bring_told
from app.talks import store, words
from app.talks.models import TALK, WITH
from app.talks.views import talks

MOST_ON_HOME = 1


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds and routes."""
    bring_kind(TALK)
    bring_kind(WITH)
    bring_told("talk", words.told)
    bring_told("talk_with", words.told_with)
    bring_address("talk", lambda talk: url_for("talks.show", plan=talk.plan, talk=talk.id))
    bring_address("talk_with", lambda thing: url_for("talks.index", plan=thing.plan))
    bring_panel("plan", "talks", _on_our_plan)
    bring_panel("person", "talks", _on_a_person)
    bring_panel("more", "talks", _in_the_menu)
    app.register_blueprint(talks)


def _on_our_plan(actor: Actor, _plan: Thing[Any]) -> Panel | None:
    """For a parent what waits for an answer; for a guest what they still have to tell, and the way to tell more."""
    is_guest = actor.kind is ActorKind.GUEST
    if not is_guest and (actor.kind is not ActorKind.PARENT or actor.scribe is not None):
        return None
    board = store.board_of_now(actor)
    found = [*board.to_tell, *board.open] if is_guest else [talk for talk in board.open if talk.waits_for_me]
    if not found and not is_guest:
        return None
    given = {"talks": found[:MOST_ON_HOME], "more": len(found) > MOST_ON_HOME, "words": words, "is_guest": is_guest}
    return Panel("talks/_panel.html", given, waits=bool(found))


def _on_a_person(actor: Actor, person: Thing[Any]) -> Panel | None:
    """On the page of a guest: with whom they may talk, and what they told."""
    if actor.kind is not ActorKind.PARENT or actor.scribe is not None:
        return None
    board = store.board_of_now(actor)
    views = [view for view in board.guests if view.thing.body.person == person.id]
    told = [talk for talk in board.talks if talk.share.thing.body.person == person.id]
    if not views and not told:
        return None
    return Panel("talks/_person.html", {"views": views, "talks": told[:MOST_ON_HOME], "words": words})


def _in_the_menu(actor: Actor, _plan: Thing[Any]) -> Panel | None:
    """In the menu of a guest."""
    return Panel("talks/_menu.html") if actor.kind is ActorKind.GUEST else None

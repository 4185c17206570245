"""What a child told somebody: the pages of whom it chose, in the plan and through a link. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.children import ledger, said_words, told_commands, told_store
from app.children.room import children
from app.children.said_forms import ReplyForm
from app.children.told_store import ToldList, ToldView
from app.media.nouns import Sort
from app.moments.sent import given_in, outcome_of
from app.policy.actions import Action
from app.policy.actor import Actor
from app.sharing.ledger import record_looks
from app.sharing.shown import shown_to
from app.web.respond import again, done, page
from app.web.room import Through

LINK = Through("link", "share")
OF_LINK = "/voor/<uuid:share>/verteld"


@children.get("/verteld", needs=Action.TOLD_SEE, load=told_store.told)
def told(_actor: Actor, told: ToldList) -> Response:
    """What children told me."""
    return page("children/told_list.html", told=told, words=said_words, plan=True)


@children.get("/verteld/<uuid:said>", needs=Action.TOLD_SEE, load=told_store.told_one)
def told_one(_actor: Actor, view: ToldView) -> Response:
    """One of those things; the look is noted first."""
    ledger.note(view.look)
    return page("children/told.html", **_around(view), form=ReplyForm(formdata=None), fault="")


@children.post("/verteld/<uuid:said>/antwoord", needs=Action.REPLY_ADD, load=told_store.told_one, upload=True)
def reply(actor: Actor, view: ToldView) -> Response:
    """Say something back, to that child alone."""
    return _replied(actor, view, _around(view), url_for("children.told_one", said=view.thing.id))


@children.get(OF_LINK, needs=Action.TOLD_SEE, load=told_store.link_told, through=LINK)
def link_told(actor: Actor, told: ToldList) -> Response:
    """What children told me, through a link."""
    note_of_link(actor)
    return page("children/told_list.html", told=told, words=said_words, share=actor.seat)


@children.get(f"{OF_LINK}/<uuid:said>", needs=Action.TOLD_SEE, load=told_store.link_told_one, through=LINK)
def link_told_one(actor: Actor, view: ToldView) -> Response:
    """One of those things, through a link; both ledgers first."""
    note_of_link(actor)
    ledger.note(view.look)
    return page("children/told.html", **_around(view, actor), form=ReplyForm(formdata=None), fault="")


@children.post(
    f"{OF_LINK}/<uuid:said>/antwoord",
    needs=Action.REPLY_ADD,
    load=told_store.link_told_one,
    through=LINK,
    upload=True,
)
def link_reply(actor: Actor, view: ToldView) -> Response:
    """Say something back, through a link."""
    address = url_for("children.link_told_one", share=actor.seat, said=view.thing.id)
    return _replied(actor, view, _around(view, actor), address)


def note_of_link(actor: Actor) -> None:
    """To the family this is a look at the page of the link as it always is: it tells nothing of what a child told."""
    view = shown_to(actor)
    record_looks(actor, view.parts, view.today)


def _replied(actor: Actor, view: ToldView, around: dict[str, Any], address: str) -> Response:
    # Who answers what they did not open on this page read it elsewhere: a look all the same.
    ledger.note(view.look)
    form = ReplyForm()
    said = outcome_of(
        form,
        lambda: told_commands.reply(view, form.given(), form.key, given_in("", Sort.VOICE, Sort.PHOTO), actor),
        said_words.sentence,
    )
    if said.made is not None:
        return done(address, said_words.told())
    return again("children/told.html", said.status, **around, form=form, fault=said.fault)


def _around(view: ToldView, through: Actor | None = None) -> dict[str, Any]:
    around: dict[str, Any] = {"view": view, "words": said_words}
    return around | ({"plan": True} if through is None else {"share": through.seat})

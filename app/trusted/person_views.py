"""Pages of somebody a child trusts: the neutral page, opening the link, what the child told, stopping. HTTP only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request, url_for
from werkzeug.wrappers import Response

from app.accounts.words import device
from app.children import ledger, said_words, told_commands
from app.children.heard_views import FILE, Heard, found_in, looked_at
from app.children.said_forms import ReplyForm
from app.children.told_store import ToldView
from app.media.nouns import Sort
from app.moments.sent import given_in, outcome_of
from app.policy.actions import Action
from app.policy.actor import Actor
from app.trusted import commands, seats, store, words
from app.trusted.room import trusted
from app.trusted.store import ForMe
from app.web.public import Open
from app.web.respond import again, done, page
from app.web.room import Through
from app.web.session import remember, visitor

open_trusted = Open("trusted_open", __name__)

HERS = Through("trusted", "trusted")
FOR_ME = "/voor-mij/<uuid:trusted>"
DEAD = 404


@open_trusted.get("/v/<token>", because="a link: names nobody, uses nothing up, is the same for every token")
def arrive(token: str) -> Response:
    """The neutral page: previews, scanners and archives come no further."""
    return page("sharing/arrive.html", address=url_for("trusted.open_link", token=token))


@open_trusted.post("/v/<token>", because="opens a link on this device; the token is the key")
def open_link(token: str) -> Response:
    """Let this browser look at what a child told."""
    found = seats.of_token(token)
    if found is None:
        return page("sharing/dead.html", DEAD)
    remember(commands.open_link(found, visitor(), device(request.user_agent.string)))
    return done(url_for("trusted.for_me", plan=found.layer, trusted=found.trusted))


@trusted.get(FOR_ME, needs=Action.TOLD_SEE, load=store.for_me, through=HERS)
def for_me(_actor: Actor, told: ForMe) -> Response:
    """What a child told me."""
    return page("trusted/for_me.html", told=told, words=words, said_words=said_words)


@trusted.post(f"{FOR_ME}/stop", needs=Action.TRUSTED_STOP, load=store.for_me, through=HERS)
def leave(actor: Actor, told: ForMe) -> Response:
    """I stop: this link opens nothing any more."""
    commands.stop(actor, told.thing)
    return page("trusted/left.html", child=told.child)


@trusted.get(f"{FOR_ME}/<uuid:said>", needs=Action.TOLD_SEE, load=store.told_me, through=HERS)
def told_me(actor: Actor, view: ToldView) -> Response:
    """One of those things; the look is noted first, for the child."""
    ledger.note(view.look)
    return page("trusted/told.html", **_told(actor, view, ReplyForm(formdata=None)))


@trusted.post(f"{FOR_ME}/<uuid:said>/antwoord", needs=Action.REPLY_ADD, load=store.told_me, through=HERS, upload=True)
def reply(actor: Actor, view: ToldView) -> Response:
    """Say something back, to that child alone."""
    form = ReplyForm()
    said = outcome_of(
        form,
        lambda: told_commands.reply(view, form.given(), form.key, given_in("", Sort.VOICE), actor),
        said_words.sentence,
    )
    if said.made is not None:
        return done(url_for("trusted.told_me", trusted=actor.seat, said=view.thing.id), said_words.told())
    return again("trusted/told.html", said.status, **_told(actor, view, form), fault=said.fault)


def _file(actor: Actor, trusted: UUID, said: UUID, medium: UUID, size: str) -> Heard | None:
    return found_in(store.told_me(actor, trusted, said), medium, size)


@trusted.get(f"{FOR_ME}/{FILE}", needs=Action.TOLD_SEE, load=_file, through=HERS)
def file(_actor: Actor, heard: Heard) -> Response:
    """A photo, a voice or a film of it; the look is noted first."""
    return looked_at(heard)


def _told(actor: Actor, view: ToldView, form: ReplyForm) -> dict[str, Any]:
    return {"view": view, "form": form, "words": words, "said_words": said_words, "trusted": actor.seat}

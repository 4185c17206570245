"""The voice note and the film on a thing: recording or choosing one, taking it away, and the bytes. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.media.nouns import Size
from app.moments import medium_views, words
from app.moments import recorded as store
from app.moments.medium_forms import MediumForm
from app.moments.medium_views import FormPage
from app.moments.played import answer_with
from app.moments.recorded import RecordedOn
from app.moments.room import moments
from app.policy.actions import Action
from app.policy.actor import Actor
from app.rooms import looked
from app.web.respond import page
from app.web.room import Through

LINK = Through("link", "share")
ON = "/<any(stem,film):what>/<word>/<uuid:item>"
FILE = f"{ON}/<uuid:medium>"
POSTER = "/film/<word>/<uuid:item>/<uuid:medium>/beeld"


@moments.get(ON, needs=Action.PHOTO_CHANGE, load=store.recorded_on)
def recording(_actor: Actor, on: RecordedOn) -> Response:
    """What is on a thing, and the form to record or choose another."""
    return page(PAGE.template, **_shown(on, MediumForm(formdata=None, alt=getattr(on.medium, "alt", ""))))


@moments.post(ON, needs=Action.PHOTO_CHANGE, load=store.recorded_on, upload=True)
def put_recording(actor: Actor, on: RecordedOn) -> Response:
    """Put a voice note or a film on it, or say what is on the film that is there."""
    return medium_views.put(actor, on, PAGE)


@moments.post(f"{ON}/weg", needs=Action.PHOTO_CHANGE, load=store.recorded_on)
def drop_recording(actor: Actor, on: RecordedOn) -> Response:
    """Take it away; the thing stays."""
    return medium_views.drop(actor, on, PAGE)


@moments.get(FILE, needs=Action.PHOTO_SEE, load=store.asked_for)
def recorded(_actor: Actor, on: RecordedOn) -> Response:
    """The sound or the film itself."""
    return _file(on)


@moments.get(f"/voor/<uuid:share>{FILE}", needs=Action.PHOTO_SEE, load=store.through_link, through=LINK)
def recorded_of_link(actor: Actor, on: RecordedOn) -> Response:
    """The same through a link; the look is noted first."""
    looked(actor, on.room)
    return _file(on)


@moments.get(POSTER, needs=Action.PHOTO_SEE, load=store.poster_of)
def poster(_actor: Actor, on: RecordedOn) -> Response:
    """The first picture of a film."""
    return _file(on, Size.SMALL)


@moments.get(f"/voor/<uuid:share>{POSTER}", needs=Action.PHOTO_SEE, load=store.poster_through_link, through=LINK)
def poster_of_link(actor: Actor, on: RecordedOn) -> Response:
    """The same through a link; the look is noted first."""
    looked(actor, on.room)
    return _file(on, Size.SMALL)


def _file(on: RecordedOn, size: Size = Size.LARGE) -> Response:
    return answer_with(on.thing, getattr(on.medium, "id", on.thing.id), size)


def _shown(on: RecordedOn, form: MediumForm) -> dict[str, Any]:
    return {
        "on": on,
        "plan": True,
        "form": form,
        "words": words,
        "version": form.seen or on.thing.version,
        "address": store.recording_page(on.thing, on.sort),
        "away": url_for("moments.drop_recording", what=on.what, word=on.word, item=on.thing.id),
    }


PAGE = FormPage("moments/recording.html", _shown)

"""The voice note and the film on a thing: recording or choosing one, taking it away, and the bytes. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.change import BothChanged, Done
from app.history.words import way_back, who_wrote
from app.items import Thing
from app.media import words as media_words
from app.media.nouns import BadFile, Fault, Size, Sort
from app.moments import medium_commands as commands
from app.moments import recorded as store
from app.moments import words
from app.moments.medium_forms import MediumForm, waiting, waits
from app.moments.played import UNAVAILABLE, answer_with
from app.moments.recorded import RecordedOn
from app.moments.room import moments
from app.policy.actions import Action
from app.policy.actor import Actor
from app.rooms import looked
from app.translations import gettext as _
from app.web.respond import again, done, page
from app.web.room import Through

LINK = Through("link", "share")
ON = "/<any(stem,film):what>/<word>/<uuid:item>"
FILE = f"{ON}/<uuid:medium>"
POSTER = "/film/<word>/<uuid:item>/<uuid:medium>/beeld"


@moments.get(ON, needs=Action.PHOTO_CHANGE, load=store.recorded_on)
def recording(_actor: Actor, on: RecordedOn) -> Response:
    """What is on a thing, and the form to record or choose another."""
    return page("moments/recording.html", **_shown(on, MediumForm(formdata=None, alt=getattr(on.medium, "alt", ""))))


@moments.post(ON, needs=Action.PHOTO_CHANGE, load=store.recorded_on, upload=True)
def put_recording(actor: Actor, on: RecordedOn) -> Response:
    """Put a voice note or a film on it, or say what is on the film that is there."""
    form = MediumForm()
    if not form.validate():
        return again("moments/recording.html", **_shown(on, form))
    try:
        saved = _saved(actor, on, form)
    except BadFile as bad:
        return again("moments/recording.html", fault=media_words.of(bad), **_shown(on, form))
    except OSError:
        return again("moments/recording.html", UNAVAILABLE, fault=media_words.no_room(), **_shown(on, form))
    except commands.Waiting as clash:
        return _both(actor, on, form, clash.theirs, waits(clash.medium, actor, on.thing.id))
    except BothChanged as clash:
        return _both(actor, on, form, clash.theirs, request.form.get("waiting", ""))
    return done(on.home, _("Bewaard."), undo=way_back(saved))


@moments.post(f"{ON}/weg", needs=Action.PHOTO_CHANGE, load=store.recorded_on)
def drop_recording(actor: Actor, on: RecordedOn) -> Response:
    """Take it away; the thing stays."""
    form = MediumForm()
    try:
        gone = commands.drop(actor, on.thing, on.sort, form.seen, form.key)
    except BothChanged as clash:
        return _both(actor, on, MediumForm(formdata=None), clash.theirs)
    return done(on.home, words.gone(on.sort), undo=way_back(gone))


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


def _saved(actor: Actor, on: RecordedOn, form: MediumForm) -> Done:
    waited = waiting(form, on.sort, actor, on.thing.id)
    if waited is not None:
        return commands.put_waiting(actor, on.thing, on.sort, waited, form.seen, form.key)
    given = form.given(on.sort)
    if given is not None:
        return commands.put(actor, on.thing, given, form.seen, form.key)
    if on.sort is Sort.VOICE:
        raise BadFile(Fault.NOTHING, on.sort)
    return commands.say(actor, on.thing, on.sort, form.alt.data, form.seen, form.key)


def _both(actor: Actor, on: RecordedOn, form: MediumForm, theirs: Thing[Any], waiting: str = "") -> Response:
    """Somebody else changed it meanwhile: what is there now, and the form once more, with what waits."""
    now = RecordedOn(theirs, on.whole, on.sort, on.room, on.home, on.word)
    shown = {**_shown(now, form), "version": theirs.version}
    return again("moments/recording.html", both=True, who=who_wrote(actor, theirs), waiting=waiting, **shown)


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

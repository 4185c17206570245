"""The photo on a thing: choosing one, saying what is on it, taking it away, and the picture itself. HTTP only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from app.change import BothChanged, Done
from app.history.words import way_back, who_wrote
from app.items import Thing, photos_in
from app.media import words as media_words
from app.media.nouns import BadFile, Sort
from app.moments import medium_commands as commands
from app.moments import photos
from app.moments.medium_forms import MediumForm, waiting, waits
from app.moments.photos import PhotoOn
from app.moments.played import UNAVAILABLE, answer_with
from app.moments.room import moments
from app.policy.actions import Action
from app.policy.actor import Actor
from app.rooms import looked
from app.translations import gettext as _
from app.web.respond import again, done, page
from app.web.room import Through

LINK = Through("link", "share")
ON = "/foto/<word>/<uuid:item>"
PICTURE = f"{ON}/<uuid:photo>/<size>"


@moments.get(ON, needs=Action.PHOTO_CHANGE, load=photos.photo_on)
def photo(_actor: Actor, on: PhotoOn) -> Response:
    """The photo on a thing, large, and the form for it."""
    there = on.thing.body.photo
    form = MediumForm(formdata=None, alt=there.alt if there else "")
    return page("moments/photo.html", **_shown(on, form))


@moments.post(ON, needs=Action.PHOTO_CHANGE, load=photos.photo_on, upload=True)
def put_photo(actor: Actor, on: PhotoOn) -> Response:
    """Put a photo on it, or say what is on the one that is there."""
    form = MediumForm()
    if not form.validate():
        return again("moments/photo.html", **_shown(on, form))
    try:
        saved = _saved(actor, on, form)
    except BadFile as bad:
        return again("moments/photo.html", fault=media_words.of(bad), **_shown(on, form))
    except OSError:
        return again("moments/photo.html", UNAVAILABLE, fault=media_words.no_room(), **_shown(on, form))
    except commands.Waiting as clash:
        return _both(actor, on, form, clash.theirs, waits(clash.medium, actor, on.thing.id))
    except BothChanged as clash:
        return _both(actor, on, form, clash.theirs, request.form.get("waiting", ""))
    return done(on.home, _("Bewaard."), undo=way_back(saved))


@moments.post(f"{ON}/weg", needs=Action.PHOTO_CHANGE, load=photos.photo_on)
def drop_photo(actor: Actor, on: PhotoOn) -> Response:
    """Take the photo away; the thing stays."""
    return _dropped(actor, on, commands.drop)


@moments.post(f"{ON}/eerste/weg", needs=Action.PHOTO_CHANGE, load=photos.first_on)
def drop_first_photo(actor: Actor, on: PhotoOn) -> Response:
    """Take the photo away that the plan began with."""
    return _dropped(actor, on, commands.drop_first)


@moments.get(PICTURE, needs=Action.PHOTO_SEE, load=photos.asked_for)
def picture(_actor: Actor, on: PhotoOn) -> Response:
    """The picture itself."""
    return _picture(on)


@moments.get(f"/voor/<uuid:share>{PICTURE}", needs=Action.PHOTO_SEE, load=photos.through_link, through=LINK)
def picture_of_link(actor: Actor, on: PhotoOn) -> Response:
    """The same through a link; the look is noted first."""
    looked(actor, on.room)
    return _picture(on)


def _dropped(actor: Actor, on: PhotoOn, drop: Callable[..., Done]) -> Response:
    form = MediumForm()
    try:
        gone = drop(actor, on.thing, Sort.PHOTO, form.seen, form.key)
    except BothChanged as clash:
        return _both(actor, on, MediumForm(formdata=None), clash.theirs)
    return done(on.home, _("De foto is weg."), undo=way_back(gone))


def _picture(on: PhotoOn) -> Response:
    return abort(404) if on.photo is None else answer_with(on.thing, on.photo.id, on.size)


def _saved(actor: Actor, on: PhotoOn, form: MediumForm) -> Done:
    waited = waiting(form, Sort.PHOTO, actor, on.thing.id)
    if waited is not None:
        return commands.put_waiting(actor, on.thing, Sort.PHOTO, waited, form.seen, form.key)
    given = form.given(Sort.PHOTO)
    if given is None:
        return commands.say(actor, on.thing, Sort.PHOTO, form.alt.data, form.seen, form.key)
    return commands.put(actor, on.thing, given, form.seen, form.key)


def _both(actor: Actor, on: PhotoOn, form: MediumForm, theirs: Thing[Any], waiting: str = "") -> Response:
    """Somebody else changed the photo meanwhile: what is there now, and the form once more, with a photo that waits."""
    shown = {**_shown(PhotoOn(theirs, on.whole), form), "version": theirs.version}
    return again("moments/photo.html", both=True, who=who_wrote(actor, theirs), waiting=waiting, **shown)


def _shown(on: PhotoOn, form: MediumForm) -> dict[str, Any]:
    return {
        "on": on,
        "plan": True,
        "form": form,
        "version": form.seen or on.thing.version,
        "first": photos_in(on.thing.body).get("first_photo"),
        "address": photos.photo_page(on.thing),
        "away": url_for("moments.drop_photo", word=on.word, item=on.thing.id),
    }

"""The photo on a thing: choosing one, saying what is on it, taking it away, and the picture itself. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import abort, url_for
from werkzeug.wrappers import Response

from app.items import photos_in
from app.moments import medium_views, photos
from app.moments.medium_commands import drop_first
from app.moments.medium_forms import MediumForm
from app.moments.medium_views import FormPage
from app.moments.photos import PhotoOn
from app.moments.played import answer_with
from app.moments.room import moments
from app.policy.actions import Action
from app.policy.actor import Actor
from app.rooms import looked
from app.web.respond import page
from app.web.room import Through

LINK = Through("link", "share")
ON = "/foto/<word>/<uuid:item>"
PICTURE = f"{ON}/<uuid:photo>/<size>"


@moments.get(ON, needs=Action.PHOTO_CHANGE, load=photos.photo_on)
def photo(_actor: Actor, on: PhotoOn) -> Response:
    """The photo on a thing, large, and the form for it."""
    there = on.thing.body.photo
    form = MediumForm(formdata=None, alt=there.alt if there else "")
    return page(PAGE.template, **_shown(on, form))


@moments.post(ON, needs=Action.PHOTO_CHANGE, load=photos.photo_on, upload=True)
def put_photo(actor: Actor, on: PhotoOn) -> Response:
    """Put a photo on it, or say what is on the one that is there."""
    return medium_views.put(actor, on, PAGE)


@moments.post(f"{ON}/weg", needs=Action.PHOTO_CHANGE, load=photos.photo_on)
def drop_photo(actor: Actor, on: PhotoOn) -> Response:
    """Take the photo away; the thing stays."""
    return medium_views.drop(actor, on, PAGE)


@moments.post(f"{ON}/eerste/weg", needs=Action.PHOTO_CHANGE, load=photos.first_on)
def drop_first_photo(actor: Actor, on: PhotoOn) -> Response:
    """Take the photo away that the plan began with."""
    return medium_views.drop(actor, on, PAGE, drop_first)


@moments.get(PICTURE, needs=Action.PHOTO_SEE, load=photos.asked_for)
def picture(_actor: Actor, on: PhotoOn) -> Response:
    """The picture itself."""
    return _picture(on)


@moments.get(f"/voor/<uuid:share>{PICTURE}", needs=Action.PHOTO_SEE, load=photos.through_link, through=LINK)
def picture_of_link(actor: Actor, on: PhotoOn) -> Response:
    """The same through a link; the look is noted first."""
    looked(actor, on.room)
    return _picture(on)


def _picture(on: PhotoOn) -> Response:
    return abort(404) if on.photo is None else answer_with(on.thing, on.photo.id, on.size)


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


PAGE = FormPage("moments/photo.html", _shown)

"""The bytes of what is on a thing, as a browser asks for them: the picture, the sound, the film. HTTP only.

Who may see it was asked before: whoever calls this has the thing at hand, loaded for the actor.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, make_response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response

from app.items import Film, Photo, Sound, Thing, media_in
from app.media import store
from app.media.nouns import Size, Sort
from app.web.respond import UNAVAILABLE

SORTS = {Photo: Sort.PHOTO, Sound: Sort.VOICE, Film: Sort.FILM}
# What we make of each ourselves (decisions 0022, 0025).
TYPES = {Sort.PHOTO: "image/webp", Sort.VOICE: "audio/mp4", Sort.FILM: "video/mp4"}


def answer_with(thing: Thing[Any], medium: UUID, size: Size = Size.LARGE) -> Response:
    """What is on a thing now, whole or the part that was asked for (Safari plays nothing without).

    Args:
        thing: what it is on.
        medium: which photo, voice note or film; when it is not there any more: 404.
        size: `SMALL` for a small photo, or the first picture of a film.
    """
    there = next((one for one in media_in(thing.body).values() if one.id == medium), None)
    if there is None:
        abort(404)
    sort = SORTS[type(there)]
    try:
        found = store.bytes_of(thing.plan, medium, size, sort)
    except OSError:
        # The disk, or the store of files: later it may answer. The page around it is there without it.
        abort(UNAVAILABLE)
    if found is None:
        abort(404)
    answer = make_response(found)
    answer.mimetype = TYPES[Sort.PHOTO if size is Size.SMALL else sort]
    answer.headers["Content-Disposition"] = "inline"
    if sort is not Sort.PHOTO and size is Size.LARGE:
        _cut(answer, len(found))
    return answer


def _cut(answer: Response, length: int) -> None:
    """Only the bytes that were asked for; what is asked for in another measure is not understood. RFC 9110, 14."""
    if request.range is not None and request.range.units != "bytes":
        return
    try:
        answer.make_conditional(request.environ, accept_ranges=True, complete_length=length)
    except RequestedRangeNotSatisfiable:
        answer.status_code = 416
        answer.set_data(b"")
        answer.headers["Content-Range"] = f"bytes */{length}"

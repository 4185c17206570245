"""Reads what people send of a photo: the file, and what is on it."""

from __future__ import annotations

import hashlib
from uuid import UUID

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from app.items import Photo
from app.media.nouns import BadPhoto, Fault
from app.policy.actor import Actor
from app.web.form import Form, Words
from app.web.uploads import sent

LONGEST_ALT = 200
CHOOSE_SECONDS = 24 * 60 * 60


class PhotoForm(Form):
    """A photo and what is on it; nothing of it is needed."""

    alt = Words(LONGEST_ALT)

    @property
    def wants_file(self) -> bool:
        """Whether it is the form for a photo, and not for its words alone."""
        return "new" in request.form or "waiting" in request.form

    @property
    def data_sent(self) -> bytes | None:
        """The file; None for a form of words alone, when none was sent.

        Raises:
            BadPhoto: none was chosen, it is too large, or there is no room for it now.
        """
        data = file_sent()
        if data is None and self.wants_file:
            raise BadPhoto(Fault.NOTHING)
        return data


def file_sent() -> bytes | None:
    """The file that came with a form; None when none was chosen.

    Raises:
        BadPhoto: it is too large, or there is no room for it now.
    """
    upload = sent("photo")
    if upload is None:
        return None
    if not upload.is_whole:
        raise BadPhoto(Fault.TOO_BIG)
    if upload.was_busy:
        raise BadPhoto(Fault.BUSY)
    return upload.getvalue()


def waits(photo: Photo, actor: Actor, item: UUID) -> str:
    """A photo that waits for its sender's choice, as it travels in their form: sealed, for them and that thing only."""
    return _sealer(actor, item).dumps([photo.id.hex, photo.width, photo.height])


def waiting(form: PhotoForm, actor: Actor, item: UUID) -> Photo | None:
    """The photo that waited, when this form chose it."""
    try:
        id_, width, height = _sealer(actor, item).loads(request.form.get("waiting", ""), max_age=CHOOSE_SECONDS)
    except BadData:
        return None
    return Photo(UUID(id_), form.alt.data, width, height)


def _sealer(actor: Actor, item: UUID) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"photo/{actor.plan}/{actor.seat}/{item}")


def key_of(form: Form, data: bytes | None) -> str | None:
    """The key of a form as it was filled in, its file too."""
    return form.key if form.key is None or data is None else f"{form.key}/{hashlib.sha256(data).hexdigest()}"

"""Reads what people send of a photo, a voice note or a film: the file, and what is on it."""

from __future__ import annotations

from uuid import UUID

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from app.items import Film, Medium, Photo, Sound
from app.media.nouns import BadFile, Fault, Sort
from app.moments.sent import given_in
from app.moments.taking import Given
from app.policy.actor import Actor
from app.web.form import Form, Words

LONGEST_ALT = 200
CHOOSE_SECONDS = 24 * 60 * 60


class MediumForm(Form):
    """A file and what is on it; nothing of it is needed."""

    alt = Words(LONGEST_ALT)

    @property
    def wants_file(self) -> bool:
        """Whether it is the form for a file, and not for its words alone."""
        return "new" in request.form or "waiting" in request.form

    def given(self, sort: Sort) -> Given | None:
        """The file; None for a form of words alone, when none was sent.

        Raises:
            BadFile: none was chosen, it is too large, or there is no room for it now.
        """
        given = given_in(self.alt.data, sort)
        if given is None and self.wants_file:
            raise BadFile(Fault.NOTHING, sort)
        return given


def waits(medium: Medium, actor: Actor, item: UUID) -> str:
    """What waits for its sender's choice, as it travels in their form: sealed, for them and that thing only."""
    numbers = [getattr(medium, name, 0) for name in ("seconds", "width", "height")]
    return _sealer(_sort_of(medium), actor, item).dumps([medium.id.hex, *numbers])


def waiting(form: MediumForm, sort: Sort, actor: Actor, item: UUID) -> Medium | None:
    """What waited, when this form chose it."""
    try:
        found = _sealer(sort, actor, item).loads(request.form.get("waiting", ""), max_age=CHOOSE_SECONDS)
        id_, (seconds, width, height) = UUID(found[0]), found[1:]
    except BadData:
        return None
    if sort is Sort.VOICE:
        return Sound(id_, seconds)
    if sort is Sort.FILM:
        return Film(id_, seconds, form.alt.data, width, height)
    return Photo(id_, form.alt.data, width, height)


def _sort_of(medium: Medium) -> Sort:
    return {Photo: Sort.PHOTO, Sound: Sort.VOICE, Film: Sort.FILM}[type(medium)]


def _sealer(sort: Sort, actor: Actor, item: UUID) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"{sort}/{actor.plan}/{actor.seat}/{item}")

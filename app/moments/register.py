"""Joins this room to the app."""

from __future__ import annotations

from flask import Flask, url_for

from app.config import Config
from app.media import words as media_words
from app.media.nouns import Fault, Sort
from app.moments import photo_views, photos, recorded, recorded_views, views
from app.moments.models import MOMENT
from app.moments.room import moments
from app.moments.words import told
from app.rooms import bring_address, bring_kind, bring_told

# Each adds its routes to the room.
ROUTES = (views, photo_views, recorded_views)


def register(app: Flask, config: Config) -> None:
    """Bring the room's kind and routes, and to all templates the photos, voice notes and films on things."""
    bring_kind(MOMENT)
    bring_address("moment", lambda moment: url_for("moments.show", plan=moment.plan, moment=moment.id))
    bring_told("moment", told)
    app.jinja_env.globals["photo_of"] = photos.picture
    app.jinja_env.globals["face_photo"] = photos.face_photo
    app.jinja_env.globals["photo_page"] = photos.photo_page
    app.jinja_env.globals["may_change_photo"] = photos.may_change_photo
    app.jinja_env.globals["voice_of"] = recorded.voice
    app.jinja_env.globals["film_of"] = recorded.film
    app.jinja_env.globals["recording_page"] = recorded.recording_page
    app.jinja_env.globals["too_large"] = lambda sort: media_words.sentence(Fault.TOO_BIG, Sort(sort))
    app.jinja_env.globals["may_record"] = recorded.may_record
    app.register_blueprint(moments)

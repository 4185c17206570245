"""Reads which picture was chosen: a pictogram, none, or a photo the family has."""

from __future__ import annotations

from uuid import UUID

from flask import request
from wtforms import StringField

from app.pictos.shelf import is_known
from app.web.form import Form


class ChoiceForm(Form):
    """One choice; empty takes the pictogram away."""

    picto = StringField()

    @property
    def photo_of(self) -> UUID | None:
        """On which thing the photo is that was chosen; None when it is a pictogram."""
        sent = request.form.get("photo_of", "")
        try:
            return UUID(sent) if sent else None
        except ValueError:
            return None

    @property
    def code(self) -> str | None:
        """The pictogram; empty for none, None when there is no such one."""
        sent: str = self.picto.data or ""
        return sent if not sent or is_known(sent) else None

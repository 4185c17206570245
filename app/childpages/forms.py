"""Reads who gets a page, how it is, and what is on it."""

from __future__ import annotations

from wtforms import SelectMultipleField

from app.plan.nouns import Level
from app.web.form import AnyOf, Form, OneOf, Words


class MakeForm(Form):
    """For which child."""

    person = OneOf()


class LevelForm(Form):
    """How the page is."""

    level = Words()

    @property
    def chosen(self) -> Level:
        """What was chosen; to read, for anything else."""
        return Level(self.level.data) if self.level.data in set(Level) else Level.READING


class KeyForm(Form):
    """Whether the child keeps a key itself."""

    own_key = Words()


class ShownForm(Form):
    """What is on the page."""

    shown = AnyOf()


class PicturesForm(Form):
    """Pictures, one after the other: those tapped before, and the one tapped now."""

    so_far = SelectMultipleField(validate_choice=False)
    picture = Words()

    @property
    def tapped(self) -> list[str]:
        """All of them in their order."""
        return [*(self.so_far.data or []), *([self.picture.data] if self.picture.data else [])]


class CodeForm(Form):
    """A code of a child that has another home."""

    code = Words()

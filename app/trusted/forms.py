"""Reads the name of somebody a child trusts."""

from __future__ import annotations

from app.web.form import Form, Words

LONGEST_NAME = 60


class NameForm(Form):
    """A name, as the child says it."""

    name = Words(LONGEST_NAME)

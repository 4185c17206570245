"""Reads the name of somebody a child trusts."""

from __future__ import annotations

from app.web.form import Form, OneOf, Words

LONGEST_NAME = 60


class NameForm(Form):
    """A name, as the child says it, or a face that it tapped."""

    person = OneOf()
    name = Words(LONGEST_NAME)

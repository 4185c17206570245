"""Reads who will type."""

from __future__ import annotations

from app.web.form import Form, OneOf


class DeskForm(Form):
    """Who types."""

    who = OneOf()

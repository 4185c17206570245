"""Reads what guests tell of themselves, and what is said at the end."""

from __future__ import annotations

from app.translations import lazy_gettext as _l
from app.web.form import LONG, Form, Needed, Words


class WhoForm(Form):
    """How a guest is called and where they work."""

    name = Words(validators=[Needed(_l("Schrijf hoe je heet."))])
    organisation = Words()


class ThanksForm(Form):
    """A few words at the end."""

    words = Words(LONG)

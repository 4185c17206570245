"""Reads what guests tell of themselves, and what is said at the end."""

from __future__ import annotations

from typing import Any

from app.guests.commands import LeaveInput
from app.guests.rules import Reason
from app.guests.words import sentence
from app.translations import lazy_gettext as _l
from app.web.form import LONG, Form, Needed, Words


class WhoForm(Form):
    """How a guest is called and where they work."""

    name = Words(validators=[Needed(_l("Schrijf hoe je heet."))])
    organisation = Words()


class ThanksForm(Form):
    """A few words at the end."""

    words = Words(LONG)


class LeaveForm(Form):
    """What a guest says who leaves."""

    words = Words(LONG)
    name = Words()
    organisation = Words()
    why = Words(LONG)

    def validate(self, *more: Any) -> bool:
        """Refuses a colleague without a name."""
        fine = bool(super().validate(*more))
        if fine and (self.organisation.data or self.why.data) and not self.name.data:
            self.refuse("name", sentence(Reason.NO_NAME))
            return False
        return fine

    def given(self) -> LeaveInput:
        """What was said, for the command."""
        return LeaveInput(*(self[name].data or "" for name in ("words", "name", "organisation", "why")))

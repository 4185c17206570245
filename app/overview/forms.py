"""Reads who keeps the overview."""

from __future__ import annotations

from wtforms import SelectField

from app.overview.commands import OverviewInput
from app.plan.nouns import Overview, PlanBody
from app.web.form import Day, Form, OneOf

KNOWN = {one.value for one in Overview}


class OverviewForm(Form):
    """Who keeps the overview; everything may stay open."""

    overview = SelectField(coerce=lambda text: Overview(text) if text in KNOWN else None, validate_choice=False)
    overview_person = OneOf()
    since = Day()

    @classmethod
    def of(cls, body: PlanBody) -> OverviewForm:
        """The form as it stands for a plan."""
        return cls(
            formdata=None, overview=body.overview, overview_person=body.overview_person, since=body.overview_since
        )

    def given(self) -> OverviewInput:
        """What was chosen, for the command."""
        return OverviewInput(self.overview.data, self.overview_person.data, self.since.data)

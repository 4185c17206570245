"""Reads the family's own words for what a guest proposes, and until when it may wait."""

from __future__ import annotations

from wtforms import RadioField

from app.proposals.guest_forms import LineForm
from app.proposals.nouns import LineBody, Said
from app.proposals.rules import Later
from app.translations import lazy_gettext as _l
from app.web.form import Form, Needed


class AnswerForm(LineForm):
    """Ja, maar anders: the same four lines, in the words of the family."""

    @classmethod
    def of_line(cls, body: LineBody, said: Said) -> AnswerForm:
        """The form with these words in it."""
        form = cls(
            formdata=None,
            what=said.what,
            who=list(said.who),
            who_else=said.who_else,
            why=said.why,
            **cls.filled(said.when),
        )
        form.is_about(body)
        return form

    def is_about(self, body: LineBody) -> None:
        """What the line is about, whatever was sent."""
        self.act.data, self.about.data = body.act, body.about
        self.target.data, self.goal.data, self.asked_by.data = body.target, body.goal, body.asked_by


class LaterForm(Form):
    """Until when a proposal is out of sight."""

    later = RadioField(
        coerce=lambda text: next((one for one in Later if one == text), None),
        validators=[Needed(_l("Kies een dag. Je kan die later nog veranderen."))],
        validate_choice=False,
    )

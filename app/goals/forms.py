"""Reads what people type about goals and steps."""

from __future__ import annotations

from wtforms import SelectField

from app.goals.commands import GoalInput, StepInput
from app.goals.nouns import GoalBody, Reins, StepBody, Stitch, Thread
from app.plan import domains
from app.translations import lazy_gettext as _l
from app.web.form import LONG, AnyOf, Form, Needed, OneOf, Words


class GoalForm(Form):
    """A goal: only its words are needed."""

    words = Words(LONG, validators=[Needed(_l("Schrijf op wat jullie willen. Eén zin is genoeg."))])
    whose = AnyOf()
    domain = Words()
    own_domain = Words()
    arranger = OneOf()
    reins = SelectField(coerce=lambda text: Reins(text) if text else None, validate_choice=False)
    thread = SelectField(coerce=lambda text: Thread(text) if text else None, validate_choice=False)
    stitch = SelectField(coerce=lambda text: Stitch(text) if text else None, validate_choice=False)

    @classmethod
    def of(cls, body: GoalBody) -> GoalForm:
        """The form as it stands for a goal; a life domain of the family's own goes in its own field."""
        own = body.domain not in domains.KEYS
        return cls(
            formdata=None,
            words=body.words,
            whose=body.whose,
            domain="" if own else body.domain,
            own_domain=body.domain if own else "",
            arranger=body.arranger,
            reins=body.reins,
            thread=body.thread,
            stitch=body.stitch,
        )

    def given(self) -> GoalInput:
        """What was typed, for the command."""
        return GoalInput(
            words=self.words.data,
            whose=tuple(self.whose.data or ()),
            domain=self.own_domain.data or self.domain.data,
            arranger=self.arranger.data,
            reins=self.reins.data,
            thread=self.thread.data,
            stitch=self.stitch.data,
        )


class StepForm(Form):
    """A small step: what, and maybe who helps."""

    words = Words(LONG, validators=[Needed(_l("Schrijf op wat jullie doen. Klein is goed."))])
    helpers = AnyOf()

    @classmethod
    def of(cls, body: StepBody) -> StepForm:
        """The form as it stands for a step."""
        return cls(formdata=None, words=body.words, helpers=body.helpers)

    def given(self) -> StepInput:
        """What was typed, for the command."""
        return StepInput(self.words.data, tuple(self.helpers.data or ()))

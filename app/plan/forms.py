"""Reads what people type about their plan and their homes."""

from __future__ import annotations

from app.plan.commands import FactsInput, HomeInput
from app.plan.nouns import HomeBody, PlanBody
from app.translations import lazy_gettext as _l
from app.web.form import LONG, AnyOf, Day, Form, Needed, Words

FACTS = tuple(FactsInput.__dataclass_fields__)


class FactsForm(Form):
    """The facts of the plan: everything may stay open."""

    name = Words()
    signed_up_by = Words()
    signed_up_question = Words(LONG)
    signed_up_on = Day()
    started_on = Day()
    ended_on = Day()

    @classmethod
    def of(cls, body: PlanBody) -> FactsForm:
        """The form as it stands for a plan."""
        return cls(formdata=None, **{name: getattr(body, name) for name in FACTS})

    def given(self) -> FactsInput:
        """What was typed, for the command."""
        return FactsInput(**{name: self[name].data for name in FACTS})


class HomeForm(Form):
    """A home: only its name is needed."""

    name = Words(validators=[Needed(_l("Schrijf een naam. Bijvoorbeeld: bij mama."))])
    sleepers = AnyOf()

    @classmethod
    def of(cls, body: HomeBody) -> HomeForm:
        """The form as it stands for a home."""
        return cls(formdata=None, name=body.name, sleepers=body.sleepers)

    def given(self) -> HomeInput:
        """What was typed, for the command."""
        return HomeInput(self.name.data, tuple(self.sleepers.data))

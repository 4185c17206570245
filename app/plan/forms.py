"""Reads what people type about their plan and their homes."""

from __future__ import annotations

from datetime import date

from wtforms import RadioField, SelectMultipleField

from app.plan.commands import FactsInput, HomeInput
from app.plan.nights import ALL_DAYS
from app.plan.nouns import HomeBody, Nights, PlanBody
from app.plan.sleeping import NightsInput
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


def _as_day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


class NightsForm(Form):
    """When a child sleeps in a home: days of the week, how often, and one night that is otherwise."""

    weekdays = SelectMultipleField(coerce=int, validate_choice=False)
    every = RadioField(coerce=int, default=1, validate_choice=False)
    first = Day()
    night = Day()
    there = RadioField(default="yes", validate_choice=False)
    kept = SelectMultipleField(coerce=_as_day, validate_choice=False)

    @classmethod
    def of(cls, nights: Nights | None, today: date) -> NightsForm:
        """The form as it stands; exceptions that are over are not asked about."""
        if nights is None:
            return cls(formdata=None)
        return cls(
            formdata=None,
            weekdays=list(nights.weekdays),
            every=nights.every,
            first=nights.first,
            kept=[night for night in nights.moved if night >= today],
        )

    def given(self) -> NightsInput:
        """What was chosen, for the command."""
        return NightsInput(
            weekdays=tuple(sorted({one for one in self.weekdays.data or () if one in ALL_DAYS})),
            every=self.every.data or 1,
            first=self.first.data,
            night=self.night.data,
            there=self.there.data != "no",
            kept=tuple(self.kept.data or ()),
        )

"""Reads what people type about agreements. A day or an hour may be written by hand: old phones have no calendar."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any
from uuid import UUID

from wtforms import RadioField, SelectMultipleField, StringField

from app.agreements import rules
from app.agreements.commands import AgreementInput
from app.agreements.nouns import AgreementBody, Result, When, WhenSort
from app.agreements.rules import Reason
from app.agreements.turns import Turn
from app.agreements.words import sentence
from app.translations import lazy_gettext as _l
from app.web.form import AnyOf, Form, Needed, OneOf, Words, clean

LONGEST = 500
NOBODY, OTHER_DAY = "nobody", "other"
WRITTEN_DAY = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})")
WRITTEN_TIME = re.compile(r"(\d{1,2})\s*(?:[.:u]\s*(\d{2})?)?\s*u?", re.IGNORECASE)
# Longer is no day and no hour. It also keeps a text of only spaces from holding up the server.
LONGEST_WRITTEN = 40

# Which fields belong to which way of saying when; others are not read.
FIELDS: dict[WhenSort, tuple[str, ...]] = {
    WhenSort.DAY: ("day", "other_day", "at"),
    WhenSort.WEEKLY: ("weekdays", "start", "until", "at"),
    WhenSort.PERIOD: ("first", "last"),
    WhenSort.ONCE: ("condition",),
}
FIELD_OF: dict[Reason, dict[WhenSort, str]] = {
    Reason.NO_DAY: {WhenSort.DAY: "day", WhenSort.PERIOD: "first"},
    Reason.PAST_DAY: {WhenSort.DAY: "day", WhenSort.PERIOD: "last", WhenSort.WEEKLY: "until"},
    Reason.END_BEFORE_START: {WhenSort.PERIOD: "last", WhenSort.WEEKLY: "until"},
    Reason.NO_WEEKDAY: {WhenSort.WEEKLY: "weekdays"},
    Reason.TOO_SPARSE: {WhenSort.WEEKLY: "every"},
    Reason.NO_CONDITION: {WhenSort.ONCE: "condition"},
}


def read_day(text: str) -> date | None:
    """A day as a date field sends it or as people write it: 2026-12-03, 3/12/2026."""
    if len(text) > LONGEST_WRITTEN:
        return None
    match = WRITTEN_DAY.fullmatch(text)
    try:
        day = date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in rules.YEARS else None


def read_time(text: str) -> time | None:
    """A time of day as a time field sends it or as people write it: 15:30, 15.30 u, 8u."""
    match = WRITTEN_TIME.fullmatch(text) if len(text) <= LONGEST_WRITTEN else None
    try:
        return time(int(match[1]), int(match[2] or 0)) if match else None
    except ValueError:
        return None


class _Written(StringField):  # type: ignore[misc]
    """A text that means something; `text` is what was typed, `data` what it means, None when that is unclear."""

    text = ""

    def process_data(self, value: Any) -> None:
        self.data, self.text = value, self.shown(value) if value else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.text = clean(valuelist[0])
            self.data = self.read(self.text)

    @property
    def is_unclear(self) -> bool:
        return bool(self.text) and self.data is None


class Day(_Written):
    """A day."""

    unclear = _l("Schrijf de dag zo: 31/12/2026.")
    read = staticmethod(read_day)

    def shown(self, value: date) -> str:
        return value.isoformat()


class Clock(_Written):
    """A time of day."""

    unclear = _l("Schrijf het uur zo: 15.30.")
    read = staticmethod(read_time)

    def shown(self, value: time) -> str:
        return value.strftime("%H:%M")


class Who(AnyOf):
    """Some of the people; "Nog niemand" is an answer too."""

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([value for value in valuelist if value != NOBODY])


class _WhatForm(Form):
    """What they do; first of all fields, as on the page."""

    words = Words(LONGEST, validators=[Needed(_l("Schrijf op wat jullie doen. Klein is goed."))])


class _DayForm(Form):
    """A day: one of those near, or another."""

    day = StringField()
    other_day = Day()

    @property
    def chosen_day(self) -> date | None:
        return read_day(self.day.data or "") or self.other_day.data

    def validate(self, extra_validators: Any = None) -> bool:
        fine: bool = super().validate(extra_validators)
        for name in self.read_fields():
            field = self[name]
            if isinstance(field, _Written) and field.is_unclear:
                self.refuse(name, str(field.unclear))
                fine = False
        return fine

    def read_fields(self) -> tuple[str, ...]:
        """The fields that count now."""
        return ("other_day",)


class WhenForm(_DayForm):
    """When: a day, a rhythm, a period, "when ...", or not known yet."""

    sort = RadioField(validate_choice=False)
    at = Clock()
    weekdays = SelectMultipleField(coerce=int, validate_choice=False)
    every = RadioField(coerce=int, default=1, validate_choice=False)
    start = Day()
    until = Day()
    first = Day()
    last = Day()
    condition = Words(LONGEST)

    @staticmethod
    def filled(when: When) -> dict[str, Any]:
        """The fields as they stand for a time."""
        weekly, period = when.sort is WhenSort.WEEKLY, when.sort is WhenSort.PERIOD
        return {
            "sort": when.sort.value,
            "day": OTHER_DAY if when.sort is WhenSort.DAY else "",
            "other_day": when.day if when.sort is WhenSort.DAY else None,
            "at": when.at,
            "weekdays": list(when.weekdays),
            "every": when.every,
            "start": when.day if weekly else None,
            "until": when.until if weekly else None,
            "first": when.day if period else None,
            "last": when.until if period else None,
            "condition": when.words,
        }

    def read_fields(self) -> tuple[str, ...]:
        """The fields that count now."""
        return FIELDS.get(self.chosen_sort, ())

    @property
    def chosen_sort(self) -> WhenSort:
        """The way of saying when; without a choice, what was filled in says it."""
        if self.sort.data in set(WhenSort):
            return WhenSort(self.sort.data)
        filled = {
            WhenSort.WEEKLY: self.weekdays.data,
            WhenSort.PERIOD: self.first.text or self.last.text,
            WhenSort.ONCE: self.condition.data,
            WhenSort.DAY: self.day.data or self.other_day.text,
        }
        return next((sort for sort, value in filled.items() if value), WhenSort.OPEN)

    def when(self, today: date) -> When:
        """The time that was chosen; a rhythm starts today unless they say otherwise."""
        sort = self.chosen_sort
        if sort is WhenSort.DAY:
            return When(sort=sort, day=self.chosen_day, at=self.at.data)
        if sort is WhenSort.WEEKLY:
            return When(
                sort=sort,
                day=self.start.data or today,
                at=self.at.data,
                weekdays=tuple(sorted(set(self.weekdays.data or ()))),
                every=self.every.data or 1,
                until=self.until.data,
            )
        if sort is WhenSort.PERIOD:
            return When(sort=sort, day=self.first.data, until=self.last.data)
        return When(sort=sort, words=self.condition.data or "") if sort is WhenSort.ONCE else When()

    def refuse_when(self, reason: Reason) -> None:
        """Say at the right field why a rule refused the time."""
        self.refuse(FIELD_OF.get(reason, {}).get(self.chosen_sort, "sort"), sentence(reason))


class AgreementForm(_WhatForm, WhenForm):
    """An agreement: only what is needed. Who and when may stay open."""

    who = Who()
    where = Words()
    goal = OneOf()

    @classmethod
    def of(cls, body: AgreementBody) -> AgreementForm:
        """The form with an agreement in it."""
        when = cls.filled(body.when)
        return cls(formdata=None, words=body.words, who=list(body.who), where=body.where, goal=body.goal, **when)

    def given(self, today: date) -> AgreementInput:
        """What was typed, for the command."""
        return AgreementInput(
            words=self.words.data,
            who=tuple(dict.fromkeys(self.who.data or ())),
            when=self.when(today),
            where=self.where.data or "",
            goal=self.goal.data,
        )

    def refuse_for(self, reason: Reason) -> None:
        """Say at the right field why a rule refused the form."""
        elsewhere = {Reason.UNKNOWN_PERSON: "who", Reason.UNKNOWN_GOAL: "goal"}
        if reason in elsewhere:
            self.refuse(elsewhere[reason], sentence(reason))
        else:
            self.refuse_when(reason)


class NewDayForm(_DayForm):
    """Nieuwe dag."""

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if fine and self.chosen_day is None:
            self.refuse("day", sentence(Reason.NO_DAY))
        return fine and self.chosen_day is not None

    def given_day(self) -> date:
        """The day of a form that was found fine."""
        return self.chosen_day or date.min


class SomeoneElseForm(_DayForm):
    """Iemand anders, and maybe another day."""

    who = Who()

    def given_who(self) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(self.who.data or ()))


class SmallerForm(_WhatForm):
    """Kleiner maken."""


class NotNeededForm(Form):
    """Niet meer nodig: altogether, or only this time."""

    ends = RadioField(validate_choice=False)

    @property
    def only_this_time(self) -> bool:
        return bool(self.ends.data == "once")


class WhyForm(Form):
    """A few words, if they like."""

    why = Words(LONGEST)

    @classmethod
    def of(cls, turn: Turn) -> WhyForm:
        """The form with what was said before."""
        said = [told.body.why for told in turn.told if told.body.result is Result.MISSED and not told.body.reported]
        return cls(formdata=None, why=said[-1] if said else "")

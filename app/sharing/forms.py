"""Reads what people choose about sharing. Steps before the last one come as a query: they write nothing."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField, SelectMultipleField

from app.edits import ALONE, Along
from app.policy.actor import Ring
from app.policy.audience import Audience, Who
from app.sharing import rules, words
from app.sharing.commands import ShareInput
from app.sharing.nouns import OF_A_LINK, What
from app.sharing.rules import Length, Pick, Reason
from app.sharing.steps import Draft
from app.translations import lazy_gettext as _l
from app.web.form import Day, Form, Needed, Words


def _known(values: type[StrEnum]) -> Any:
    """Reads a member of an enum; what is none of them counts as not chosen."""
    return lambda text: values(text) if text in [value.value for value in values] else None


def _id(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


class NameForm(Form):
    """Somebody the family did not write down yet."""

    name = Words(validators=[Needed(_l("Schrijf een naam."))])
    only_me = BooleanField()

    @property
    def along(self) -> Along:
        """Who sees that person: the parents, or only who writes the name down, before another parent is told."""
        return Along(audience=Audience(Who.ME)) if self.only_me.data else ALONE


class ShareForm(Form):
    """What to share with somebody, and until when."""

    what = SelectMultipleField(coerce=_known(What), validate_choice=False)
    things = SelectMultipleField(coerce=_id, validate_choice=False)
    alone = BooleanField()
    length = SelectField(coerce=_known(Length), validate_choice=False)
    day = Day()
    word = Words()

    def is_alone(self, draft: Draft) -> bool:
        """Whether one parent hosts it: an old share stays as it was."""
        if draft.share is not None:
            return draft.share.thing.body.alone
        return bool(self.alone.data) or draft.must_be_alone

    def opened(self, draft: Draft) -> tuple[str, ...]:
        """The kinds of thing to open; the page of a link shows fewer than a guest walks through."""
        may = set(What if draft.guest else OF_A_LINK)
        return rules.opened_by(what for what in self.what.data or () if what in may)

    def given(self, draft: Draft) -> ShareInput | None:
        """What was chosen, for the command; None when the day cannot be, with the sentence at the field."""
        until = self._until(draft)
        if isinstance(until, Reason):
            self.refuse("day", words.sentence(until))
            return None
        alone = self.is_alone(draft)
        things = draft.chosen([one for one in self.things.data or () if one is not None], alone=alone)
        return ShareInput(self.opened(draft), until, things, alone, self.word.data or "", draft.guest)

    def _until(self, draft: Draft) -> date | Reason:
        old = None if draft.share is None else draft.share.thing.body.until
        if old is not None and self.length.data is None:
            return old
        return rules.until_of(self.length.data or rules.usual_length(guest=draft.guest), self.day.data, draft.today)


def asked() -> ShareForm:
    """What the steps so far say."""
    return ShareForm(formdata=request.args)


def kept(form: ShareForm, draft: Draft, *names: str) -> dict[str, Any]:
    """The answers of some steps, for the address of the next one."""
    given = {
        "what": [what.value for what in form.what.data or () if what is not None],
        "things": [str(one) for one in form.things.data or () if one is not None],
        "alone": "1" if form.is_alone(draft) else None,
        "length": form.length.data.value if form.length.data else None,
        "day": form.day.text,
    }
    return {name: given[name] for name in names if given[name]}


class AudienceForm(Form):
    """Who sees an item."""

    who = SelectField(coerce=_known(Who), validate_choice=False)
    rings = SelectMultipleField(coerce=_known(Ring), validate_choice=False)
    people = SelectMultipleField(coerce=_id, validate_choice=False)
    pick = Words()

    def picked(self) -> tuple[Pick, UUID | None] | None:
        """What was chosen in one tap, and of whom; None when nothing was."""
        pick, _colon, person = (self.pick.data or "").partition(":")
        return (Pick(pick), _id(person) if person else None) if pick in {one.value for one in Pick} else None

    def chosen(self) -> Audience:
        """The audience; rings and people count only where they are asked."""
        who = self.who.data or Who.DEFAULT
        rings = tuple(ring for ring in self.rings.data or () if ring is not None) if who is Who.WE_AND else ()
        asks = who in {Who.WE_AND, Who.ME_AND}
        people = tuple(dict.fromkeys(one for one in self.people.data or () if one is not None)) if asks else ()
        return Audience(who, rings=rings, people=people)


def chosen_before() -> AudienceForm | None:
    """What was chosen on the page of choices; None when nothing was yet."""
    given: MultiDict[str, str] = request.args
    return AudienceForm(formdata=given) if "who" in given else None


class WordForm(Form):
    """The agreed word of a link."""

    word = Words()

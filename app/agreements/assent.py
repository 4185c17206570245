"""Who said yes to which text of an agreement, and what changed since: nobody's yes is taken along to another text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from app.agreements import words
from app.agreements.models import YES
from app.agreements.nouns import AgreementBody, AgreementState, AgreementText, When, WhenSort, YesBody
from app.agreements.rules import Reason
from app.agreements.turns import AgreementView
from app.change import Add, Done, Put, Refused, change
from app.db import Only
from app.items import Thing
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.translations import gettext as _


def text_of(body: AgreementBody) -> AgreementText:
    """What somebody who says yes to an agreement says yes to."""
    return AgreementText(body.words, body.who, body.when, body.where)


@dataclass(frozen=True)
class Assent:
    """Who said yes to an agreement, for one reader."""

    agreement: AgreementView

    @cached_property
    def of_each(self) -> dict[UUID | None, Thing[YesBody]]:
        """The last yes of each."""
        found = sorted(self.agreement.whole.under(YES, self.agreement.thing), key=lambda yes: yes.changed_at)
        return {yes.body.writer: yes for yes in found}

    @property
    def now(self) -> AgreementText:
        """The text as it is."""
        return text_of(self.agreement.thing.body)

    @property
    def mine(self) -> Thing[YesBody] | None:
        """The reader's own yes, to whatever text."""
        me = self.agreement.whole.actor.person
        return None if me is None else self.of_each.get(me)

    @property
    def is_changed(self) -> bool:
        """Whether the text is another one than the reader said yes to."""
        there = self.agreement.thing.state != AgreementState.STOPPED
        return there and self.mine is not None and self.mine.body.text != self.now

    @property
    def asks_me(self) -> bool:
        """Whether the reader may say yes: to what names them, or to what changed after their yes."""
        named = self.agreement.whole.actor.person in self.agreement.thing.body.who
        return self.is_changed or (self.mine is None and named and self.agreement.thing.state == AgreementState.OPEN)

    @property
    def others(self) -> list[str]:
        """Who else said yes to the text as it is, by name; of who did not nothing is told."""
        whole = self.agreement.whole
        said = (who for who, yes in self.of_each.items() if yes.body.text == self.now and who != whole.actor.person)
        return [name for name in map(whole.name, said) if name]

    @property
    def was_and_is(self) -> list[tuple[str, str]]:
        """The text the reader said yes to and the one of now, line by line where they differ."""
        if self.mine is None:
            return []
        before, after = self._lines(self.mine.body.text), self._lines(self.now)
        return [(old, new) for old, new in zip(before, after, strict=True) if old != new]

    def _lines(self, text: AgreementText) -> tuple[str, str, str]:
        whole, today = self.agreement.whole, self.agreement.today
        names = [name for name in map(whole.name, text.who) if name]
        when = "" if text.when.sort is WhenSort.OPEN else words.when(text.when, today)
        return words.whole(names, text.words, when), text.where, _moves(text.when, today)


def yes_to(actor: Actor, agreement: AgreementView, text: AgreementText) -> list[Add | Put]:
    """What keeps that this actor says yes to a text; nothing when they said so."""
    mine = Assent(agreement).mine
    if mine is None:
        return [Add(YES, YesBody(text=text), Only.ACTIVE, under=agreement.thing, needs=Action.AGREEMENT_ACCEPT)]
    return [Put(mine, YesBody(writer=actor.person, text=text), last=True, needs=Action.AGREEMENT_ACCEPT)]


def first_yes(agreement: UUID, text: AgreementText) -> Add:
    """Who writes an agreement says yes to it."""
    return Add(YES, YesBody(text=text), Only.ACTIVE, under_id=agreement, needs=Action.AGREEMENT_ACCEPT)


def yes_of_others(actor: Actor, agreement: AgreementView, new: UUID) -> list[Add]:
    """To an agreement that takes the place of this one, the others said yes in the words of this one."""
    found = Assent(agreement).of_each
    return [
        Add(YES, yes.body, Only.ACTIVE, under_id=new, needs=Action.AGREEMENT_ACCEPT)
        for who, yes in found.items()
        if who != actor.person
    ]


def acting(actor: Actor, agreement: AgreementView) -> list[Add | Put]:
    """Who says how their own part went, acted on the text; a yes to an earlier one stays, and they are told."""
    named = actor.person in agreement.thing.body.who
    # A child tells how it went, and is asked for no yes.
    asked = actor.kind is not ActorKind.CHILD and named and Assent(agreement).mine is None
    return yes_to(actor, agreement, text_of(agreement.thing.body)) if asked else []


def accept(actor: Actor, agreement: AgreementView, seen: int | None, form_key: str | None) -> Done:
    """Goed voor mij: yes to the text that was on the page.

    Raises:
        Refused: the text changed since, or this is not theirs to say.
    """
    if seen != agreement.thing.version:
        raise Refused(Reason.NO_SUCH_MOVE)
    if not Assent(agreement).asks_me:
        return Done(None, (agreement.thing.id,), repeated=True)
    return change(actor, Action.AGREEMENT_ACCEPT, *yes_to(actor, agreement, Assent(agreement).now), form_key=form_key)


def _moves(when: When, today: date) -> str:
    """The days that moved one by one."""
    told = (
        _("%(day)s gaat niet door.", day=words.day(one, today))
        if to is None
        else _("%(day)s wordt %(to)s.", day=words.day(one, today), to=words.day(to, today))
        for one, to in sorted(when.moved.items())
    )
    return " ".join(words.begun(one) for one in told)

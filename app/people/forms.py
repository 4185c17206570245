"""Reads what people type about their people."""

from __future__ import annotations

from typing import Any

from flask import request
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from app.people import rules, words
from app.people.commands import PersonInput, Reach
from app.people.nouns import FamilyRole, Help, RoleBody, Since
from app.people.store import PersonView
from app.plan import domains
from app.policy.actor import Ring
from app.translations import lazy_gettext as _l
from app.web.form import LONG, SHORT, AnyOf, Form, Needed, Words, clean


def ring_from(text: Any) -> Ring:
    """The ring a link starts the form with; "Dicht bij ons" for anything else."""
    return next((ring for ring in Ring if ring.value == text), Ring.CLOSE)


class PersonForm(Form):
    """A person: only the name is needed."""

    name = Words(validators=[Needed(_l("Schrijf een naam. Zoals jullie het zeggen."))])
    ring = SelectField(coerce=ring_from, default=Ring.CLOSE, validate_choice=False)
    family_role = SelectField(coerce=lambda text: FamilyRole(text) if text else None, validate_choice=False)
    phone = Words()
    address = Words(LONG)
    tonight = BooleanField(false_values=("", "0"))

    @classmethod
    def of_person(cls, person: PersonView, *, typed: bool = False) -> PersonForm:
        """The form as it stands for a person; with `typed`, what was sent of it stands before that."""
        body = person.thing.body
        return cls(
            **({} if typed else {"formdata": None}),
            name=body.name,
            ring=body.ring,
            family_role=body.family_role,
            tonight=body.tonight,
            phone=person.phone.body.value if person.phone else "",
            address=person.address.body.value if person.address else "",
        )

    def validate_phone(self, field: Words) -> None:
        """Ask for a number when there is none in what was typed.

        Raises:
            ValidationError: nobody can be called at it.
        """
        reason = rules.why_not_phone(field.data)
        if reason is not None:
            raise ValidationError(words.sentence(reason))

    def given(self) -> PersonInput:
        """What was typed, for the command."""
        return PersonInput(
            name=self.name.data,
            ring=self.ring.data,
            family_role=self.family_role.data,
            tonight=self.tonight.data,
            phone=_reach("phone", self.phone.data),
            address=_reach("address", self.address.data),
        )


class RoleForm(Form):
    """What somebody is for the family; everything may stay open."""

    relation = Words()
    organisation = Words()
    for_people = AnyOf()
    domains = SelectMultipleField(coerce=lambda text: clean(text)[:SHORT], validate_choice=False)
    own_domain = Words()
    helps = SelectMultipleField(coerce=Help, validate_choice=False)
    since = SelectField(coerce=lambda text: Since(text) if text else None, validate_choice=False)

    @classmethod
    def of_role(cls, role: RoleBody) -> RoleForm:
        """The form as it stands for a role."""
        fields: dict[str, Any] = {name: getattr(role, name) for name in ("relation", "organisation", "since")}
        return cls(formdata=None, for_people=role.for_people, domains=role.domains, helps=role.helps, **fields)

    def role(self) -> RoleBody:
        """What was typed, as a role."""
        chosen = [*(self.domains.data or ()), *([self.own_domain.data] if self.own_domain.data else [])]
        return RoleBody(
            relation=self.relation.data,
            organisation=self.organisation.data,
            for_people=tuple(dict.fromkeys(self.for_people.data or ())),
            domains=tuple(dict.fromkeys(domains.key(word) for word in chosen if word)),
            helps=tuple(kind for kind in Help if kind in (self.helps.data or ())),
            since=self.since.data,
        )


class NewPersonForm(PersonForm, RoleForm):
    """A new person with a first role, on one page."""


def _reach(name: str, value: str) -> Reach | None:
    """A contact as typed; None when the form did not ask for it."""
    return Reach(value, clean(request.form.get(f"was_{name}"))) if name in request.form else None

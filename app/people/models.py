"""Tables of people and their contacts."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Only, PlanItemRow, states
from app.items import Kind
from app.people.nouns import ContactBody, ContactSort, PersonBody
from app.policy.actor import Ring
from app.policy.audience import ONLY_ME, THE_FAMILY, WE_AND_NAMED, Default
from app.translations import gettext as _


class PersonRow(PlanItemRow):
    __tablename__ = "person"
    __table_args__ = states(Only)


def _person_default(body: PersonBody) -> Default:
    return THE_FAMILY if body.ring is Ring.WE else WE_AND_NAMED


def _whom_they_are_for(body: PersonBody) -> frozenset[UUID]:
    return frozenset(person for role in body.roles for person in role.for_people)


PERSON = Kind(
    name="person",
    table=PersonRow,
    body=PersonBody,
    label=lambda body: body.name,
    noun=lambda: _("Iemand van onze mensen"),
    default=_person_default,
    named=_whom_they_are_for,
    pictured=True,
)


class ContactRow(PlanItemRow):
    """A phone number or an address: an item of its own, because its audience is narrower than the person's."""

    __tablename__ = "contact"
    __table_args__ = states(Only)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


def _contact_default(body: ContactBody) -> Default:
    private = body.sort is ContactSort.ADDRESS or body.of_member
    return ONLY_ME if private else WE_AND_NAMED


CONTACT = Kind(
    name="contact",
    table=ContactRow,
    body=ContactBody,
    label=lambda body: body.value,
    noun=lambda: _("Gsm of adres"),
    under=PERSON,
    parent_column="person_id",
    default=_contact_default,
)

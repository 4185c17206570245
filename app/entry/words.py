"""What getting in says to people: names of who can open the plan, and days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from app.accounts.rules import grouped
from app.entry.store import Door
from app.people.models import PERSON
from app.people.words import called
from app.plan.nouns import Role
from app.plan.words import day as local_day
from app.plan.words import listed
from app.scope import Whole
from app.sharing.store import ShareView
from app.translations import gettext as _

__all__ = ["day", "grouped", "last_day", "name", "names", "people_options", "role", "whatsapp"]


def day(instant: datetime | None, whole: Whole) -> str:
    """The day of an instant where the family lives."""
    return "" if instant is None else local_day(instant.astimezone(ZoneInfo(whole.zone)).date())


def last_day(share: ShareView) -> str:
    """The last day a share works."""
    return local_day(share.thing.body.until)


def name(whole: Whole, person: UUID | None) -> str:
    """A person's name; a word for who started the plan without one."""
    found = whole.get(PERSON, person)
    return _("Nog zonder naam") if found is None else called(found, whole.actor)


def names(whole: Whole, people: Iterable[UUID]) -> str:
    """Names in a row."""
    return listed(sorted(name(whole, person) for person in people))


def role(value: Role) -> str:
    """What a member is."""
    return {Role.PARENT: _("Ouder"), Role.MEEHELPER: _("Meehelper")}[value]


def people_options(door: Door) -> list[dict[str, Any]]:
    """Whom one may let in, as tiles."""
    return [{"value": person.id, "label": person.body.name, "ring": 1} for person in door.people]


def whatsapp(link: str) -> str:
    """The address that opens WhatsApp with a link in it; nothing is loaded from there before somebody taps."""
    return "https://wa.me/?text=" + quote(_("Open deze link: %(link)s", link=link), safe="")


def card_code() -> str:
    """What the code of a card is, for who hears the paper read."""
    return _("Code met het nummer van je kaart")

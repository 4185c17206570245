"""What getting in says to people: names of who can open the plan, and days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app, request, url_for

from app.accounts import words as account_words
from app.accounts.rules import Reason as KeyReason
from app.accounts.rules import grouped
from app.accounts.store import Place
from app.config import Config
from app.entry.store import Door
from app.people.models import PERSON
from app.people.words import called
from app.plan.nouns import Role
from app.plan.words import day as local_day
from app.plan.words import listed
from app.scope import Whole
from app.sharing.nouns import What
from app.sharing.store import ShareView
from app.translations import gettext as _
from app.web.addresses import front
from app.web.session import actor_in

__all__ = [
    "day", "field_of", "grouped", "help_options", "hour", "last_day", "mail", "name", "nameless", "names",
    "people_options", "plain_day", "role", "this_device", "way_in", "whatsapp",
]  # fmt: skip


def day(instant: datetime | None, whole: Whole) -> str:
    """The day of an instant where the family lives."""
    return "" if instant is None else local_day(instant.astimezone(ZoneInfo(whole.zone)).date())


def plain_day(instant: datetime) -> str:
    """The day of an instant where this server is: for keys, which are of no plan."""
    config: Config = current_app.extensions["onsplan.config"]
    return local_day(instant.astimezone(ZoneInfo(config.zone)).date())


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
    return {Role.PARENT: _("Ouder"), Role.MEEHELPER: _("Meehelper"), Role.CHILD: _("Kind")}[value]


def people_options(door: Door) -> list[dict[str, Any]]:
    """Whom one may let in, as tiles."""
    return [{"value": person.id, "label": person.body.name, "ring": 1, "photo": person} for person in door.people]


def help_options() -> list[dict[str, Any]]:
    """What may be opened to a meehelper, as tiles."""
    told = {
        What.GOALS: (_("Wat wij willen"), "star"),
        What.AGREEMENTS: (_("Onze afspraken"), "list"),
        What.PEOPLE: (_("Onze mensen"), "people"),
        What.HOMES: (_("Waar wij slapen"), "bed"),
        What.PHOTOS: (_("Onze foto’s"), "photo"),
    }
    return [{"value": what.value, "label": label, "icon": icon} for what, (label, icon) in told.items()]


def whatsapp(link: str) -> str:
    """The address that opens WhatsApp with a link in it; nothing is loaded from there before somebody taps."""
    return "https://wa.me/?text=" + quote(_("Open deze link: %(link)s", link=link), safe="")


def card_code() -> str:
    """What the code of a card is, for who hears the paper read."""
    return _("Code met het nummer van je kaart")


def this_device() -> str:
    """What a person may recognise this browser by."""
    return account_words.device(request.user_agent.string)


def nameless() -> str:
    """What a passkey is called of somebody without a name."""
    return _("Mijn sleutel")


def field_of(reason: Any) -> str:
    """The field of the form for a password that a refusal is about."""
    return "login" if reason is KeyReason.NO_LOGIN else "password"


def way_in(places: Sequence[Place]) -> str:
    """Where somebody goes who signed in: their plan, or the page that lists them."""
    members = [place for place in places if place.kind == "member"]
    if len(members) < len(places) or not places:
        return url_for("home.landing" if members else "guests.home")
    return front(members[0].plan, actor_in(members[0].plan)) if len(members) == 1 else url_for("home.landing")


def hour(instant: datetime, zone: str) -> str:
    """A moment as people say it: "3 maart 2026 om 14.30 u"."""
    local = instant.astimezone(ZoneInfo(zone))
    return _("%(day)s om %(hour)s uur", day=local_day(local.date()), hour=f"{local.hour}.{local.minute:02d}")


def plain_hour(instant: datetime) -> str:
    """The same where this server is."""
    config: Config = current_app.extensions["onsplan.config"]
    return hour(instant, config.zone)


def mail(link: str, ready: str) -> tuple[str, str]:
    """The subject and text of the mail for a lost key: it names nobody, and says nothing of any plan."""
    text = _(
        "Iemand vroeg een nieuwe sleutel met dit adres.\n\n"
        "Was jij dat? Open deze link vanaf %(ready)s. De link werkt daarna 7 dagen, één keer.\n\n%(link)s\n\n"
        "Was jij dat niet? Doe niets. Op je toestel kan je dit stoppen.\n",
        ready=ready,
        link=link,
    )
    return _("Een nieuwe sleutel"), text

"""To whom a child can turn now: whom it chose before and may call, then the host's help lines with their hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app, request

from app.agreements.words import clock
from app.children import said_rules, said_store
from app.children.said_store import Own
from app.config import Config
from app.db import now
from app.helplines import HelpLine, Now, now_at
from app.people.models import CONTACT, PERSON
from app.people.nouns import ContactSort
from app.pictos import nouns as pictos
from app.plan.models import PLAN
from app.policy.actor import Actor, ActorKind
from app.rooms import Face, Panel
from app.scope import load
from app.translations import day_in_words
from app.translations import gettext as _

TOMORROW = 1
HELP = "trusted.help"
# As many as a host may have lines: an ear, talking, a phone, a hug, a raised hand, the night, a shield, an idea.
TELLS = ("1F442", "1F4AC", "1F4DE", "1FAC2", "1F64B", "1F319", "1F6E1", "1F4A1")


@dataclass(frozen=True, slots=True)
class Line:
    """One help line, as it is now. `when` says whether somebody answers, `sentence` the same with its name.

    `picto` is the picture a child knows it by: no two lines have the same.
    """

    line: HelpLine
    when: str
    sentence: str
    is_open: bool
    picto: str


@dataclass(frozen=True, slots=True)
class ToTell:
    """Somebody whom the child chose before; `phone` where their number is shared with it."""

    face: Face
    phone: str = ""


@dataclass(frozen=True)
class Helping:
    """To whom a child can turn. `there` is as whom the policy is asked.

    `hides`: whom it trusts stands nowhere on this phone.
    """

    people: list[ToTell]
    talk: list[Line]
    danger: Line
    there: Actor
    hides: bool


def helping(actor: Actor) -> Helping | None:
    """All of it, for the page "Hulp"."""
    # Read first, so that what is read of the plan after it costs no question.
    phones = _phones(actor)
    own = said_store.own(actor)
    if own is None:
        return None
    talk, danger = lines_now(own.zone)
    return Helping(_people(own, phones), talk, danger, own.there, own.hides)


def _people(own: Own, phones: Mapping[UUID, str]) -> list[ToTell]:
    """Whom the child told something before, on this phone, the last one first; with a number where it sees one."""
    told = [one for view in own.box for one in said_rules.heard_by(view.thing.body)]
    faces = {one.id: one.face for one in own.hearers}
    return [ToTell(faces[one], phones.get(one, "")) for one in dict.fromkeys(told) if one in faces]


def _phones(actor: Actor) -> dict[UUID, str]:
    """The numbers that a child sees, by person."""
    whole = load(actor, PLAN, PERSON, CONTACT)
    found = {}
    for contact in whole.all(CONTACT):
        if contact.body.sort is ContactSort.PHONE and contact.parent is not None:
            found[contact.parent] = contact.body.value
    return found


def lines_now(zone: str) -> tuple[list[Line], Line]:
    """The lines that listen, and the one for who is in danger now."""
    config: Config = current_app.extensions["onsplan.config"]
    signs = pictures(config.help_lines)
    lines = [_line(line, zone, sign) for line, sign in zip(config.help_lines, signs, strict=True)]
    return [line for line in lines if not line.line.danger], next(line for line in lines if line.line.danger)


def pictures(lines: Sequence[HelpLine]) -> list[str]:
    """A picture for each: the host's, and for who has none one that says "tell it" and is nobody's yet."""
    free = iter([one for one in TELLS if one not in {line.picto for line in lines}])
    return [line.picto or (pictos.AMBULANCE if line.danger else next(free)) for line in lines]


def _line(line: HelpLine, zone: str, picto: str) -> Line:
    local = now().astimezone(ZoneInfo(zone))
    found = now_at(line, local)
    return Line(line, said(found, local.date()), said_of(line.name, found, local.date()), found.open, picto)


def said(found: Now, today: date) -> str:
    """Whether somebody answers now, and else when."""
    if found.at is None:
        return _("Altijd open")
    if found.open:
        return _("Nu open, tot %(at)s", at=clock(found.at))
    if found.days == 0:
        return _("Opent om %(at)s", at=clock(found.at))
    if found.days == TOMORROW:
        return _("Opent morgen om %(at)s", at=clock(found.at))
    day = day_in_words(today + timedelta(days=found.days), "EEEE")
    return _("Opent %(day)s om %(at)s", day=day, at=clock(found.at))


def said_of(name: str, found: Now, today: date) -> str:
    """The same in a sentence with the name of the line: a name before "Opent" would need another letter."""
    if found.at is None:
        return _("%(name)s is altijd open.", name=name)
    at = clock(found.at)
    if found.open:
        return _("%(name)s is nu open, tot %(at)s.", name=name, at=at)
    if found.days == 0:
        return _("%(name)s opent om %(at)s.", name=name, at=at)
    if found.days == TOMORROW:
        return _("%(name)s opent morgen om %(at)s.", name=name, at=at)
    day = day_in_words(today + timedelta(days=found.days), "EEEE")
    return _("%(name)s opent %(day)s om %(at)s.", name=name, day=day, at=at)


def foot(actor: Actor, _plan: object) -> Panel | None:
    """At the foot of every page of a child, in a few words: somebody to tell, the first line, the number for danger."""
    # On the page "Hulp" all of that stands already, and larger.
    if actor.kind is not ActorKind.CHILD or request.endpoint == HELP:
        return None
    talk, danger = lines_now(load(actor, PLAN).zone)
    return Panel("trusted/_foot.html", {"line": talk[0], "danger": danger})

"""A pictogram for each day of the week, on the page of a child. HTTP only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.wrappers import Response

from app.childpages import commands, rules, store, words
from app.childpages.room import childpages
from app.childpages.store import PageOf
from app.items import Thing
from app.plan.nouns import MemberBody
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import day_in_words
from app.translations import gettext as _
from app.web.picto import WithPicto
from app.web.respond import again, done, page

# A Monday.
MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class DayOf:
    """One day of the week on the page of a child; 0 is Monday."""

    of: PageOf
    number: int

    @property
    def thing(self) -> Thing[MemberBody]:
        """What the policy is asked about."""
        return self.of.thing


def day_of(actor: Actor, member: UUID, number: str) -> DayOf | None:
    """One day of the week; None for what is none."""
    of = store.page_of(actor, member)
    return DayOf(of, int(number)) if of is not None and number in set("0123456") else None


@childpages.get("/kinderen/<uuid:member>/dagen", needs=Action.CHILD_PAGE_CHANGE, load=store.page_of)
def week_days(_actor: Actor, of: PageOf) -> Response:
    """The seven days, each with its picture."""
    days = [(number, name(number), picto) for number, picto in enumerate(rules.week_of(of.body.days))]
    return page("childpages/days.html", of=of, plan=of.plan, words=words, tab="more", days=days)


@childpages.get("/kinderen/<uuid:member>/dagen/<number>", needs=Action.CHILD_PAGE_CHANGE, load=day_of)
def ask_day_picture(_actor: Actor, one: DayOf) -> Response:
    """Which picture has this day?"""
    return page("childpages/day.html", **_shown(one, WithPicto(formdata=None, picto=_now(one))))


@childpages.post("/kinderen/<uuid:member>/dagen/<number>", needs=Action.CHILD_PAGE_CHANGE, load=day_of)
def choose_day_picture(actor: Actor, one: DayOf) -> Response:
    """This one."""
    form = WithPicto()
    if not form.validate():
        return again("childpages/day.html", **_shown(one, form))
    days = rules.week_of(one.of.body.days)
    days[one.number] = form.picto.data or ""
    commands.choose_days(actor, one.of, tuple(days) if any(days) else (), form.key)
    return done(url_for("childpages.week_days", member=one.thing.id), _("Bewaard."))


def name(number: int) -> str:
    """A day of the week, as people say it."""
    return day_in_words(MONDAY.replace(day=1 + number), "EEEE")


def _now(one: DayOf) -> str:
    return rules.week_of(one.of.body.days)[one.number]


def _shown(one: DayOf, form: WithPicto) -> dict[str, Any]:
    return {"one": one, "plan": one.of.plan, "tab": "more", "form": form, "name": name(one.number)}

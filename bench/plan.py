"""Makes the plan that is measured, and for who is in it a cookie: 8 goals, 30 steps, 20 people and 40 agreements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID

from flask import Flask

from app.accounts.commands import take_seat
from app.agreements.models import AGREEMENT
from app.agreements.nouns import AgreementBody, AgreementState, When, WhenSort
from app.change import Add, change
from app.db import Only, now
from app.goals.models import GOAL, STEP
from app.goals.nouns import GoalBody, GoalState, StepBody, StepState
from app.home.commands import start
from app.local import local_day
from app.people.models import CONTACT, PERSON
from app.people.nouns import ContactBody, PersonBody, RoleBody
from app.plan.store import member_actor
from app.policy.actions import Action
from app.policy.actor import Actor
from app.scope import load
from app.sharing import commands as sharing
from app.sharing.commands import ShareInput
from app.sharing.nouns import What
from app.sharing.rules import OPENS
from app.sharing.store import board as shares_of
from bench import family

ZONE = "Europe/Brussels"
PARENT, LINK, NOBODY = "parent", "link", "nobody"
GRANDMOTHER = "Oma Zohra"


@dataclass(frozen=True)
class Page:
    """One of the seven main pages: its name, its address, and who opens it."""

    name: str
    address: str
    who: str


@dataclass(frozen=True)
class Plan:
    """A plan that was made: its pages, and the `Cookie` header of who opens them.

    Attributes:
        pages: the seven main pages.
        cookies: by who.
        address: where the plan is.
        steps: some open steps with their goals, and `turns`: agreements of today; both to be written to.
    """

    pages: tuple[Page, ...]
    cookies: dict[str, str]
    address: str
    steps: tuple[str, ...]
    turns: tuple[str, ...]


class Maker:
    """Writes a plan `times` as large as a full one."""

    def __init__(self, times: int) -> None:
        self.times = times
        begun = start(list(family.OWN), ZONE, called=family.FAMILY)
        actor = member_actor(begun.plan, begun.member)
        assert actor is not None
        self.actor: Actor = actor
        self.plan, self.member = begun.plan, begun.member
        self.people = {thing.body.name: thing.id for thing in load(actor, PERSON).all(PERSON)}
        self.today = local_day(now(), ZONE)

    def copies(self, things: Any) -> Any:
        """Every thing, as often as the plan is large, with its number and which copy it is."""
        for copy in range(self.times):
            for number, thing in enumerate(things):
                yield copy * len(things) + number, copy, thing

    def ids(self, names: tuple[str, ...]) -> tuple[UUID, ...]:
        return tuple(self.people[name] for name in names)

    def bring_people(self) -> None:
        """Everybody beside the family itself; a copy of somebody is somebody else."""
        for number, copy, (name, ring, relation, organisation, domains, helps, phone) in self.copies(family.PEOPLE):
            called = name if copy == 0 else f"{name} {copy + 1}"
            for_people = (self.people["Yassin"],) if number % 2 else ()
            role = RoleBody(
                relation=relation, organisation=organisation, domains=domains, helps=helps, for_people=for_people
            )
            body = PersonBody(name=called, ring=ring, roles=(role,), tonight=number < 2)
            new = Add(PERSON, body, Only.ACTIVE, position=number + len(family.OWN) + 1)
            self.people[called] = change(self.actor, Action.PERSON_ADD, new).id
            if phone:
                under = load(self.actor, PERSON).get(PERSON, self.people[called])
                change(self.actor, Action.PERSON_ADD, Add(CONTACT, ContactBody(value=phone), Only.ACTIVE, under=under))
        self.people.update({f"{name}": self.people[name] for name in family.OWN})

    def want(self) -> None:
        """Goals with their small steps; two of five are done."""
        for number, copy, (words, domain, thread, stitch, reins) in self.copies(family.GOALS):
            body = GoalBody(
                words=_again(words, copy), domain=domain, thread=thread, stitch=stitch, reins=reins,
                whose=(self.people["Yassin"],) if number % 2 else (), arranger=self.people[family.OWN[number % 2]],
            )  # fmt: skip
            change(self.actor, Action.GOAL_ADD, Add(GOAL, body, GoalState.NOW, position=number + 1))
        goals = load(self.actor, GOAL).all(GOAL)
        for number, copy, (goal, words, helpers) in self.copies(family.STEPS):
            step = StepBody(words=_again(words, copy), helpers=self.ids(helpers))
            state = StepState.DONE if number % 5 < 2 else StepState.OPEN
            under = goals[copy * len(family.GOALS) + goal]
            change(self.actor, Action.STEP_ADD, Add(STEP, step, state, under=under, position=number + 1))

    def agree(self) -> None:
        """Agreements: most on one day, some every week, some for a while, some not chosen yet."""
        goals = cycle([None, *(goal.id for goal in load(self.actor, GOAL).all(GOAL)[:8])])
        for number, copy, (words, who) in self.copies(family.AGREEMENTS):
            when = when_of(number % len(family.AGREEMENTS), self.today)
            body = AgreementBody(
                words=_again(words, copy), who=self.ids(who), when=when, goal=next(goals),
                where=family.PLACES[number % len(family.PLACES)],
            )  # fmt: skip
            change(self.actor, Action.AGREEMENT_ADD, Add(AGREEMENT, body, AgreementState.OPEN))

    def share(self) -> UUID:
        """Oma may see agreements and goals through a link."""
        opened = OPENS[What.AGREEMENTS] + OPENS[What.GOALS]
        given = ShareInput(opened=opened, until=self.today + timedelta(days=90))
        return sharing.make(self.actor, shares_of(self.actor), self.people[GRANDMOTHER], given, None).share


def _again(words: str, copy: int) -> str:
    return words if copy == 0 else f"{words} ({copy + 1})"


def when_of(number: int, today: date) -> When:
    """When the `number`th agreement is: of eight, four on a day, two weekly, one for a while, one open or once."""
    day, hour = today + timedelta(days=number // 2), time(8 + number % 12, 15 * (number % 4))
    kind = number % 8
    if kind in {2, 6}:
        return When(sort=WhenSort.WEEKLY, day=today, weekdays=(number % 7,), at=hour)
    if kind == 5:
        return When(sort=WhenSort.PERIOD, day=today, until=today + timedelta(days=14 + number))
    if kind == 7:
        return When() if number % 16 == 7 else When(sort=WhenSort.ONCE, words="als de brief van de school er is")
    return When(sort=WhenSort.DAY, day=day, at=hour if number % 3 else None)


def make(app: Flask, times: int = 1) -> Plan:
    """Make the plan in the app's databases."""
    with app.test_request_context():
        maker = Maker(times)
        maker.bring_people()
        maker.want()
        maker.agree()
        share = maker.share()
        whole = load(maker.actor, GOAL, STEP, AGREEMENT)
        goals, steps, agreements = whole.all(GOAL), whole.all(STEP), whole.all(AGREEMENT)
    cookies = {
        PARENT: _cookie(app, maker.plan, "member", maker.member),
        LINK: _cookie(app, maker.plan, "link", share),
        NOBODY: "",
    }
    plan = f"/p/{maker.plan}"
    dated = [one for one in agreements if one.body.when.sort is WhenSort.DAY]
    return Plan(
        pages=(
            Page("landing", "/", NOBODY),
            Page("Ons plan", f"{plan}/", PARENT),
            Page("a goal", f"{plan}/doelen/{goals[0].id}", PARENT),
            Page("Onze mensen", f"{plan}/mensen", PARENT),
            Page("Afspraken", f"{plan}/afspraken", PARENT),
            Page("Wie ziet wat?", f"{plan}/wie-ziet-wat", PARENT),
            Page("oma's page", f"{plan}/voor/{share}", LINK),
        ),
        cookies=cookies,
        address=plan,
        steps=tuple(f"{plan}/stappen/{one.id}" for one in steps if one.state == StepState.OPEN),
        turns=tuple(f"{plan}/afspraken/{one.id}/{one.body.when.day}" for one in dated),
    )


def _cookie(app: Flask, plan: UUID, kind: str, holder: UUID) -> str:
    """What a browser in this seat sends as `Cookie`."""
    client = app.test_client()
    with app.test_request_context():
        visitor = take_seat(None, plan, kind, holder, "gsm")
    with client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = visitor.token, True
        kept.permanent = True
    name = app.config["SESSION_COOKIE_NAME"]
    found = client.get_cookie(name)
    assert found is not None
    return f"{name}={found.value}"

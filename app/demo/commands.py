"""Makes the family of the demo, and for everybody in it a way in that can be used at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app

from app.accounts.commands import make_card
from app.accounts.rules import grouped
from app.agreements import commands as agreements
from app.agreements import store as agreement_store
from app.agreements.commands import AgreementInput
from app.agreements.nouns import Result, When, WhenSort
from app.change import Add, change
from app.config import Config
from app.db import days_ago, now
from app.demo import nouns
from app.demo.children import raise_all
from app.demo.guests import Host, invite_all
from app.demo.nouns import Agreed, Somebody, Wanted
from app.demo.photos import hang_all
from app.demo.ways import address, seat_cookie, seated, there
from app.goals import commands as goals
from app.goals import store as goal_store
from app.goals.commands import GoalInput, StepInput
from app.goals.nouns import StepState
from app.home.commands import start
from app.local import local_day
from app.overview import commands as overviews
from app.overview import store as overview_store
from app.overview.commands import OverviewInput
from app.people import commands as people
from app.people import store as people_store
from app.people.commands import PersonInput, Reach
from app.people.nouns import FamilyRole, RoleBody
from app.people.rules import split_names
from app.plan import commands as plans
from app.plan import store as plan_store
from app.plan.commands import FactsInput, HomeInput
from app.plan.models import MEMBER
from app.plan.nouns import MemberBody, MemberState, Overview, Role
from app.policy.actions import Action
from app.policy.actor import Actor, Ring
from app.sharing import commands as sharing
from app.sharing import store as share_store
from app.sharing.commands import ShareInput
from app.sharing.nouns import What
from app.sharing.rules import OPENS

LINK_LASTS = timedelta(days=90)


@dataclass
class _Family:
    """What is made: one parent writes, the others come in later."""

    sara: Actor
    zone: str
    ids: dict[str, UUID] = field(default_factory=dict)
    goals: dict[str, UUID] = field(default_factory=dict)


def make() -> dict[str, Any]:
    """Make the family; every actor's way in, ready to print as JSON.

    Needs an app context. Each call makes a new family.
    """
    config: Config = current_app.extensions["onsplan.config"]
    with days_ago(nouns.BEGAN_DAYS_AGO):
        started = start(split_names(nouns.STARTERS), config.zone, called=nouns.FAMILY)
        family = _Family(seated("member", started.plan, started.member), config.zone)
        _name_family(family)
    _tell_facts(family)
    for somebody in nouns.PEOPLE:
        with days_ago(somebody.days_ago):
            family.ids[somebody.name] = _bring(family, somebody)
    for wanted in nouns.GOALS:
        _want(family, wanted)
    made = {agreed.words: _agree(family, agreed) for agreed in nouns.AGREEMENTS}
    host = Host(family.sara, family.zone, family.ids, family.goals)
    hang_all(host)
    children = raise_all(host, made)
    other = start((nouns.STRANGER,), config.zone, called=nouns.STRANGER)
    return {
        "plan": address("home.show", plan=started.plan),
        "parent": _member("Sara", family.sara),
        "other_parent": _member("Jef", _let_jef_in(family)),
        "meehelper": _member(nouns.AUNT, _let_aunt_help(family)),
        "child": _child("Kaat", children["Kaat"]),
        "young_person": _child("Mil", children["Mil"]),
        "link": _grandmothers_link(family),
        **invite_all(host),
        "stranger": _member(nouns.STRANGER, seated("member", other.plan, other.member)),
        "host": {"who": "host", "address": address("host.health"), "command": "bin/onsplan"},
    }


def _tell_facts(family: _Family) -> None:
    facts = plan_store.facts(family.sara)
    if facts is None:
        raise RuntimeError("the plan that was just made is not there")
    given = FactsInput(
        name=nouns.FAMILY,
        signed_up_by=nouns.SIGNED_UP_BY,
        signed_up_question=nouns.SIGNED_UP_QUESTION,
        signed_up_on=local_day(now(), family.zone) - timedelta(days=nouns.SIGNED_UP_DAYS_AGO),
    )
    plans.change_facts(family.sara, facts, given, None, None)
    view = overview_store.overview(family.sara)
    if view is not None:
        overviews.choose(family.sara, view, OverviewInput(Overview.WE), None, None)


def _name_family(family: _Family) -> None:
    board = people_store.people(family.sara)
    for person in board.people:
        role = FamilyRole.CHILD if person.name == "Kaat" else FamilyRole.PARENT
        family.ids[person.name] = person.thing.id
        people.edit(family.sara, person, PersonInput(person.name, Ring.WE, role), None, None)
    brother = PersonInput(nouns.BROTHER, Ring.WE, FamilyRole.CHILD)
    family.ids[nouns.BROTHER] = people.add(family.sara, board, brother, RoleBody(), None).id
    homes = plan_store.homes(family.sara)
    home = HomeInput("Thuis", tuple(family.ids[name] for name in ("Sara", "Jef", "Kaat")))
    plans.add_home(family.sara, homes, home, None)


def _bring(family: _Family, one: Somebody) -> UUID:
    role = RoleBody(
        relation=one.relation,
        organisation=one.organisation,
        domains=one.domains,
        helps=one.helps,
        for_people=(family.ids["Kaat"],) if one.for_kaat else (),
    )
    given = PersonInput(one.name, one.ring, tonight=one.tonight, phone=Reach(one.phone) if one.phone else None)
    return people.add(family.sara, people_store.people(family.sara), given, role, None).id


def _want(family: _Family, wanted: Wanted) -> None:
    sara, kaat = family.sara, (family.ids["Kaat"],)
    given = GoalInput(wanted.words, kaat, wanted.domain, None, wanted.reins, wanted.thread, wanted.stitch)
    with days_ago(wanted.days_ago):
        first = replace(given, words=wanted.first or wanted.words)
        goal = goals.add(sara, there(goal_store.goals, sara), first, None).id
    family.goals[wanted.words] = goal
    with days_ago(wanted.days_ago - 1):
        goals.edit(sara, there(goal_store.goal, sara, goal), given, None, None)
        steps = [_small_step(family, goal, words, helpers) for words, helpers in wanted.steps]
    for step, done in zip(steps, wanted.done, strict=False):
        with days_ago(done):
            goals.mark_step(sara, there(goal_store.step, sara, step), StepState.DONE)


def _small_step(family: _Family, goal: UUID, words: str, helpers: tuple[str, ...]) -> UUID:
    step = StepInput(words, tuple(family.ids[name] for name in helpers))
    return goals.add_step(family.sara, there(goal_store.goal, family.sara, goal), step, None).id


def _agree(family: _Family, agreed: Agreed) -> UUID:
    day = local_day(now(), family.zone) + timedelta(days=agreed.in_days)
    when = When(sort=agreed.sort, day=day, at=agreed.at, weekdays=agreed.weekdays)
    given = AgreementInput(
        agreed.words,
        tuple(family.ids[name] for name in agreed.who),
        When() if agreed.sort is WhenSort.OPEN else when,
        goal=family.goals.get(agreed.goal),
    )
    with days_ago(agreed.done_days_ago or 0):
        made = agreements.add(family.sara, agreement_store.board(family.sara), given, None).id
        if agreed.done_days_ago is not None:
            turn = there(agreement_store.turn, family.sara, made, day.isoformat())
            agreements.tell(family.sara, turn, Result.DONE)
    return made


def _let_jef_in(family: _Family) -> Actor:
    invited = plans.let_in(family.sara, family.ids["Jef"], None)
    joined = plans.join(invited.token, None)
    return seated("member", joined.plan, joined.member)


def _let_aunt_help(family: _Family) -> Actor:
    """A meehelper for what wij willen; inviting one through a page comes later."""
    person = family.ids[nouns.AUNT]
    body = MemberBody(role=Role.MEEHELPER, person=person, opened=OPENS[What.GOALS])
    new = Add(MEMBER, body, MemberState.ACTIVE, columns={"person_id": person})
    return seated("member", _plan(family), change(family.sara, Action.MEMBER_LET_IN, new).id)


def _grandmothers_link(family: _Family) -> dict[str, Any]:
    until = local_day(now(), family.zone) + LINK_LASTS
    given = ShareInput(opened=OPENS[What.AGREEMENTS], until=until)
    board = share_store.board(family.sara)
    made = sharing.make(family.sara, board, family.ids[nouns.GRANDMOTHER], given, None)
    actor = seated("link", _plan(family), made.share)
    return {
        "who": nouns.GRANDMOTHER,
        "link": address("sharing.arrive", token=made.secret.token),
        "address": address("sharing.shared", plan=actor.plan, share=made.share),
        "cookie": seat_cookie("link", actor),
    }


def _member(who: str, actor: Actor) -> dict[str, Any]:
    secret = make_card(actor, None)
    return {
        "who": who,
        "address": address("home.show", plan=actor.plan),
        "cookie": seat_cookie("member", actor),
        "card": {
            "address": address("entry.key"),
            "number": grouped(secret.number),
            "words": " ".join(secret.words),
        },
    }


def _child(who: str, actor: Actor) -> dict[str, Any]:
    return {"who": who, "address": address("days.today", plan=actor.plan), "cookie": seat_cookie("member", actor)}


def _plan(family: _Family) -> UUID:
    if family.sara.plan is None:
        raise RuntimeError("no plan")
    return family.sara.plan

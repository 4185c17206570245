"""Start a plan, a question at a time: the first answer makes it, its key and its first parent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import msgspec
from sqlalchemy.exc import IntegrityError

from app.change import Add, Along, Done, Put, Refused, Remove, change
from app.db import Only
from app.goals import commands as goal_commands
from app.goals.commands import GoalInput
from app.home import rules
from app.home.store import StartView
from app.keystore import key_of, look_up_hash, make_key
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.people.rules import split_names
from app.plan.models import MEMBER, PLAN
from app.plan.nouns import MemberBody, MemberState, PlanBody, Role
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind, Ring

Edit = Add | Put | Remove


@dataclass(frozen=True)
class Started:
    """A new plan, and the member row of the parent who started it."""

    plan: UUID
    member: UUID
    person: UUID


def start(names: Sequence[str], zone: str, *, called: str = "", form_key: str | None = None) -> Started:
    """Start a plan.

    Args:
        names: how the family members are called, whoever starts it first; empty when they do not say yet.
        zone: IANA time zone of the plan's days.
        called: what the family calls itself, in their words.
        form_key: a secret of the form in this very browser; the same one sent again gives the same plan.
    """
    started = Started(*(_start_id(part, form_key) for part in ("plan", "member", "person")))
    _make_key_once(started.plan)
    actor = Actor(ActorKind.PARENT, started.plan, started.person, Ring.WE, seat=started.member)
    people = [PersonBody(name=name, ring=Ring.WE) for name in names] or [PersonBody(ring=Ring.WE)]
    member = MemberBody(role=Role.PARENT, person=started.person)
    change(
        actor,
        Action.PLAN_START,
        Add(PLAN, PlanBody(name=called, zone=zone), Only.ACTIVE, id=started.plan),
        Add(PERSON, people[0], Only.ACTIVE, id=started.person, position=1),
        *(Add(PERSON, body, Only.ACTIVE, position=place) for place, body in enumerate(people[1:], start=2)),
        Add(MEMBER, member, MemberState.ACTIVE, id=started.member, columns={"person_id": started.person}),
        form_key=form_key,
    )
    return started


def _start_id(part: str, form_key: str | None) -> UUID:
    if form_key is None:
        return uuid4()
    return UUID(bytes=look_up_hash(f"start {part}", form_key)[:16], version=4)


def _make_key_once(plan: UUID) -> None:
    """The same form may be on its way twice: who comes second finds the key."""
    try:
        make_key(plan)
    except IntegrityError:
        key_of(plan)


def name_again(actor: Actor, board: StartView, text: str, form_key: str | None) -> Done:
    """Answer "Hoe heten jullie?" again: what the family calls itself, and who they are.

    Raises:
        Refused: there is no name in it.
    """
    names = split_names(text)
    if not names:
        raise Refused(rules.Reason.NO_NAMES)
    named = Put(board.plan, msgspec.structs.replace(board.plan.body, name=text))
    return change(actor, Action.PLAN_CHANGE, named, *_people_edits(board, Ring.WE, names), form_key=form_key)


def add_helpers(actor: Actor, board: StartView, close: str, services: str, form_key: str | None) -> Done:
    """Answer "Wie helpt jullie al?": the people close to us, and those of services and school."""
    edits = [
        *_people_edits(board, Ring.CLOSE, split_names(close)),
        *_people_edits(board, Ring.SERVICES, split_names(services)),
    ]
    return change(actor, Action.PERSON_ADD, *edits, form_key=form_key)


def choose_first(actor: Actor, board: StartView, domain: str, words: str, form_key: str | None) -> Done:
    """Answer "Waar moet het nu eerst over gaan?"; own words become the first goal, once."""
    body = msgspec.structs.replace(board.plan.body, first_about=domain or words)
    first = Put(board.plan, body, needs=Action.PLAN_CHANGE)
    if words and words not in {goal.thing.body.words for goal in board.goals.goals}:
        return goal_commands.add(actor, board.goals, GoalInput(words, domain=domain), form_key, Along((first,)))
    return change(actor, Action.PLAN_CHANGE, first, form_key=form_key)


def _people_edits(board: StartView, ring: Ring, names: Sequence[str]) -> list[Edit]:
    """What makes the people of one ring those of the answer. Who has an own key to the plan stays."""
    people = [person.thing for person in board.people.in_ring(ring)]
    things = {person.id: person for person in people}
    found = rules.matched([(person.id, person.body.name) for person in people], names, board.whole.actor.person)
    last = max((person.thing.position for person in board.people.people), default=0)
    edits: list[Edit] = [
        Put(things[person], msgspec.structs.replace(things[person].body, name=name), needs=Action.PERSON_CHANGE)
        for person, name in found.renamed.items()
    ]
    edits += [
        Add(PERSON, PersonBody(name=name, ring=ring), Only.ACTIVE, position=place, needs=Action.PERSON_ADD)
        for place, name in enumerate(found.added, start=last + 1)
    ]
    gone = [things[person] for person in found.gone if person not in board.key_holders]
    return edits + [Remove(person, needs=Action.PERSON_REMOVE) for person in gone]

"""The guests of the demo: Lisa, whom both parents host and who proposes; Bert, whom Sara hosts alone; Tom, who left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.agreements.nouns import When, WhenSort
from app.change import Add, change
from app.db import Only, days_ago, now
from app.demo.nouns import BEGAN_DAYS_AGO, GOALS
from app.demo.ways import address, cookie_of, seated, there
from app.goals.models import GOAL
from app.goals.nouns import GoalBody, GoalState
from app.guests import commands as guests
from app.local import local_day
from app.people.models import PERSON
from app.people.nouns import PersonBody, RoleBody
from app.policy.actions import Action
from app.policy.actor import Actor, Ring
from app.policy.audience import Audience, Who
from app.proposals import commands as proposals
from app.proposals import store as proposal_store
from app.proposals.commands import LineInput
from app.proposals.nouns import Act, Said, Target
from app.sharing import commands as sharing
from app.sharing import seats
from app.sharing import store as share_store
from app.sharing.commands import ShareInput
from app.sharing.nouns import What
from app.sharing.rules import OPENS
from app.web.session import Visitor

LASTS = timedelta(days=180)
SERVICE = "CKG De Brug"


@dataclass
class Host:
    """Whose plan they are guests in.

    Attributes:
        sara: the parent who invites them.
        zone: the plan's zone.
        ids: people by name; goals: goals by their words.
    """

    sara: Actor
    zone: str
    ids: dict[str, UUID]
    goals: dict[str, UUID] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The plan's local day."""
        return local_day(now(), self.zone)


def invite_all(host: Host) -> dict[str, Any]:
    """Invite the three; a way in for each of them."""
    lisa = _invite(host, "Lisa", "gezinsbegeleider", whats=(What.GOALS, What.AGREEMENTS, What.PEOPLE))
    bert = _invite(host, "Bert", "vertrouwenspersoon", alone=True)
    tom = _invite(host, "Tom", "stagiair", whats=(What.GOALS,))
    _propose(host, lisa.actor)
    _show_alone(host, bert.actor)
    share = share_store.share(host.sara, tom.share)
    if share is not None:
        sharing.stop(host.sara, share)
    return {"guest": lisa.way(), "guest_alone": bert.way(), "former_guest": tom.way()}


@dataclass(frozen=True)
class _Came:
    """A guest who came in, with the browser they sit at."""

    name: str
    share: UUID
    actor: Actor
    visitor: Visitor
    address: str

    def way(self) -> dict[str, Any]:
        """Their way in, ready to print as JSON."""
        return {"who": self.name, "address": self.address, "cookie": cookie_of(self.visitor)}


def _invite(host: Host, name: str, relation: str, *, whats: tuple[What, ...] = (), alone: bool = False) -> _Came:
    role = RoleBody(relation=relation, organisation=SERVICE)
    audience = Audience(Who.ME) if alone else Audience()
    body = PersonBody(name=name, ring=Ring.SERVICES, roles=(role,), audience=audience)
    with days_ago(BEGAN_DAYS_AGO):
        person = change(host.sara, Action.PERSON_ADD, Add(PERSON, body, Only.ACTIVE, position=90)).id
    host.ids[name] = person
    opened = tuple(kind for what in whats for kind in OPENS[what])
    seat = ShareInput(opened=opened, until=host.today + LASTS, alone=alone, guest=True)
    made = sharing.make(host.sara, share_store.board(host.sara), person, seat, None)
    found = there(seats.share_of_token, made.secret.token)
    visitor = guests.take_first(found, None, name, SERVICE, "demo")
    actor = seated("guest", found.plan, found.share)
    return _Came(name, found.share, actor, visitor, address("home.show", plan=found.plan))


def _propose(host: Host, lisa: Actor) -> None:
    """Lisa's last visit: a new agreement, another small step, and what the school asks."""
    goal = host.goals[GOALS[0].words]
    talk = When(sort=WhenSort.DAY, day=host.today + timedelta(days=5))
    lines = (
        Said((host.ids["Laura"],), what="Samen praten over de ochtend", when=talk, why="Dan weet de school wat helpt."),
        Said((host.ids["Jef"],), what="Een wekker kiezen met Kaat", why="Kaat wil zelf wakker worden."),
        Said((host.ids["Sara"],), what="De school bellen als Kaat thuis blijft", why="De school wil dit weten."),
    )
    given = (
        LineInput(Act.NEW, Target.AGREEMENT, lines[0], goal=goal),
        LineInput(Act.NEW, Target.STEP, lines[1], goal=goal),
        LineInput(Act.NEW, Target.AGREEMENT, lines[2], asked_by="de school"),
    )
    proposals.send(lisa, proposal_store.board(lisa), given, None)


def _show_alone(host: Host, bert: Actor) -> None:
    """What Sara shows to Bert, and to nobody else."""
    audience = Audience(Who.ME_AND, people=(host.ids["Bert"],))
    body = GoalBody(words="Meer tijd voor mezelf", audience=audience)
    change(host.sara, Action.GOAL_ADD, Add(GOAL, body, GoalState.NOW, position=2_000_000))
    said = Said(what="Elke week een uur wandelen", why="Even alleen zijn geeft rust.")
    line = LineInput(Act.NEW, Target.AGREEMENT, said)
    proposals.send(bert, proposal_store.board(bert), (line,), None)

"""Who asks, in the tests of the policy: one of each sort, in the plan of Sara and Jef. No database, no web."""

from dataclasses import replace
from uuid import UUID, uuid5

from app.policy.actor import NOBODY, Actor, ActorKind, Ring, system
from app.policy.audience import WE_AND_NAMED, Audience, Default, Facts

SPACE = UUID("6f1f5a0e-7d43-4d43-9a3c-0d2c3d1b2a55")


def ident(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(SPACE, name)


PLAN, ELSEWHERE = ident("plan"), ident("elsewhere")


def member(kind: ActorKind, name: str, plan: UUID = PLAN, *opened: str) -> Actor:
    return Actor(kind, plan, ident(name), Ring.WE, frozenset(opened), seat=ident(f"seat of {name}"))


def link(name: str, ring: Ring, *opened: str, host: str = "", plan: UUID = PLAN) -> Actor:
    hosted_by = ident(host) if host else None
    seat = ident(f"share with {name}")
    return Actor(ActorKind.LINK_HOLDER, plan, ident(name), ring, frozenset(opened), hosted_by, seat)


def guest(name: str, *opened: str, host: str = "") -> Actor:
    hosted_by = ident(host) if host else None
    seat = ident(f"seat of {name}")
    return Actor(ActorKind.GUEST, PLAN, ident(name), Ring.SERVICES, frozenset(opened), hosted_by, seat)


PUT = frozenset(map(ident, ("put", "put, closed", "put, mine")))
ACTORS: dict[str, Actor] = {
    "sara": member(ActorKind.PARENT, "sara"),
    "jef": member(ActorKind.PARENT, "jef"),
    # Nele is a meehelper for goals; Tine is one for whom nothing was opened yet.
    "nele": member(ActorKind.MEEHELPER, "nele", PLAN, "goal"),
    "tine": member(ActorKind.MEEHELPER, "tine", PLAN),
    # Kaat is a child with a page, on which some things were put; Wim is somebody she trusts, outside the help.
    # The family switched on that she keeps a key herself.
    "kaat": replace(member(ActorKind.CHILD, "kaat", PLAN, "keys"), shown=PUT),
    "wim": Actor(ActorKind.TRUSTED, PLAN, ident("wim"), seat=ident("seat of wim")),
    # Wij host oma's link, which opens goals, and the teacher's, which opens nothing.
    "oma": link("oma", Ring.CLOSE, "goal"),
    "juf": link("juf", Ring.SERVICES),
    # Sara hosts the link of Els alone, Jef that of Ann.
    "els": link("els", Ring.CLOSE, "goal", host="sara"),
    "ann": link("ann", Ring.CLOSE, "goal", host="jef"),
    # Lisa is a guest of us all, for goals and on paper; Bert one of Sara alone.
    "lisa": guest("lisa", "goal", "paper"),
    "bert": guest("bert", "goal", host="sara"),
    "lies": member(ActorKind.PARENT, "lies", ELSEWHERE),
    "her": link("her", Ring.CLOSE, "goal", plan=ELSEWHERE),
    "nobody": NOBODY,
    "host": Actor(ActorKind.HOST),
    "system": system("a job", PLAN),
}


def item(
    name: str,
    *,
    kind: str = "goal",
    by: str = "sara",
    audience: Audience | None = None,
    default: Default = WE_AND_NAMED,
    named: str = "",
    under: Facts | None = None,
    plan: UUID = PLAN,
) -> Facts:
    """The facts of one item; `by` and `named` are names."""
    people = frozenset(ident(each) for each in named.split())
    return Facts(kind, plan, ident(name), ident(by) if by else None, audience or Audience(), default, people, under)

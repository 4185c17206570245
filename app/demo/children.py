"""The children of the demo: Kaat has a page in pictures, Mil one as everybody has it, with a key of his own."""

from __future__ import annotations

from uuid import UUID

import msgspec

from app.agreements.models import AGREEMENT
from app.change import Add, Put, change
from app.demo import nouns
from app.demo.guests import Host
from app.demo.ways import seated, there
from app.plan import commands as plans
from app.plan import store as plan_store
from app.plan.commands import HomeInput
from app.plan.models import HOME, MEMBER
from app.plan.nouns import Level, MemberBody, MemberState, Nights, Role
from app.policy.actions import Action
from app.policy.actor import Actor
from app.scope import load


def raise_all(host: Host, agreed: dict[str, UUID]) -> dict[str, Actor]:
    """Their pages, and what a parent put on them; who they are, by name."""
    _give_pictures(host, agreed)
    _tell_nights(host)
    shown = [agreed[one.words] for one in nouns.AGREEMENTS if one.for_kaat]
    kaat = MemberBody(
        role=Role.CHILD,
        person=host.ids["Kaat"],
        level=Level.PICTURES,
        shown=(*shown, host.goals[nouns.GOALS[0].words]),
        days=nouns.DAYS,
    )
    mil = MemberBody(role=Role.CHILD, person=host.ids[nouns.BROTHER], level=Level.YOUNG, own_key=True)
    return {"Kaat": _page(host, kaat), "Mil": _page(host, mil)}


def _page(host: Host, body: MemberBody) -> Actor:
    new = Add(MEMBER, body, MemberState.ACTIVE, columns={"person_id": body.person})
    made = change(host.sara, Action.CHILD_PAGE_MAKE, new).id
    if host.sara.plan is None or made is None:
        raise RuntimeError("no plan")
    return seated("member", host.sara.plan, made)


def _give_pictures(host: Host, agreed: dict[str, UUID]) -> None:
    for one in nouns.AGREEMENTS:
        if one.picto:
            thing = there(load(host.sara, AGREEMENT).get, AGREEMENT, agreed[one.words])
            put = Put(thing, msgspec.structs.replace(thing.body, picto=one.picto))
            change(host.sara, Action.AGREEMENT_CHANGE, put)


def _tell_nights(host: Host) -> None:
    kaat = host.ids["Kaat"]
    there_too = HomeInput(nouns.GRANDMOTHERS, (host.ids[nouns.GRANDMOTHER], kaat))
    made = plans.add_home(host.sara, plan_store.homes(host.sara), there_too, None).id
    for home in load(host.sara, HOME).all(HOME):
        away = home.id == made
        nights = Nights(kaat, tuple(day for day in range(7) if (day in nouns.NIGHTS_THERE) is away))
        body = msgspec.structs.replace(home.body, nights=(nights,), picto="1F475" if away else "")
        change(host.sara, Action.HOME_CHANGE, Put(home, body))

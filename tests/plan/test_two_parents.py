"""No parent removes a parent, and none lets one in alone: every way around it that an angry parent could find."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from app.change import NotPermitted, Put, Refused, Remove, change
from app.people import commands as people
from app.people import store as people_store
from app.plan import store
from app.plan.commands import agree, join, let_in, new_link
from app.plan.models import INVITE, MEMBER
from app.plan.nouns import InviteState, MemberState, Role
from app.policy.actions import Action
from app.policy.actor import Actor
from app.scope import load
from tests.cast import Cast, seated
from tests.sharing.pages import root, tokens_off

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]


@pytest.fixture
def in_the_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


inside = pytest.mark.usefixtures("in_the_app")


def invitation(actor: Actor, invite: UUID) -> Any:
    found = store.invite(actor, invite)
    assert found is not None
    return found


def open_link(cast: Cast, person: str, *yes: str) -> str:
    """An invitation by Sara that Jef, and whoever else, said yes to; the token of its link (in an app context)."""
    invited = let_in(cast.sara, cast.people[person], None)
    for who in ("jef", *yes):
        agree(cast.actors[who], invitation(cast.actors[who], invited.id))
    return new_link(cast.sara, invitation(cast.sara, invited.id), None).token


def is_parent(cast: Cast, person: str) -> bool:
    return cast.people[person] in store.parents(store.members(cast.sara))


# ---- nobody removes a parent -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["sara", "nele"])
def test_the_person_of_a_parent_stays(cast: Cast, app: Flask, by: str) -> None:
    cast.client_of(by).post(f"{root(cast)}/mensen/{cast.people['jef']}/weg")
    with app.app_context():
        assert people_store.person(cast.sara, cast.people["jef"]) is not None
        assert seated(cast.plan, "member", cast.jef.seat or uuid4())


@inside
@pytest.mark.parametrize("action", [Action.MEMBER_LEAVE, Action.PERSON_REMOVE, Action.MEMBER_JOIN])
def test_another_does_not_make_a_parent_leave(cast: Cast, action: Action) -> None:
    member = next(one for one in load(cast.sara, MEMBER).all(MEMBER) if one.id == cast.jef.seat)
    if action is not Action.PERSON_REMOVE:
        with pytest.raises(NotPermitted):
            change(cast.sara, action, Put(member, state=MemberState.LEFT))
    assert store.member_actor(cast.plan, member.id) is not None


def test_no_address_stops_a_parent(cast: Cast, app: Flask) -> None:
    """Every address of the product that takes an id, with the seat and the person of the other parent in it."""
    sara = cast.client_of("sara")
    with app.test_request_context():
        rules = [
            rule
            for rule in app.url_map.iter_rules()
            if rule.rule.startswith("/p/") and "POST" in (rule.methods or ()) and len(rule.arguments) == 2
        ]
        paths = [
            app.url_for(rule.endpoint, plan=cast.plan, **{name: one})
            for rule in rules
            for name in rule.arguments - {"plan"}
            for one in (cast.jef.seat, cast.people["jef"])
            if rule.endpoint != "people.change" and name not in {"day", "kind", "part"}
        ]
    assert len(paths) > 40
    for path in paths:
        sara.post(path, data={"form_key": uuid4().hex, "state": "left", "role": "meehelper", "who": "me"})
    assert cast.client_of("jef").get(f"{root(cast)}/").status_code == 200
    with app.app_context():
        assert is_parent(cast, "jef")


@inside
def test_a_parent_does_not_disappear_by_being_made_private(cast: Cast) -> None:
    from app.policy.audience import Audience, Who
    from app.sharing import choosing

    person = people_store.person(cast.sara, cast.people["jef"])
    assert person is not None
    with pytest.raises(Refused):
        choosing.choose_audience(cast.sara, person.thing, Audience(Who.ME), None, None)


# ---- nobody lets one in alone ----------------------------------------------------------------------------------------


@inside
def test_two_invitations_at_once_need_each_others_yes(cast: Cast) -> None:
    first, second = open_link(cast, "neighbour"), open_link(cast, "ended")
    join(first, None)
    with pytest.raises(Refused):
        join(second, None)
    assert not is_parent(cast, "ended")


@inside
def test_who_comes_in_at_the_very_moment_must_have_said_yes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look and the write another parent came in: the look is done again while the plan's row is held."""
    from app.plan import commands

    token, real = open_link(cast, "ended"), store.parents
    seen: list[int] = []

    def late(members: Any) -> frozenset[UUID]:
        seen.append(1)
        return real(members) if len(seen) == 1 else real(members) | {uuid4()}

    monkeypatch.setattr(commands.store, "parents", late)
    with pytest.raises(Refused):
        join(token, None)
    monkeypatch.undo()
    assert len(seen) > 1
    assert not is_parent(cast, "ended")


@inside
def test_a_yes_of_who_left_does_not_count_for_who_stays(cast: Cast, app: Flask) -> None:
    invited = let_in(cast.sara, cast.people["ended"], None)
    with app.test_request_context():
        assert cast.client_of("sara").post(f"{root(cast)}/uit-elkaar", data={"take": "nothing"}).status_code == 303
    with pytest.raises(Refused):
        new_link(cast.jef, invitation(cast.jef, invited.id), None)
    agree(cast.jef, invitation(cast.jef, invited.id))
    token = new_link(cast.jef, invitation(cast.jef, invited.id), None).token
    assert join(token, None).plan == cast.plan


@inside
def test_who_was_taken_away_does_not_come_in_and_is_not_erased_as_a_parent(cast: Cast) -> None:
    """Else: invited by both, put in the bin by one, in by the link, and out again after 30 days with the row."""
    token = open_link(cast, "ended")
    person = people_store.person(cast.jef, cast.people["ended"])
    assert person is not None
    people.remove(cast.jef, person)
    with pytest.raises(Refused):
        join(token, None)
    from app.history import commands as history
    from app.history import store as history_store

    gone = history_store.removed_one(cast.jef, cast.people["ended"])
    assert gone is not None
    history.restore(cast.jef, gone, None)
    assert join(token, None).plan == cast.plan


@inside
def test_a_meehelper_is_not_made_a_parent_by_an_invitation(cast: Cast) -> None:
    with pytest.raises(Refused):
        let_in(cast.sara, cast.people["nele"], None)
    member = next(one for one in load(cast.sara, MEMBER).all(MEMBER) if one.body.person == cast.people["nele"])
    assert member.body.role is Role.MEEHELPER


@inside
def test_a_stopped_invitation_stays_stopped(cast: Cast) -> None:
    from app.plan.commands import stop_invite

    token = open_link(cast, "ended")
    found = next(one for one in load(cast.sara, INVITE).all(INVITE) if one.body.person == cast.people["ended"])
    stop_invite(cast.jef, found)
    for act in (lambda: join(token, None), lambda: agree(cast.sara, invitation(cast.sara, found.id))):
        with pytest.raises(Refused):
            act()
    assert invitation(cast.sara, found.id).state == InviteState.STOPPED


@inside
def test_ways_in_do_not_go_through_the_bin(cast: Cast) -> None:
    """Nothing of getting in is taken away or put back by history: neither by a page nor by a command behind it."""
    from app.history import store as history_store

    for kind, one in ((MEMBER, cast.jef.seat), (INVITE, cast.id("invite"))):
        thing = next(found for found in load(cast.sara, kind).all(kind) if found.id == one)
        assert not kind.undoable
        assert history_store.removed_one(cast.sara, thing.id) is None
        with pytest.raises(NotPermitted):
            change(cast.nele, Action.RESTORE, Remove(thing))
    page = history_store.page(cast.sara)
    assert page is not None
    assert not [
        one for one in page.entries if one.may_undo and any(line.kind in {MEMBER, INVITE} for line in one.lines)
    ]

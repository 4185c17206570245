"""Letting a parent in: one link, one use, and the yes of every parent who is there."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.change import NotPermitted, Refused
from app.db import db
from app.keystore import Ending, look_up_hash
from app.plan import commands, rules, store
from app.plan.models import InviteRow
from app.plan.nouns import InviteState, Role
from app.plan.rules import Reason
from app.policy.actor import Actor, ActorKind
from tests.cast import Cast

pytestmark = pytest.mark.both_databases
MORNING = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def let_in(cast: Cast, by: str = "sara", person: str = "ended", key: str | None = "one form") -> commands.Invited:
    return commands.let_in(cast.actors[by], cast.people[person], key)


def invite(cast: Cast, found: commands.Invited, as_seen_by: str = "sara"):  # noqa: ANN201 - a Thing or None
    return store.invite(cast.actors[as_seen_by], found.id)


def opened(cast: Cast) -> commands.Invited:
    """An invitation both parents said yes to, with its link."""
    made = let_in(cast)
    commands.agree(cast.jef, invite(cast, made))
    return commands.new_link(cast.sara, invite(cast, made), "link form")


def living(cast: Cast) -> set[UUID]:
    return {found.id for found in store.living_invites(cast.sara)}


def why_not(token: str, key: str | None = None) -> object:
    with pytest.raises(Refused) as refused:
        commands.join(token, key)
    return refused.value.reason


def test_a_plan_with_one_parent_gives_the_link_at_once(cast: Cast) -> None:
    made = commands.let_in(cast.lies, _somebody(cast.lies), "a form")
    assert made.token
    joined = commands.join(made.token, "a tap")
    assert joined.plan == cast.elsewhere
    member = store.member_actor(joined.plan, joined.member)
    assert member is not None
    assert member.kind is ActorKind.PARENT


def _somebody(actor: Actor) -> UUID:
    from app.change import Add, change
    from app.db import Only
    from app.people.models import PERSON
    from app.people.nouns import PersonBody
    from app.policy.actions import Action
    from app.policy.actor import Ring

    return change(actor, Action.PERSON_ADD, Add(PERSON, PersonBody(name="Tom", ring=Ring.WE), Only.ACTIVE)).id


def test_two_parents_both_say_yes_before_there_is_a_link(cast: Cast) -> None:
    made = let_in(cast)
    assert made.token == ""
    assert invite(cast, made).state == InviteState.WAITING
    assert store.missing_yes(cast.sara, invite(cast, made)) == {cast.people["jef"]}
    with pytest.raises(Refused) as refused:
        commands.new_link(cast.sara, invite(cast, made), None)
    assert refused.value.reason is Reason.NO_LONGER
    commands.agree(cast.jef, invite(cast, made))
    assert invite(cast, made).state == InviteState.OPEN
    assert commands.new_link(cast.sara, invite(cast, made), None).token


def test_saying_yes_twice_is_once(cast: Cast) -> None:
    made = let_in(cast)
    commands.agree(cast.jef, invite(cast, made))
    commands.agree(cast.jef, invite(cast, made))
    assert invite(cast, made).body.agreed == (cast.people["sara"], cast.people["jef"])


def test_the_same_form_sent_twice_invites_once_with_the_same_link(cast: Cast) -> None:
    first = commands.let_in(cast.lies, person := _somebody(cast.lies), "a form")
    assert commands.let_in(cast.lies, person, "a form") == first
    assert len(store.living_invites(cast.lies)) == 1


def test_who_has_a_key_or_an_invitation_is_not_invited_again(cast: Cast) -> None:
    for person, reason in [("jef", Reason.HAS_A_KEY), ("nele", Reason.HAS_A_KEY)]:
        with pytest.raises(Refused) as refused:
            let_in(cast, person=person, key=None)
        assert refused.value.reason is reason
    let_in(cast)
    with pytest.raises(Refused) as refused:
        let_in(cast, by="jef", key=None)
    assert refused.value.reason is Reason.INVITED_ALREADY


def test_the_new_parent_is_the_invited_person_and_sees_what_parents_see(cast: Cast) -> None:
    joined = commands.join(opened(cast).token, "a tap")
    actor = store.member_actor(joined.plan, joined.member)
    assert actor is not None
    assert actor.person == cast.people["ended"]
    assert store.parents(store.members(actor)) == {cast.people[name] for name in ("sara", "jef", "ended")}


def test_a_link_lets_somebody_in_once(cast: Cast) -> None:
    token = opened(cast).token
    commands.join(token, "a tap")
    assert why_not(token, "another tap") is Reason.NO_LONGER
    assert why_not(token) is Reason.NO_LONGER


def test_a_double_tap_in_one_browser_is_the_same_person(cast: Cast) -> None:
    token = opened(cast).token
    assert commands.join(token, "a tap") == commands.join(token, "a tap")
    assert len(store.parents(store.members(cast.sara))) == 3


def test_a_new_link_ends_the_one_before_it(cast: Cast) -> None:
    first = opened(cast)
    second = commands.new_link(cast.jef, invite(cast, first), None)
    assert why_not(first.token) is Reason.NO_LONGER
    commands.join(second.token, None)


def test_an_invitation_ends_after_seven_days_counted_from_the_last_yes(cast: Cast) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        made = let_in(cast)
        clock.shift(timedelta(days=6))
        commands.agree(cast.jef, invite(cast, made))
        token = commands.new_link(cast.sara, invite(cast, made), None).token
        clock.shift(rules.INVITE_LASTS - timedelta(seconds=1))
        assert made.id in living(cast)
        clock.shift(timedelta(seconds=1))
        assert why_not(token) is Reason.NO_LONGER
        assert made.id not in living(cast)
        with pytest.raises(Refused):
            commands.agree(cast.jef, invite(cast, made))


@pytest.mark.parametrize("who", ["sara", "jef"])
def test_any_parent_stops_an_invitation_and_that_survives_a_restore(cast: Cast, who: str) -> None:
    found = opened(cast)
    commands.stop_invite(cast.actors[who], invite(cast, found))
    commands.stop_invite(cast.actors[who], invite(cast, found))
    assert why_not(found.token) is Reason.NO_LONGER
    with db.get_engine("keys").connect() as keys:
        assert keys.execute(select(Ending.kind).where(Ending.subject_id == found.id)).scalar() == "invite"


def test_a_stop_wins_over_somebody_who_opens_the_link_in_the_same_moment(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = opened(cast)
    real = store.missing_yes

    def stopped_meanwhile(actor: Actor, thing):  # noqa: ANN001, ANN202 - as the function it stands for
        missing = real(actor, thing)
        monkeypatch.setattr(store, "missing_yes", real)
        commands.stop_invite(cast.jef, invite(cast, found))
        return missing

    monkeypatch.setattr(store, "missing_yes", stopped_meanwhile)
    assert why_not(found.token) is Reason.NO_LONGER
    assert len(store.parents(store.members(cast.sara))) == 2


def test_two_browsers_that_open_one_link_at_once_let_one_person_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    found = opened(cast)
    real = store.missing_yes

    def opened_meanwhile(actor: Actor, thing):  # noqa: ANN001, ANN202 - as the function it stands for
        missing = real(actor, thing)
        monkeypatch.setattr(store, "missing_yes", real)
        commands.join(found.token, "the other browser")
        return missing

    monkeypatch.setattr(store, "missing_yes", opened_meanwhile)
    assert why_not(found.token, "this browser") is Reason.NO_LONGER
    assert len(store.parents(store.members(cast.sara))) == 3


def test_two_parents_who_say_yes_at_once_are_both_heard(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    third = store.member_actor(cast.plan, commands.join(opened(cast).token, None).member)
    assert third is not None
    made = commands.let_in(third, _somebody(third), None)
    real = commands.change

    def jef_is_first(*arguments, **more):  # noqa: ANN002, ANN003, ANN202 - as the function it stands for
        monkeypatch.setattr(commands, "change", real)
        commands.agree(cast.jef, store.invite(cast.jef, made.id))  # type: ignore[arg-type]
        return real(*arguments, **more)

    monkeypatch.setattr(commands, "change", jef_is_first)
    commands.agree(cast.sara, invite(cast, made))
    assert set(invite(cast, made).body.agreed) == {third.person, cast.people["jef"], cast.people["sara"]}
    assert invite(cast, made).state == InviteState.OPEN


def test_a_parent_who_came_later_must_say_yes_too(cast: Cast) -> None:
    waits = let_in(cast, person="ended", key="first")
    commands.agree(cast.jef, invite(cast, waits))
    link = commands.new_link(cast.sara, invite(cast, waits), None)
    other = commands.let_in(cast.sara, _somebody(cast.sara), "second")
    commands.agree(cast.jef, invite(cast, other))
    late = commands.new_link(cast.sara, invite(cast, other), None)
    commands.join(link.token, None)
    assert why_not(late.token) is Reason.NO_LONGER
    assert store.missing_yes(cast.sara, invite(cast, other)) == {cast.people["ended"]}


def test_a_parent_inside_does_not_use_up_the_link(cast: Cast) -> None:
    found = opened(cast)
    with pytest.raises(Refused) as refused:
        commands.join(found.token, "a tap", inside=lambda plan: plan == cast.plan)
    assert refused.value.reason is Reason.IS_INSIDE
    commands.join(found.token, "a tap")


def test_no_token_is_stored(cast: Cast) -> None:
    found = opened(cast)
    [kept] = db.session.scalars(select(InviteRow.token_hash).where(InviteRow.id == found.id))
    assert kept == look_up_hash("invite", found.token)
    assert len(found.token) >= 43


def test_who_is_no_parent_lets_nobody_in(cast: Cast) -> None:
    made = let_in(cast)
    for who in ("nele", "oma", "els"):
        with pytest.raises(NotPermitted):
            commands.let_in(cast.actors[who], cast.people["ended"], None)
        assert store.invite(cast.actors[who], made.id) is None


def test_who_is_no_parent_says_no_yes_and_stops_nothing(cast: Cast) -> None:
    found = invite(cast, let_in(cast))
    for who in ("nele", "oma", "els", "lies"):
        for act in (commands.agree, commands.stop_invite):
            with pytest.raises(NotPermitted):
                act(cast.actors[who], found)


@pytest.mark.parametrize(("role", "missing"), [(Role.PARENT, {2, 3}), (Role.MEEHELPER, set())])
def test_a_new_parent_needs_all_and_a_meehelper_one(role: Role, missing: set[int]) -> None:
    people = {number: uuid4() for number in (1, 2, 3)}
    still = rules.still_to_agree(role, [people[1]], list(people.values()))
    assert still == {people[number] for number in missing}

"""What a link sees: a table, and that it holds for examples nobody thought of."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind, Ring
from app.policy.audience import (
    EVERYBODY_INSIDE,
    ONLY_ME,
    ONLY_WE,
    WE_AND_DOERS,
    WE_AND_NAMED,
    Audience,
    Facts,
    Who,
    is_private,
    sees,
)
from app.policy.decide import permits
from app.sharing.nouns import What
from app.sharing.rules import opened_by
from tests.sharing.family import BETTY, JEF, OMA, PLAN, SARA, STEP, actors, goal, hanging, items, link, links, parent

SEAT = UUID(int=99, version=4)

# ---- what a link sees ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "item", "seen"),
    [
        (link(), goal(), False),
        (link(), goal(named=frozenset({OMA})), True),
        (link(OMA, "goal"), goal(), True),
        (link(OMA, "agreement"), goal(), False),
        (link(OMA, "goal"), goal(Who.WE), False),
        (link(OMA, "goal"), goal(Who.ME), False),
        (link(OMA, "goal"), goal(default=ONLY_ME), False),
        (link(OMA, "goal"), goal(default=ONLY_WE), False),
        (link(OMA, "goal"), goal(default=EVERYBODY_INSIDE), False),
        (link(OMA, "goal"), goal(default=WE_AND_DOERS), False),
        (link(), goal(default=WE_AND_DOERS, named=frozenset({OMA})), True),
        (link(), goal(Who.WE_AND, people=(OMA,)), True),
        (link(), goal(Who.WE_AND, people=(BETTY,)), False),
        (link(), goal(Who.WE_AND, rings=(Ring.CLOSE,)), True),
        (link(), goal(Who.WE_AND, rings=(Ring.SERVICES,)), False),
        # Any parent may open a link that wij host.
        (link(), goal(Who.ME_AND, people=(OMA,)), False),
        (link(host=SARA), goal(Who.ME_AND, people=(OMA,)), True),
        (link(host=JEF), goal(Who.ME_AND, people=(OMA,)), False),
        (link(host=SARA), goal(Who.ME_AND, people=(BETTY,)), False),
        # What one parent hosts alone never reaches what is wij by itself.
        (link(OMA, "goal", host=SARA), goal(), False),
        (link(OMA, host=SARA), goal(named=frozenset({OMA})), False),
        (link(OMA, host=SARA), goal(Who.WE_AND, rings=(Ring.CLOSE,)), False),
        (link(OMA, host=SARA), goal(Who.WE_AND, people=(OMA,)), True),
    ],
)
def test_a_link_sees_what_was_meant_for_its_person(actor: Actor, item: Facts, *, seen: bool) -> None:
    assert sees(actor, item) is seen


def step_of(item: Facts, **more: object) -> Facts:
    step = Facts("step", PLAN, STEP, SARA, Audience(), WE_AND_NAMED, under=item)
    return replace(step, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("actor", "step", "seen"),
    [
        (link(OMA, "goal"), step_of(goal()), False),
        (link(OMA, "goal", "step"), step_of(goal()), True),
        (link(OMA, "step"), step_of(goal()), False),
        (link(), step_of(goal(Who.WE_AND, people=(OMA,))), True),
        (link(), step_of(goal(Who.WE_AND, people=(OMA,)), audience=Audience(Who.WE)), False),
        (link(), step_of(goal(Who.WE_AND, people=(OMA,)), default=ONLY_ME), False),
        (link(), step_of(goal(Who.WE_AND, people=(OMA,)), default=WE_AND_DOERS), False),
        (link(host=SARA), step_of(goal(Who.ME_AND, people=(OMA,))), True),
        (link(), step_of(goal(Who.ME_AND, people=(OMA,))), False),
        # A report hangs on the agreement it is about.
        (link(host=SARA), step_of(goal(Who.ME_AND, people=(OMA,)), writer=OMA, default=WE_AND_DOERS), True),
        (link(), step_of(goal(), writer=OMA), False),
    ],
)
def test_what_hangs_on_a_thing_goes_with_it_and_no_further(actor: Actor, step: Facts, *, seen: bool) -> None:
    assert sees(actor, step) is seen


SHARED_ACTIONS = {
    Action.SHARED_SEE,
    Action.OUTCOME_REPORT,
    Action.OUTCOME_TAKE_BACK,
    Action.PAPER_OWN,
    Action.PHOTO_SEE,
    Action.AGREEMENT_ACCEPT,
    # What a child chose to show them.
    Action.TOLD_SEE,
    Action.REPLY_ADD,
}


def test_a_link_holder_may_look_report_and_take_back_and_nothing_else() -> None:
    own = goal(named=frozenset({OMA}), writer=OMA)
    may = {action for action in Action if permits(link(OMA, "goal"), action, own)}
    assert may <= SHARED_ACTIONS
    assert permits(link(), Action.SHARED_SEE)


@pytest.mark.parametrize(
    ("actor", "who", "may"),
    [
        (link(), Who.WE_AND, True),
        (link(host=SARA), Who.WE_AND, False),
        (link(host=SARA), Who.ME_AND, True),
    ],
)
def test_a_link_of_one_parent_alone_reports_only_where_no_other_parent_reads(
    actor: Actor, who: Who, *, may: bool
) -> None:
    own = goal(who, people=(OMA,), named=frozenset({OMA}))
    assert sees(actor, own)
    assert permits(actor, Action.OUTCOME_REPORT, own) is may


@pytest.mark.parametrize(
    "action", [action for action in Action if action.name.startswith(("SHARE_", "LOOK_", "AUDIENCE_"))]
)
@pytest.mark.parametrize("kind", [kind for kind in ActorKind if kind is not ActorKind.PARENT])
def test_nobody_but_a_parent_shares_or_sees_who_looked(action: Action, kind: ActorKind) -> None:
    somebody = Actor(kind, PLAN, SARA, Ring.WE, opened=frozenset({"goal", "share"}), reason="why not")
    # A child chooses who sees its own words.
    allowed = {(ActorKind.SYSTEM, Action.SHARE_STOP), (ActorKind.CHILD, Action.AUDIENCE_CHANGE)}
    may = (kind, action) in allowed
    assert permits(somebody, action, goal(Who.WE_AND, people=(SARA,))) is may


def test_the_system_stops_a_link_for_a_stated_reason_only() -> None:
    """A person goes or comes back: their links end, whoever hosts them."""
    silent = Actor(ActorKind.SYSTEM, PLAN, None, Ring.WE)
    assert not permits(silent, Action.SHARE_STOP, goal(Who.WE_AND, people=(SARA,)))


@given(actors, hanging)
def test_what_hangs_on_an_item_is_never_seen_wider_than_the_item(actor: Actor, item: Facts) -> None:
    assert item.under
    if sees(actor, item):
        assert sees(actor, item.under)


def hosts(actor: Actor) -> list[Actor]:
    return [parent(actor.hosted_by)] if actor.hosted_by else [parent(SARA), parent(JEF)]


@given(links, items)
def test_whoever_hosts_a_link_sees_all_that_it_shows(actor: Actor, item: Facts) -> None:
    if sees(actor, item):
        assert all(sees(host, item) for host in hosts(actor))


@given(links, items)
def test_a_share_of_one_parent_reaches_only_what_names_its_person(actor: Actor, item: Facts) -> None:
    if actor.hosted_by and sees(actor, item):
        assert actor.person in item.audience.people


@given(links, items)
def test_what_was_closed_by_hand_stays_closed(actor: Actor, item: Facts) -> None:
    if item.audience.who in {Who.ME, Who.WE}:
        assert not sees(actor, item)


@given(links, hanging)
def test_whoever_hosts_a_link_sees_what_hangs_there_too(actor: Actor, item: Facts) -> None:
    item = replace(item, audience=Audience())
    if sees(actor, item):
        assert all(sees(host, item) for host in hosts(actor))


# ---- sharing is one gate: for guests as for links --------------------------------------------------------------------


def guest(person: UUID = OMA, *opened: str, host: UUID | None = None) -> Actor:
    """Who sits in a guest's seat, with the same in hand as a link would give."""
    return replace(link(person, *opened, host=host), kind=ActorKind.GUEST, seat=SEAT)


@pytest.mark.parametrize("sit", [link, guest])
@pytest.mark.parametrize(
    ("kind", "item", "seen"),
    [
        # A kind that is opened opens what is at "default", now and later ...
        ("goal", goal(), True),
        ("goal", goal(writer=JEF), True),
        ("goal", goal(named=frozenset({BETTY})), True),
        # ... and nothing of another kind,
        ("agreement", goal(), False),
        ("person", goal(), False),
        ("share", goal(), False),
        # nor what a default keeps: worries, the phones of members, addresses, what was missed,
        ("goal", goal(default=ONLY_ME), False),
        ("goal", goal(default=ONLY_WE), False),
        ("goal", goal(default=WE_AND_DOERS), False),
        # nor what was closed by hand, also when it names them, and when that was done after it was opened.
        ("goal", goal(Who.WE), False),
        ("goal", goal(Who.ME), False),
        ("goal", goal(Who.WE, named=frozenset({OMA})), False),
        ("goal", goal(Who.ME_AND, people=(OMA,)), False),
        ("goal", goal(Who.WE_AND, people=(BETTY,)), False),
        # What is opened by hand to them needs no kind.
        ("", goal(Who.WE_AND, people=(OMA,)), True),
        ("", goal(named=frozenset({OMA})), True),
        ("", goal(), False),
    ],
)
def test_opening_a_kind_opens_what_is_at_default_and_nothing_else(
    sit: Callable[..., Actor], kind: str, item: Facts, *, seen: bool
) -> None:
    assert sees(sit(OMA, kind), item) is seen


guests = st.builds(
    guest, st.sampled_from((OMA, BETTY)), st.sampled_from(["goal", "step", "agreement", "outcome", "nothing"]),
    host=st.sampled_from([None, SARA, JEF]),
)  # fmt: skip


@given(guests, st.one_of(items, hanging))
def test_a_guest_sees_what_a_link_with_the_same_in_hand_sees_and_what_all_inside_see(actor: Actor, item: Facts) -> None:
    as_a_link = replace(actor, kind=ActorKind.LINK_HOLDER)
    inside = item.default.guests and item.audience.who is Who.DEFAULT
    if not inside and (item.under is None or not item.under.default.guests):
        assert sees(actor, item) is sees(as_a_link, item)
    elif sees(as_a_link, item):
        assert sees(actor, item)


@given(guests, st.one_of(items, hanging), st.sampled_from(["goal", "step", "agreement", "outcome", "contact"]))
def test_opening_one_kind_more_shows_only_what_is_at_default_and_of_that_kind(
    actor: Actor, item: Facts, kind: str
) -> None:
    more = replace(actor, opened=actor.opened | {kind})
    if sees(more, item) and not sees(actor, item):
        chain = [item] if item.under is None else [item, item.under]
        assert any(one.kind == kind and one.audience.who is Who.DEFAULT and one.default.shared for one in chain)
        assert not any(is_private(one) or one.audience.who is Who.WE for one in chain)
    if sees(actor, item):
        assert sees(more, item)


@given(guests, items)
def test_whoever_hosts_a_guest_sees_all_that_the_guest_sees(actor: Actor, item: Facts) -> None:
    if sees(actor, item) and not item.default.guests:
        assert all(sees(host, item) for host in hosts(actor))


@given(guests, items)
def test_what_was_closed_by_hand_stays_closed_to_guests(actor: Actor, item: Facts) -> None:
    if item.audience.who in {Who.ME, Who.WE}:
        assert not sees(actor, item)


def test_no_share_opens_phones_or_addresses_whatever_is_asked_of_it() -> None:
    assert "contact" not in opened_by(What)


@pytest.mark.parametrize("sit", [link, guest])
def test_the_phone_and_address_of_a_member_go_with_nothing(sit: Callable[..., Actor]) -> None:
    """Not with their person, however that was opened; only by hand, by who wrote it."""
    for person in (goal(kind="person"), goal(Who.WE_AND, people=(OMA,), kind="person")):
        contact = Facts("contact", PLAN, STEP, SARA, Audience(), ONLY_ME, under=person)
        assert not sees(sit(OMA, "person", "contact"), contact)

"""What a link sees: a table, and that it holds for examples nobody thought of."""

from dataclasses import replace

import pytest
from hypothesis import given

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
    sees,
)
from app.policy.decide import permits
from tests.sharing.family import BETTY, JEF, OMA, PLAN, SARA, STEP, actors, goal, hanging, items, link, links, parent

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


SHARED_ACTIONS = {Action.SHARED_SEE, Action.OUTCOME_REPORT, Action.OUTCOME_TAKE_BACK}


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
    may = kind is ActorKind.SYSTEM and action is Action.SHARE_STOP
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

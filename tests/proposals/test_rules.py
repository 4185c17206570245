"""The table of what may become of a proposal, and what counts as the same proposal."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.policy.actor import ActorKind
from app.proposals import rules
from app.proposals.nouns import Act, Event, LineBody, LineState, Said, Target
from app.proposals.rules import Later, Reason

NOW = datetime(2026, 12, 3, 10, tzinfo=UTC)
GOAL, OTHER = UUID(int=1), UUID(int=2)

# By hand from the design page `access`, Proposals; what does not stand here does not exist.
WRITTEN = {
    (None, Event.SEND, ActorKind.GUEST): LineState.WAITING,
    (LineState.WAITING, Event.YES, ActorKind.PARENT): LineState.ACCEPTED,
    (LineState.WAITING, Event.YES_BUT, ActorKind.PARENT): LineState.ACCEPTED,
    (LineState.WAITING, Event.NO, ActorKind.PARENT): LineState.DECLINED,
    (LineState.WAITING, Event.LATER, ActorKind.PARENT): LineState.WAITING,
    (LineState.WAITING, Event.TAKE_BACK, ActorKind.GUEST): LineState.WITHDRAWN,
    (LineState.WAITING, Event.END, ActorKind.SYSTEM): LineState.WITHDRAWN,
}


@pytest.mark.parametrize(("state", "event", "who"), list(product([None, *LineState], Event, ActorKind)))
def test_no_other_transition_exists(state: LineState | None, event: Event, who: ActorKind) -> None:
    assert rules.after(state, event, who) == WRITTEN.get((state, event, who), Reason.DECIDED)


@given(st.lists(st.tuples(st.sampled_from(Event), st.sampled_from(ActorKind))))
def test_an_answer_is_never_another_answer(acts: list[tuple[Event, ActorKind]]) -> None:
    state: LineState | None = None
    for event, who in acts:
        found = rules.after(state, event, who)
        if isinstance(found, LineState):
            assert state in {None, LineState.WAITING}
            state = found


@pytest.mark.parametrize(("works", "there"), list(product([True, False], repeat=2)))
@pytest.mark.parametrize("state", LineState)
def test_only_what_waits_ends_with_its_share_or_target(state: LineState, works: bool, there: bool) -> None:
    ends = state is LineState.WAITING and not (works and there)
    assert rules.standing(state, works, there) == (LineState.WITHDRAWN if ends else state)


def line(act: Act = Act.NEW, about: Target = Target.STEP, **more: object) -> LineBody:
    return LineBody(act=act, about=about, **more)  # type: ignore[arg-type]


SAME = {
    "other words": (line(goal=GOAL, said=Said(what="a")), line(goal=GOAL, said=Said(what="b")), True),
    "another goal": (line(goal=GOAL), line(goal=OTHER), False),
    "another kind": (line(goal=GOAL), line(about=Target.AGREEMENT, goal=GOAL), False),
    "another act": (line(Act.CHANGED, target=GOAL), line(Act.STOPPED, target=GOAL), False),
    "same target": (line(Act.CHANGED, target=GOAL, said=Said(what="a")), line(Act.CHANGED, target=GOAL), True),
    "another target": (line(Act.CHANGED, target=GOAL), line(Act.CHANGED, target=OTHER), False),
    "same words, other target": (
        line(Act.CHANGED, target=GOAL, said=Said(what="a")),
        line(Act.CHANGED, target=OTHER, said=Said(what="a")),
        False,
    ),
    "new without a goal": (line(about=Target.GOAL), line(about=Target.GOAL), True),
}


@pytest.mark.parametrize(("one", "other", "same"), SAME.values(), ids=SAME)
def test_the_same_proposal_is_the_same_act_on_the_same_thing(one: LineBody, other: LineBody, same: bool) -> None:
    assert rules.same(one, other) is rules.same(other, one) is same


@pytest.mark.parametrize(("days", "reason"), [(0, Reason.TOO_SOON), (29, Reason.TOO_SOON), (30, None), (400, None)])
def test_a_no_keeps_the_same_away_for_30_days(days: int, reason: Reason | None) -> None:
    heard = line(goal=GOAL, decided_at=NOW - timedelta(days=days))
    assert rules.why_not_again(line(goal=GOAL), [heard], NOW) is reason
    assert rules.why_not_again(line(goal=OTHER), [heard], NOW) is None


@pytest.mark.parametrize(
    ("later", "due"),
    [
        (Later.TOMORROW, datetime(2026, 12, 3, 23, tzinfo=UTC)),
        (Later.WEEK, datetime(2026, 12, 9, 23, tzinfo=UTC)),
        (Later.MONTH, datetime(2027, 1, 1, 23, tzinfo=UTC)),
    ],
)
def test_later_ends_with_the_first_moment_of_that_day(later: Later, due: datetime) -> None:
    back = rules.comes_back(later, date(2026, 12, 3), "Europe/Brussels")
    assert back == due
    assert rules.is_out_of_sight(back, due - timedelta(seconds=1))
    assert not rules.is_out_of_sight(back, due)
    assert not rules.is_out_of_sight(None, due)


@pytest.mark.parametrize("later", Later)
def test_later_follows_the_clock_of_the_plan_in_summer_too(later: Later) -> None:
    back = rules.comes_back(later, date(2026, 7, 1), "Europe/Brussels")
    assert (back.hour, back.minute) == (22, 0)

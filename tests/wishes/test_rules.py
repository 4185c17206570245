"""What may become of a wish: every state with every event of every actor, and how wide a yes may be."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.children.nouns import Answer, ReplyBody, SaidBody, SaidState, Sort
from app.children.said_rules import says_something
from app.items import Film, Photo, Sound
from app.policy.actor import Actor, ActorKind, Ring
from app.policy.audience import WE_AND_NAMED, Audience, Facts, Who, sees
from app.wishes import rules
from app.wishes.rules import Event, Later, Reason

WAITS, YES, NO, GONE = SaidState.WAITING, SaidState.ACCEPTED, SaidState.ANSWERED, SaidState.WITHDRAWN
PARENT, CHILD = ActorKind.PARENT, ActorKind.CHILD
# Written by hand from the design page `access`: from, event, who, to.
ALLOWED = {
    (None, Event.ASK, CHILD): WAITS,
    (WAITS, Event.YES, PARENT): YES,
    (WAITS, Event.YES_BUT, PARENT): YES,
    (WAITS, Event.NO, PARENT): NO,
    (WAITS, Event.LATER, PARENT): WAITS,
    (WAITS, Event.TAKE_BACK, CHILD): GONE,
    (WAITS, Event.AGAIN, CHILD): WAITS,
    (YES, Event.AGAIN, CHILD): WAITS,
    (NO, Event.AGAIN, CHILD): WAITS,
    (GONE, Event.AGAIN, CHILD): WAITS,
}


@pytest.mark.parametrize("state", [None, *SaidState])
def test_no_other_transition_exists(state: SaidState | None) -> None:
    for event in Event:
        for who in ActorKind:
            expected = ALLOWED.get((state, event, who), Reason.DECIDED)
            assert rules.after(state, event, who) is expected, (state, event, who)


SARA, JEF, KAAT, OMA = (UUID(int=number, version=4) for number in range(1, 5))
FAMILY = frozenset({SARA, JEF})


@pytest.mark.parametrize(
    ("state", "told", "stands"),
    [
        (SaidState.TOLD, {SARA}, WAITS), (WAITS, {SARA}, WAITS), (WAITS, FAMILY, WAITS), (WAITS, set(), GONE),
        (SaidState.TOLD, set(), GONE), (YES, set(), YES), (NO, set(), NO), (GONE, {SARA}, GONE),
    ],
)  # fmt: skip
def test_without_a_parent_chosen_it_asks_nobody(state: SaidState, told: set[UUID], stands: SaidState) -> None:
    assert rules.standing(state, told) is stands


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        (Audience(), set()), (Audience(Who.ME), set()), (Audience(Who.ME_AND, people=(OMA,)), set()),
        (Audience(Who.ME_AND, people=(OMA, SARA)), {SARA}), (Audience(Who.ME_AND, people=(JEF, SARA)), FAMILY),
        (Audience(Who.WE_AND, rings=(Ring.WE,), people=(SARA,)), set()),
    ],
)  # fmt: skip
def test_only_parents_whom_it_chose_are_told(audience: Audience, told: set[UUID]) -> None:
    assert rules.told_parents(audience, FAMILY) == told


SAID = [
    ReplyBody(words="Straks."), ReplyBody(picto="1F3E0"), ReplyBody(photo=Photo(uuid4())),
    ReplyBody(voice=Sound(uuid4())), ReplyBody(film=Film(uuid4())),
]  # fmt: skip


@pytest.mark.parametrize("said", SAID)
def test_any_of_them_alone_is_an_answer(said: ReplyBody) -> None:
    assert says_something(said)


def test_a_no_never_comes_alone() -> None:
    assert rules.why_not_answer(ReplyBody(answer=Answer.NO)) is Reason.NO_WITHOUT_WORDS
    assert rules.why_not_answer(ReplyBody()) is Reason.NO_WITHOUT_WORDS
    assert rules.why_not_answer(ReplyBody(answer=Answer.NO, words="Nu is er geen geld.")) is None
    assert rules.why_not_answer(ReplyBody(answer=Answer.NO), "photo") is None
    assert rules.why_not_answer(ReplyBody(answer=Answer.YES)) is None
    assert rules.why_not_answer(ReplyBody(answer=Answer.YES_BUT)) is Reason.BUT_WHAT
    assert rules.why_not_answer(ReplyBody(answer=Answer.YES_BUT, words="Een kat.")) is None
    assert rules.why_not_answer(ReplyBody(answer=Answer.LATER)) is Reason.NO_DAY
    assert rules.why_not_answer(ReplyBody(answer=Answer.LATER, later_on=date(2026, 3, 1))) is None


def test_a_wish_is_any_of_them_alone_too() -> None:
    assert rules.why_not_ask(SaidBody(sort=Sort.WISH)) is Reason.NOTHING_ASKED
    assert rules.why_not_ask(SaidBody(sort=Sort.WISH), "voice") is None
    assert rules.why_not_ask(SaidBody(sort=Sort.WISH, picto="1F436")) is None


# ---- how wide --------------------------------------------------------------------------------------------------------

PLAN, GOAL, NELE = (UUID(int=number, version=4) for number in range(5, 8))
PEOPLE = {
    "sara": Actor(PARENT, PLAN, SARA, Ring.WE),
    "jef": Actor(PARENT, PLAN, JEF, Ring.WE),
    "kaat": Actor(CHILD, PLAN, KAAT, Ring.WE),
    "nele": Actor(ActorKind.MEEHELPER, PLAN, NELE, Ring.WE, opened=frozenset({"goal"})),
    "oma": Actor(ActorKind.LINK_HOLDER, PLAN, OMA, Ring.CLOSE, opened=frozenset({"goal"})),
    "guest": Actor(ActorKind.GUEST, PLAN, OMA, Ring.SERVICES, opened=frozenset({"goal"})),
}


def who_sees(told: set[UUID], writer: UUID) -> set[str]:
    audience = rules.audience_of_new(told, FAMILY, KAAT, writer)
    made = Facts("goal", PLAN, GOAL, writer, audience, WE_AND_NAMED, frozenset({OMA}))
    return {name for name, actor in PEOPLE.items() if sees(actor, made)}


def test_a_yes_makes_nothing_wider_than_the_child_chose() -> None:
    assert who_sees({SARA, JEF}, SARA) == {"sara", "jef", "kaat"}
    assert who_sees({SARA}, SARA) == {"sara", "kaat"}
    assert who_sees({JEF}, JEF) == {"jef", "kaat"}


@given(st.frozensets(st.uuids(version=4), min_size=1, max_size=5), st.data())
def test_with_any_family(parents: frozenset[UUID], data: st.DataObject) -> None:
    told = data.draw(st.frozensets(st.sampled_from(sorted(parents)), min_size=1))
    me = data.draw(st.sampled_from(sorted(told)))
    audience = rules.audience_of_new(told, parents, KAAT, me)
    made = Facts("goal", PLAN, GOAL, me, audience, WE_AND_NAMED)
    seeing = {one for one in parents if sees(Actor(PARENT, PLAN, one, Ring.WE), made)}
    assert seeing == told


@pytest.mark.parametrize(
    ("later", "day", "zone", "instant"),
    [
        (Later.TOMORROW, date(2026, 3, 1), "Europe/Brussels", datetime(2026, 3, 1, 23, tzinfo=UTC)),
        (Later.WEEK, date(2026, 3, 25), "Europe/Brussels", datetime(2026, 3, 31, 22, tzinfo=UTC)),
    ],
)
def test_later_is_the_first_moment_of_that_day(later: Later, day: date, zone: str, instant: datetime) -> None:
    back = rules.comes_back(rules.day_of(later, day), zone)
    assert back == instant
    assert rules.is_out_of_sight(
        back, instant.replace(second=0) if back > instant else datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert not rules.is_out_of_sight(back, instant)
    assert not rules.is_out_of_sight(None, instant)

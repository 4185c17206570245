"""Talks about the family: what may be told, answered and said, as tables; and what holds whatever is answered."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.talks import rules
from app.talks.nouns import Answer, TalkState, Word
from app.talks.rules import FARTHEST, Reason

TODAY = date(2031, 3, 3)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
SARA, JEF, JUF, CLB = (UUID(int=number) for number in range(4))
NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)

TELL = [
    (TOMORROW, (JUF,), (), None),
    (TODAY, (), ("CLB",), None),
    (TODAY + FARTHEST, (JUF,), ("CLB",), None),
    (TODAY, (), (), Reason.NOBODY),
    (None, (JUF,), (), Reason.NO_DAY),
    (YESTERDAY, (JUF,), (), Reason.PAST_DAY),
    (TODAY + FARTHEST + timedelta(days=1), (JUF,), (), Reason.TOO_FAR),
    (TODAY, (), tuple(map(str, range(20))), None),
    (TODAY, (), tuple(map(str, range(21))), Reason.TOO_MANY),
]


@pytest.mark.parametrize(("day", "people", "others", "reason"), TELL)
def test_what_may_be_told(
    day: date | None, people: tuple[UUID, ...], others: tuple[str, ...], reason: Reason | None
) -> None:
    assert rules.why_not_tell(day, TODAY, people, others) is reason


# state, day: may it be changed, may its words be told, is it to come, is it still to tell
STANDS = [
    (TalkState.TOLD, TOMORROW, None, Reason.NOT_YET, True, False),
    (TalkState.TOLD, TODAY, None, None, True, False),
    (TalkState.TOLD, YESTERDAY, Reason.DAY_OVER, None, False, True),
    (TalkState.CANCELLED, TOMORROW, Reason.CALLED_OFF, Reason.CALLED_OFF, False, False),
    (TalkState.CANCELLED, YESTERDAY, Reason.CALLED_OFF, Reason.CALLED_OFF, False, False),
    (TalkState.SAID, TODAY, Reason.TOLD_ALREADY, None, False, False),
    (TalkState.SAID, YESTERDAY, Reason.TOLD_ALREADY, None, False, False),
]


@pytest.mark.parametrize(("state", "day", "move", "say", "is_open", "to_tell"), STANDS)
def test_how_it_stands(
    state: TalkState, day: date, move: Reason | None, say: Reason | None, is_open: bool, to_tell: bool
) -> None:
    assert rules.why_not_move(state, day, TODAY) is move
    assert rules.why_not_answer(state, day, TODAY, 2, 2) is move
    assert rules.why_not_say(state, day, TODAY) is say
    assert rules.is_open(state, day, TODAY) is is_open
    assert rules.is_to_tell(state, day, TODAY) is to_tell


@pytest.mark.parametrize("asked", [0, 1, 3])
def test_an_answer_to_another_question_is_no_answer(asked: int) -> None:
    assert rules.why_not_answer(TalkState.TOLD, TOMORROW, TODAY, asked, 2) is Reason.ASKED_ANEW


def said(by: UUID, word: Word, asked: int = 1, minutes: int = 0) -> Answer:
    return Answer(by, word, NOON + timedelta(minutes=minutes), asked)


VERDICTS = [
    ((), ()),
    ((said(SARA, Word.FINE),), (Word.FINE,)),
    ((said(SARA, Word.COMING), said(JEF, Word.FINE)), (Word.COMING, Word.FINE)),
    ((said(SARA, Word.FINE), said(JEF, Word.NOT_WITHOUT)), (Word.NOT_WITHOUT, Word.FINE)),
    ((said(SARA, Word.NOT_WITHOUT), said(JEF, Word.NOT_WITHOUT)), (Word.NOT_WITHOUT,)),
    # To what was asked before.
    ((said(SARA, Word.FINE, asked=2),), ()),
]


@pytest.mark.parametrize(("answers", "verdict"), VERDICTS)
def test_what_the_family_says(answers: tuple[Answer, ...], verdict: tuple[Word, ...]) -> None:
    assert rules.verdict(answers, 1) == verdict


words = st.builds(said, st.sampled_from([SARA, JEF]), st.sampled_from(Word), st.integers(1, 3), st.integers(0, 99))


@given(st.lists(words, max_size=12), st.integers(1, 3))
def test_no_answer_of_the_other_parent_is_ever_lost(given_in_turn: list[Answer], asked: int) -> None:
    kept: tuple[Answer, ...] = ()
    last: dict[tuple[UUID, int], Answer] = {}
    for answer in given_in_turn:
        kept = rules.answered(kept, answer)
        last[answer.by, answer.asked] = answer
    assert set(kept) == set(last.values())
    now = rules.current(kept, asked)
    assert len({one.by for one in now}) == len(now)
    assert (Word.NOT_WITHOUT in {one.word for one in now}) is (rules.verdict(kept, asked)[:1] == (Word.NOT_WITHOUT,))
    assert rules.last_said(kept) == max((one.at for one in kept), default=None)


AGREED = [
    ((), (), (JUF,), ("CLB",), ((JUF,), ("CLB",))),
    ((JUF,), (), (JUF,), (), ((), ())),
    ((JUF,), ("clb  Gent",), (JUF, CLB), ("CLB Gent",), ((CLB,), ())),
    ((), ("École",), (), ("ecole", "CLB"), ((), ("CLB",))),
]


@pytest.mark.parametrize(("may_people", "may_others", "people", "others", "missing"), AGREED)
def test_nobody_is_agreed_by_default(
    may_people: tuple[UUID, ...],
    may_others: tuple[str, ...],
    people: tuple[UUID, ...],
    others: tuple[str, ...],
    missing: tuple[tuple[UUID, ...], tuple[str, ...]],
) -> None:
    assert rules.not_agreed(people, others, may_people, may_others) == missing


@pytest.mark.parametrize(("chosen", "reason"), [((), None), ((JUF,), None), ((JUF, CLB), Reason.UNKNOWN_PERSON)])
def test_only_who_is_known_is_named(chosen: tuple[UUID, ...], reason: Reason | None) -> None:
    assert rules.why_not_name(chosen, {JUF}) is reason

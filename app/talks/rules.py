"""What talks about the family allow: who and when, the family's answers, and what was said. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.talks.nouns import Answer, TalkState, Word

FARTHEST = timedelta(days=365)
MOST_OTHERS = 20


class Reason(StrEnum):
    NOBODY = "nobody"
    UNKNOWN_PERSON = "unknown_person"
    TOO_MANY = "too_many"
    NO_DAY = "no_day"
    PAST_DAY = "past_day"
    TOO_FAR = "too_far"
    DAY_OVER = "day_over"
    NOT_YET = "not_yet"
    CALLED_OFF = "called_off"
    TOLD_ALREADY = "told_already"
    ASKED_ANEW = "asked_anew"
    NO_WORD = "no_word"


def why_not_tell(day: date | None, today: date, people: Collection[UUID], others: Collection[str]) -> Reason | None:
    """Whether a talk may be said beforehand: with somebody, on a day that is still to come or is today."""
    if not people and not others:
        return Reason.NOBODY
    if len(others) > MOST_OTHERS:
        return Reason.TOO_MANY
    if day is None:
        return Reason.NO_DAY
    if day < today:
        return Reason.PAST_DAY
    return Reason.TOO_FAR if day > today + FARTHEST else None


def why_not_name(chosen: Collection[UUID], known: Collection[UUID]) -> Reason | None:
    """Whether everybody chosen is somebody the actor may name."""
    return None if set(chosen) <= set(known) else Reason.UNKNOWN_PERSON


def why_not_move(state: str, day: date | None, today: date) -> Reason | None:
    """Whether a guest may change or call off a talk: until its day is over."""
    if state == TalkState.CANCELLED:
        return Reason.CALLED_OFF
    if state == TalkState.SAID:
        return Reason.TOLD_ALREADY
    return Reason.DAY_OVER if day is not None and day < today else None


def why_not_answer(state: str, day: date | None, today: date, asked: int, now_asked: int) -> Reason | None:
    """Whether a parent may answer, or answer otherwise: until its day is over, and to what is asked now."""
    reason = why_not_move(state, day, today)
    return reason or (Reason.ASKED_ANEW if asked != now_asked else None)


def why_not_say(state: str, day: date | None, today: date) -> Reason | None:
    """Whether a guest may tell what was said: from the day itself on, and again when there is more to tell."""
    if state == TalkState.CANCELLED:
        return Reason.CALLED_OFF
    return Reason.NOT_YET if day is None or day > today else None


def is_open(state: str, day: date | None, today: date) -> bool:
    """Whether it is still to come."""
    return state == TalkState.TOLD and day is not None and day >= today


def is_to_tell(state: str, day: date | None, today: date) -> bool:
    """Whether its day is over, and nobody told what was said yet."""
    return state == TalkState.TOLD and day is not None and day < today


def answered(answers: Iterable[Answer], mine: Answer) -> tuple[Answer, ...]:
    """All answers with this one: it comes in place of what the same parent said to the same question."""
    return (*(one for one in answers if (one.by, one.asked) != (mine.by, mine.asked)), mine)


def current(answers: Iterable[Answer], asked: int) -> tuple[Answer, ...]:
    """The answers to what is asked now."""
    return tuple(answer for answer in answers if answer.asked == asked)


def verdict(answers: Iterable[Answer], asked: int) -> tuple[Word, ...]:
    """What the family says, each word once: "Niet zonder ons" by any parent stands first."""
    said = {answer.word for answer in current(answers, asked)}
    return tuple(word for word in Word if word in said)


def last_said(answers: Iterable[Answer]) -> datetime | None:
    """When a parent last answered."""
    return max((answer.at for answer in answers), default=None)


def not_agreed(
    people: Iterable[UUID], others: Iterable[str], may_people: Collection[UUID], may_others: Iterable[str]
) -> tuple[tuple[UUID, ...], tuple[str, ...]]:
    """Those of a talk to whom the family did not say yes beforehand; nobody is agreed by default."""
    known = {plain(name) for name in may_others}
    return (
        tuple(person for person in people if person not in may_people),
        tuple(name for name in others if plain(name) not in known),
    )


def plain(name: str) -> str:
    """A name as it is compared: "CLB  Gent" and "clb gent" are the same."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())

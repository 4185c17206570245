"""What sharing allows: with whom, what, until when, and who may choose who sees an item. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from app.policy.actor import Ring
from app.policy.audience import Audience, Facts, Who, is_private
from app.sharing.nouns import ShareState, What

# Each opens the kinds of thing that belong to it; "how it went" goes with an agreement, a small step with a goal.
OPENS: dict[What, tuple[str, ...]] = {
    What.AGREEMENTS: ("agreement", "outcome"),
    What.GOALS: ("goal", "step"),
    What.PEOPLE: ("person",),
    What.PHOTOS: ("moment",),
    What.HOMES: ("home",),
    What.PAPER: ("paper",),
}
# Kinds whose audience nobody chooses: they are the plan's own workings.
FIXED = frozenset(
    {"plan", "member", "invite", "share", "card", "proposal", "proposed", "greeting", "closing", "yes"}
    | {"layer", "said", "reply", "trusted"}
    | {"talk", "talk_with"}
)
LONGEST = timedelta(days=2 * 365)


class Reason(StrEnum):
    NO_NAME = "no_name"
    UNKNOWN_PERSON = "unknown_person"
    HAS_OWN_KEY = "has_own_key"
    HAS_A_LINK = "has_a_link"
    IS_A_GUEST = "is_a_guest"
    NOT_HERE = "not_here"
    NO_DAY = "no_day"
    PAST_DAY = "past_day"
    TOO_FAR = "too_far"
    STOPPED = "stopped"
    NOBODY_CHOSEN = "nobody_chosen"
    WRITER_NARROWS = "writer_narrows"
    OPENS_THE_PLAN = "opens_the_plan"
    WRITER_WIDENS = "writer_widens"
    WORD_NEEDED = "word_needed"
    WORD_WRONG = "word_wrong"


class Pick(StrEnum):
    """A choice of who sees an item that is made in one tap; the last three go with a person."""

    WE = "we"
    DEFAULT = "default"
    ME = "me"
    ALSO = "also"
    NOT = "not"
    ME_AND = "me_and"


class Length(StrEnum):
    """Until when, as the form offers it."""

    MONTH = "month"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    OWN = "own"


# Source of the defaults: design page `access`, Actors (a link 90 days, a guest 6 months).
DAYS: dict[Length, timedelta] = {
    Length.MONTH: timedelta(days=30),
    Length.SEASON: timedelta(days=90),
    Length.HALF: timedelta(days=183),
    Length.YEAR: timedelta(days=365),
}


def opened_by(whats: Iterable[What]) -> tuple[str, ...]:
    """The kinds of thing these choices open, in a steady order."""
    chosen = set(whats)
    return tuple(kind for what, kinds in OPENS.items() if what in chosen for kind in kinds)


def whats_in(opened: Collection[str]) -> tuple[What, ...]:
    """The choices behind the kinds a share opens."""
    return tuple(what for what, kinds in OPENS.items() if kinds[0] in opened)


def usual_length(*, guest: bool) -> Length:
    """Until when, unless somebody chooses otherwise."""
    return Length.HALF if guest else Length.SEASON


def until_of(length: Length, own: date | None, today: date) -> date | Reason:
    """The last day a new share works, or why it cannot be that day."""
    if length is not Length.OWN:
        return today + DAYS[length]
    if own is None:
        return Reason.NO_DAY
    if own < today:
        return Reason.PAST_DAY
    return own if own <= today + LONGEST else Reason.TOO_FAR


def later(until: date | None, today: date) -> date:
    """The last day after "Nog 3 maanden": counted from the end it had, or from today when that is past."""
    return min(max(until or today, today) + DAYS[Length.SEASON], today + LONGEST)


def ends_at(until: date, zone: str) -> datetime:
    """The instant after the last moment of that local day."""
    return datetime.combine(until + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def why_not_share_with(person: UUID | None, known: Collection[UUID], with_key: Collection[UUID]) -> Reason | None:
    """With whom one may share: somebody the family knows, who has no own key to the plan."""
    if person is None or person not in known:
        return Reason.UNKNOWN_PERSON
    return Reason.HAS_OWN_KEY if person in with_key else None


def why_not_go_on(state: str) -> Reason | None:
    """Whether a share may be changed or last longer: not after it was stopped, for stopping wins."""
    return Reason.STOPPED if state == ShareState.STOPPED else None


def why_not_choose(chooser: UUID | None, now: Facts, chosen: Audience) -> Reason | None:
    """Whether somebody who sees an item may give it this audience.

    Only its writer narrows it below "wij", and nobody but its writer widens what is kept from a parent.
    """
    if chosen.who is Who.WE_AND and not (chosen.rings or chosen.people):
        return Reason.NOBODY_CHOSEN
    if chosen.who is Who.ME_AND and not chosen.people:
        return Reason.NOBODY_CHOSEN
    if now.writer == chooser and chooser is not None:
        return None
    if is_private(now):
        return Reason.WRITER_WIDENS
    return Reason.WRITER_NARROWS if is_private(replace(now, audience=chosen)) else None


def why_not_keep_from_the_family(person: UUID, with_key: Collection[UUID], chosen: Facts) -> Reason | None:
    """Whether a person may be kept from the other parents: not somebody who opens the plan with an own key.

    Whoever started the plan wrote down everybody in it; that gives no power to make a parent disappear.
    """
    return Reason.OPENS_THE_PLAN if person in with_key and is_private(chosen) else None


def may_choose_audience_of(kind: str) -> bool:
    """Whether items of this kind have an audience to choose."""
    return kind not in FIXED


def opened_to(now: Facts, person: UUID, others: Collection[UUID]) -> Audience:
    """The audience of an item after it is shown to one more person, by hand.

    Args:
        now: the item.
        person: who will see it.
        others: the people from outside who see it already; choosing by hand would shut them out otherwise.
    """
    chosen = now.audience
    if person in chosen.people and chosen.who in {Who.WE_AND, Who.ME_AND}:
        return chosen
    people = tuple(dict.fromkeys((*chosen.people, *sorted(others), person)))
    if is_private(now):
        return Audience(Who.ME_AND, people=people)
    return Audience(Who.WE_AND, rings=chosen.rings if chosen.who is Who.WE_AND else (), people=people)


def closed_to(now: Facts, person: UUID, ring: Ring | None, others: Collection[UUID]) -> Audience:
    """The audience of an item after one person is left out, by hand. It never becomes wider.

    Args:
        now: the item.
        person: who will not see it any more.
        ring: the ring that person is in: a ring that was chosen gives way to the others who see it now.
        others: the people from outside who see it, or would when they are let in.
    """
    chosen = now.audience
    left = tuple(one for one in chosen.people if one != person)
    if chosen.who is Who.ME_AND:
        return Audience(Who.ME_AND, people=left) if left else Audience(Who.ME)
    if chosen.who in {Who.ME, Who.WE} or is_private(now):
        return chosen
    by_hand = chosen.who is Who.WE_AND
    rings = tuple(one for one in chosen.rings if one is not ring) if by_hand else ()
    kept = dict.fromkeys((*(left if by_hand else ()), *(one for one in sorted(others) if one != person)))
    return Audience(Who.WE_AND, rings, tuple(kept)) if rings or kept else Audience(Who.WE)


def picked(pick: Pick, person: UUID | None, ring: Ring | None, now: Facts, others: Collection[UUID]) -> Audience | None:
    """The audience that a choice of one tap gives an item; None when it needs a person and names none."""
    if person is None:
        return Audience(Who(pick)) if pick in {Pick.WE, Pick.DEFAULT, Pick.ME} else None
    chosen = {
        Pick.ALSO: lambda: opened_to(now, person, others),
        Pick.NOT: lambda: closed_to(now, person, ring, others),
        Pick.ME_AND: lambda: Audience(Who.ME_AND, people=(person,)),
    }
    return chosen[pick]() if pick in chosen else None


def with_unseen(before: Audience, chosen: Audience, known: Collection[UUID]) -> Audience:
    """What was chosen, and whom the chooser could not have left out: people of the same choice they do not know of."""
    if chosen.who is not before.who:
        return chosen
    unseen = (one for one in before.people if one not in known)
    return Audience(chosen.who, chosen.rings, tuple(dict.fromkeys((*unseen, *chosen.people))))


def agreed_word(typed: str) -> str:
    """An agreed word in the one form that is hashed: small letters and digits, without accents or spaces."""
    bare = unicodedata.normalize("NFKD", typed)
    return "".join(sign for sign in bare if sign.isalnum()).casefold()

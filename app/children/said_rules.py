"""What a child says and who may hear it: who can be chosen, and what a lent phone shows of it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from app.children.nouns import Chosen, Feeling, ReplyBody, SaidBody, Sort
from app.items import media_in
from app.policy.audience import Audience, Who
from app.rooms import Face

# The six named ones, in the order in which they always stand.
NAMED = (Feeling.HAPPY, Feeling.CALM, Feeling.TIRED, Feeling.SAD, Feeling.AFRAID, Feeling.ANGRY)
# By their words in addresses.
HOUSES = {"fijn": Sort.NICE, "niet-fijn": Sort.NOT_NICE, "droom": Sort.DREAM}


class Reason(StrEnum):
    NOTHING = "nothing"
    UNKNOWN_PERSON = "unknown_person"


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody a parent already let in, or whom the child trusts: a child may let them see what it says.

    Attributes:
        face: their face, with their photo where the child sees that person.
        plan: the plan they are of; None for a vertrouwenspersoon, who is of the child.
        helps: a professional, who may have to ask others for help (design: access, Children).
        by_link: they come in through a link, which who made it may open too.
        is_parent: they are a parent of that plan, who must answer what a child asks there.
    """

    face: Face
    plan: UUID | None = None
    helps: bool = False
    by_link: bool = False
    is_parent: bool = False

    @property
    def id(self) -> UUID:
        """The person they are, in their plan or in the layer."""
        return self.face.id

    @property
    def name(self) -> str:
        """What the child calls them."""
        return self.face.name


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody came into a plan: since when that way is there, by a link or a key of their own, hosted by whom."""

    since: datetime | None
    by_link: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Phone:
    """The phone a child says it on.

    Attributes:
        lender: the person who gave it to the child; None on a phone of its own.
        is_open: whether the child showed that it is itself: always on its own phone, on a lent one by its pictures.
        in_hand: what it said on it a moment ago.
        has_pictures: whether pictures close what it keeps, whoever chose them; known of a phone that is not its own.
        since: what was kept before is under no lock: pictures that were chosen later do not open it.
    """

    lender: UUID | None = None
    is_lent: bool = False
    is_open: bool = True
    in_hand: UUID | None = None
    since: datetime | None = None
    has_pictures: bool = False

    @property
    def hides(self) -> bool:
        """Whether there may be more than it shows: said of every lent phone that is not opened."""
        return self.is_lent and not self.is_open


def heard_by(body: SaidBody) -> tuple[UUID, ...]:
    """Whom a child chose."""
    return body.audience.people if body.audience.who is Who.ME_AND else ()


def for_people(people: Collection[UUID]) -> Audience:
    """The audience that names these people; of nobody it is the child's alone."""
    return Audience(Who.ME_AND, people=tuple(dict.fromkeys(people))) if people else Audience(Who.ME)


def with_person(body: SaidBody, person: UUID) -> Audience:
    """The same audience and this person."""
    return for_people((*heard_by(body), person))


def without_person(body: SaidBody, person: UUID) -> Audience:
    """The same audience but this person."""
    return for_people([one for one in heard_by(body) if one != person])


def heard_as(body: SaidBody, audience: Audience, chosen: Chosen | None) -> SaidBody:
    """The same with another audience, and how the one it was widened with was chosen.

    Who was chosen in the same way before stays chosen as of then: a tap sent twice opens no way in that came between.
    """
    there = body.audience.people
    before = ((one.person, one.by_link) for one in body.chosen if one.person in there)
    if chosen is not None and (chosen.person, chosen.by_link) in before:
        chosen = None
    kept = [
        one for one in body.chosen if one.person in audience.people and (chosen is None or one.person != chosen.person)
    ]
    return msgspec.structs.replace(body, audience=audience, chosen=(*kept, *([chosen] if chosen else [])))


def opens_through(way: Way, said: Chosen) -> bool:
    """Whether what a child told somebody opens through this way in, which a parent made for that person.

    Who makes a way in can use it. So it opens what a child told only where the child knew of it: never one that a
    parent hosts alone, a link only where the child read that it is one, and any other only when it was there before.
    """
    if way.alone:
        return False
    return said.by_link if way.by_link else way.since is not None and way.since <= said.at


def is_under_lock(since: datetime | None, made: datetime | None) -> bool:
    """Whether what closes a child's box now closes, and opens, what was kept at this instant."""
    return since is None or (made is not None and made >= since)


def shows(phone: Phone, said: UUID, body: SaidBody, made: datetime | None = None) -> bool:
    """Whether a phone shows what a child said at an instant.

    Who holds a lent phone next is whoever lent it: of what the child said it then shows no more than they may see
    anyhow, and what was said on it just now, until the child gave its pictures.
    """
    if said == phone.in_hand or (phone.is_open and is_under_lock(phone.since, made)):
        return True
    return phone.lender is not None and phone.lender in heard_by(body)


def shows_reply(phone: Phone, writer: UUID | None, made: datetime | None = None) -> bool:
    """The same for an answer to what was said then, for the child only: whoever lent the phone knows their own."""
    is_theirs = writer is not None and writer == phone.lender
    return is_theirs or (phone.is_open and is_under_lock(phone.since, made))


def says_something(body: SaidBody | ReplyBody) -> bool:
    """Whether there is anything in it: words, a picture, a file. A feeling with a name says enough."""
    if isinstance(body, SaidBody) and body.feeling not in {None, Feeling.OTHER}:
        return True
    return bool(body.words or body.picto or media_in(body))


def why_not_say(body: SaidBody) -> Reason | None:
    """Whether it can be kept."""
    return None if says_something(body) else Reason.NOTHING


def close_ones(hearers: Iterable[Hearer]) -> list[Hearer]:
    """Those who are no professionals."""
    return [one for one in hearers if not one.helps]


def helpers(hearers: Iterable[Hearer]) -> list[Hearer]:
    """The professionals among them."""
    return [one for one in hearers if one.helps]

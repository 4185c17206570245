"""What a child's own layer holds. Pure: no web, no SQL."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from app.items import Body
from app.local import PartOfDay


class Sort(StrEnum):
    """What a child says.

    FEELING: how it feels. NICE, NOT_NICE, DREAM: what it likes, does not like, dreams of (field term: drie huizen).
    KEPT: a drawing, a photo, a voice note, a film, a few words. WISH: something it wants, which the family must answer.
    AT_TABLE: somebody it wants at our table, which the family must answer too.
    """

    FEELING = "feeling"
    NICE = "nice"
    NOT_NICE = "not_nice"
    DREAM = "dream"
    KEPT = "kept"
    WISH = "wish"
    AT_TABLE = "at_table"


ASKS_ANSWER = frozenset({Sort.WISH, Sort.AT_TABLE})


class Feeling(StrEnum):
    """Six named feelings; who has another one says so, in a picture or a word, or says nothing."""

    HAPPY = "happy"
    SAD = "sad"
    ANGRY = "angry"
    AFRAID = "afraid"
    TIRED = "tired"
    CALM = "calm"
    OTHER = "other"
    NOT_SAID = "not_said"


class SaidState(StrEnum):
    """TOLD asks for no answer. The others are those of a wish (design: access, Proposals)."""

    TOLD = "told"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class LayerBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """The root of what one child keeps.

    Attributes:
        code: the hash of the pictures that close it, in their order; empty when the child chose none.
        since: what was kept before this instant is under no lock, and opens in no way any more (decision 0027).
        zone: IANA time zone of its days.
    """

    code: str = ""
    since: datetime | None = None
    zone: str = "Europe/Brussels"


class Chosen(msgspec.Struct, frozen=True, omit_defaults=True):
    """When a child chose somebody, and whether it read then that they come in through a link."""

    person: UUID
    at: datetime
    by_link: bool = False


class SaidBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """One thing a child said; words, picture, photo, voice and film may each stand alone.

    Attributes:
        sort: what it is.
        feeling: for a feeling, which; with OTHER its `picto` or `words` say what.
        words: its own words.
        day: the local day it is of.
        asked_in: for a wish, the plan whose family must answer.
        about: for AT_TABLE, the person of that plan it wants there; None for somebody the plan does not know.
        chosen: when and how it chose each of its audience: a way in that is made later opens nothing of before.
    """

    sort: Sort = Sort.KEPT
    feeling: Feeling | None = None
    words: str = ""
    day: date | None = None
    asked_in: UUID | None = None
    about: UUID | None = None
    chosen: tuple[Chosen, ...] = ()


class Answer(StrEnum):
    """What the family says to a wish; None of a reply is an answer to what asked for none."""

    YES = "yes"
    YES_BUT = "yes_but"
    NO = "no"
    LATER = "later"


class ReplyBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody says back, with a sentence, a picture or their voice: for the child, and for nobody else.

    Attributes:
        words: their words.
        name: what they are called in their plan, as the child knows them.
        answer: to a wish, what the family decided.
        later_on: with LATER, the local day they come back to it.
    """

    words: str = ""
    name: str = ""
    answer: Answer | None = None
    later_on: date | None = None


class TrustedState(StrEnum):
    ACTIVE = "active"
    STOPPED = "stopped"


class TrustedBody(Body, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody outside the help whom a child trusts (field term: vertrouwenspersoon), named as the child says it.

    Attributes:
        name: as the child says it.
        child: what the child is called, for them: they see no plan in which that stands.
        until: the last local day their link works; `zone`: of those days.
    """

    name: str = ""
    child: str = ""
    until: date | None = None
    zone: str = "Europe/Brussels"


class Way(StrEnum):
    """How somebody opened what a child keeps: on a lent phone, with its card and its pictures, with its own key."""

    LENT = "lent"
    CARD = "card"
    KEY = "key"


class Opening(msgspec.Struct, frozen=True, omit_defaults=True):
    """One part of a local day on which a box was open.

    Attributes:
        day: that day.
        part: the part of it.
        way: how it was opened.
        plan: the plan in which whoever opened it sat as the child.
        lender: on a lent phone, the person of that plan who lent it.
    """

    day: date
    part: PartOfDay
    way: Way
    plan: UUID
    lender: UUID | None = None


class BoxBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a layer knows of its own lock; the last opening comes last.

    Attributes:
        openings: when it was open; only the last ones are kept.
        day: the local day of `wrong`: how often pictures were guessed wrong where others may guess.
    """

    openings: tuple[Opening, ...] = ()
    day: date | None = None
    wrong: int = 0


class LookedBody(msgspec.Struct, frozen=True):
    """One look at what a child said: who, as the child knows them, of which root, and on which local day."""

    person: UUID
    name: str
    root: UUID
    day: date

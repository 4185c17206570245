"""The voice note and the film on a thing, as one reader may hear and see them, and where pages find them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g

from app.items import Film, Sound, Thing
from app.media.nouns import MOST_SECONDS, Size, Sort
from app.moments import photos
from app.moments.photos import SHOWN_AT, WORDS
from app.policy.actor import Actor, ActorKind
from app.scope import Whole
from app.web.addresses import url_of
from app.web.security import allow_playing, allow_recording

# What each is called in addresses.
WHAT = {"stem": Sort.VOICE, "film": Sort.FILM}
WORD_OF = {sort: word for word, sort in WHAT.items()}
Recording = Sound | Film


@dataclass(frozen=True)
class RecordedOn:
    """A thing that a voice note or a film can be on, for who reads it.

    Attributes:
        thing: what it is on.
        whole: what was read beside it.
        sort: VOICE or FILM.
        room: whose part of the plan the thing is.
        home: where the thing is looked at.
        word: its kind, as it stands in addresses.
    """

    thing: Thing[Any]
    whole: Whole
    sort: Sort
    room: str
    home: str
    word: str

    @property
    def medium(self) -> Recording | None:
        """What is on it now."""
        found: Recording | None = getattr(self.thing.body, self.sort.value)
        return found

    @property
    def what(self) -> str:
        """Which of the two, as it stands in addresses."""
        return WORD_OF[self.sort]

    @property
    def label(self) -> str:
        """What the thing is called."""
        return self.thing.kind.label(self.thing.body)


@dataclass(frozen=True)
class Played:
    """A voice note or a film as a page shows it; of a film what is on it, how large, and where its first picture is."""

    address: str
    seconds: int
    alt: str = ""
    width: int = 0
    height: int = 0
    poster: str = ""

    @property
    def length(self) -> str:
        """How long it is, as a clock shows it."""
        return f"{self.seconds // 60}:{self.seconds % 60:02d}"


def recorded_on(actor: Actor, what: str, word: str, item: UUID) -> RecordedOn | None:
    """A thing on which a voice note or a film can be put; None when this actor does not see it."""
    found = photos.photo_on(actor, word, item)
    if found is None:
        return None
    return RecordedOn(found.thing, found.whole, WHAT[what], found.room, found.home, found.word)


def asked_for(actor: Actor, what: str, word: str, item: UUID, medium: UUID) -> RecordedOn | None:
    """The one that is on a thing now; None when another is, or none. Who holds a link comes through that."""
    return None if actor.kind is ActorKind.LINK_HOLDER else _asked_for(actor, what, word, item, medium)


def through_link(actor: Actor, share: UUID, what: str, word: str, item: UUID, medium: UUID) -> RecordedOn | None:
    """The same through a link: its own."""
    return _asked_for(actor, what, word, item, medium) if actor.seat == share else None


def poster_of(actor: Actor, word: str, item: UUID, medium: UUID) -> RecordedOn | None:
    """The film of which the first picture is asked for."""
    return asked_for(actor, "film", word, item, medium)


def poster_through_link(actor: Actor, share: UUID, word: str, item: UUID, medium: UUID) -> RecordedOn | None:
    """The same through a link: its own."""
    return through_link(actor, share, "film", word, item, medium)


def _asked_for(actor: Actor, what: str, word: str, item: UUID, medium: UUID) -> RecordedOn | None:
    found = recorded_on(actor, what, word, item)
    return found if found is not None and found.medium is not None and found.medium.id == medium else None


# ---- for the templates -----------------------------------------------------------------------------------------------


def voice(of: Any) -> Played | None:
    """The voice note on a thing (or a view around one, its `thing`), for who reads the page; nothing without one."""
    thing = _thing(of)
    sound: Sound | None = thing.body.voice
    if sound is None or g.get("actor") is None:
        return None
    allow_playing()
    return Played(_address(thing, sound), sound.seconds)


def film(of: Any, *, plays: bool = True) -> Played | None:
    """The film on a thing, for who reads the page; nothing without one. A list shows only its first picture."""
    thing = _thing(of)
    shown: Film | None = thing.body.film
    if shown is None or g.get("actor") is None:
        return None
    if plays:
        allow_playing()
    poster = _address(thing, shown, Size.SMALL)
    return Played(_address(thing, shown), shown.seconds, shown.alt, shown.width, shown.height, poster)


def recording_page(thing: Thing[Any], sort: str) -> str:
    """Where the voice note or the film on a thing is recorded or chosen."""
    values = {"plan": thing.plan, "what": WORD_OF[Sort(sort)], "word": WORDS[thing.kind.name], "item": thing.id}
    return url_of("moments.recording", **values)


def may_record(sort: str) -> int:
    """Lets the page record, and says for how many seconds."""
    allow_recording(pictures=sort == Sort.FILM)
    return MOST_SECONDS[Sort(sort)]


def _thing(of: Any) -> Thing[Any]:
    thing: Thing[Any] = of if isinstance(of, Thing) else of.thing
    return thing


def _address(thing: Thing[Any], medium: Recording, size: Size = Size.LARGE) -> str:
    actor: Actor = g.actor
    if thing.kind.name in SHOWN_AT:
        return SHOWN_AT[thing.kind.name](thing, medium, size)
    values: dict[str, Any] = {"plan": actor.plan, "word": WORDS[thing.kind.name], "item": thing.id, "medium": medium.id}
    endpoint = "moments.poster" if size is Size.SMALL else "moments.recorded"
    if size is Size.LARGE:
        values["what"] = "film" if isinstance(medium, Film) else "stem"
    if actor.kind is ActorKind.LINK_HOLDER:
        endpoint, values["share"] = f"{endpoint}_of_link", actor.seat
    return url_of(endpoint, **values)

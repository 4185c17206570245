"""The photo on a thing, as one reader may see it: the thing for the forms, the bytes, and where pages find them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g

from app.items import Medium, Photo, Picture, Thing, photos_in
from app.media.nouns import LONGEST, Size, Sort
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.decide import permits
from app.rooms import ADDRESSES, KINDS, Face
from app.scope import Whole, load
from app.web.addresses import url_of
from app.web.picto import SIDE, src

# What a kind of thing is called in the address of its photo, and the room whose part of the plan it is.
WORDS = {
    "plan": "plan",
    "person": "iemand",
    "goal": "doel",
    "step": "stap",
    "agreement": "afspraak",
    "moment": "moment",
    "home": "huis",
}
KIND_OF = {word: kind for kind, word in WORDS.items()}
ROOM_OF = {
    "plan": "home",
    "person": "people",
    "goal": "goals",
    "step": "goals",
    "agreement": "agreements",
    "moment": "moments",
    "home": "plan",
}

# Kinds of rooms above this one, whose photos, voice notes and films have addresses of their own there: what is asked
# for, and how large.
SHOWN_AT: dict[str, Callable[[Thing[Any], Medium, Size], str]] = {}


def bring_shown(kind: str, address_of: Callable[[Thing[Any], Medium, Size], str]) -> None:
    """Register where what is on things of a kind is shown, so that `photo_of`, `voice_of` and `film_of` find it."""
    SHOWN_AT[kind] = address_of


@dataclass(frozen=True)
class PhotoOn:
    """A thing that a photo can be on, for who reads it.

    Attributes:
        thing: what it is on.
        whole: what was read beside it.
        photo: which photo is asked for; None for the forms.
        size: how large it is asked for.
    """

    thing: Thing[Any]
    whole: Whole
    photo: Photo | None = None
    size: Size = Size.SMALL

    @property
    def word(self) -> str:
        """The kind, as it stands in addresses."""
        return WORDS[self.thing.kind.name]

    @property
    def sort(self) -> Sort:
        """Which of the media it is about."""
        return Sort.PHOTO

    @property
    def room(self) -> str:
        """Whose part of the plan it is: what a look at it counts as."""
        return ROOM_OF[self.thing.kind.name]

    @property
    def label(self) -> str:
        """What the thing is called."""
        return self.thing.kind.label(self.thing.body)

    @property
    def home(self) -> str:
        """Where the thing is looked at: of the plan itself "Ons plan"."""
        if self.thing.kind.name == "plan":
            return url_of("home.show", plan=self.thing.plan)
        return ADDRESSES[self.thing.kind.name](self.thing)


def photo_on(actor: Actor, word: str, item: UUID) -> PhotoOn | None:
    """A thing on which a photo can be put; None when this actor does not see it."""
    kind = KINDS.get(KIND_OF.get(word, ""))
    if kind is None or not kind.pictured:
        return None
    # Who looks from outside has a look noted, for which all is read at once.
    outside = actor.kind in {ActorKind.GUEST, ActorKind.LINK_HOLDER}
    whole = load(actor, *KINDS.values()) if outside else load(actor, kind)
    thing = whole.get(kind, item)
    return None if thing is None or thing.is_away else PhotoOn(thing, whole)


def first_on(actor: Actor, word: str, item: UUID) -> PhotoOn | None:
    """The plan, when it keeps the photo it began with beside the one of now."""
    found = photo_on(actor, word, item)
    return found if found is not None and "first_photo" in photos_in(found.thing.body) else None


def asked_for(actor: Actor, word: str, item: UUID, photo: UUID, size: str) -> PhotoOn | None:
    """The photo that is on a thing now; None when another is, or none. Who holds a link comes through that."""
    return None if actor.kind is ActorKind.LINK_HOLDER else _asked_for(actor, word, item, photo, size)


def through_link(actor: Actor, share: UUID, word: str, item: UUID, photo: UUID, size: str) -> PhotoOn | None:
    """The same through a link: its own."""
    return _asked_for(actor, word, item, photo, size) if actor.seat == share else None


def _asked_for(actor: Actor, word: str, item: UUID, photo: UUID, size: str) -> PhotoOn | None:
    found = photo_on(actor, word, item)
    if found is None or size not in set(Size):
        return None
    there = next((one for one in photos_in(found.thing.body).values() if one.id == photo), None)
    return None if there is None else PhotoOn(found.thing, found.whole, there, Size(size))


# ---- for the templates -----------------------------------------------------------------------------------------------


def picture(of: Any, size: str = Size.SMALL, kept: Photo | None = None) -> Picture | None:
    """The photo on a thing or of a face, for who reads the page; where there is none its pictogram, or nothing.

    Args:
        of: a thing, a view around one (its `thing`), or a `Face`.
        size: "klein" or "groot".
        kept: another photo that the thing keeps, in the place of the one on it.
    """
    kind, item, there = _what(of)
    photo = kept or there
    actor = g.get("actor")
    if photo is None or actor is None:
        return None if actor is None else _drawn(of)
    width, height = _fit(photo, Size(size))
    if kind in SHOWN_AT:
        return Picture(SHOWN_AT[kind](_thing(of), photo, Size(size)), photo.alt, width, height)
    values = {"plan": actor.plan, "word": WORDS[kind], "item": item, "photo": photo.id, "size": str(size)}
    endpoint = "moments.picture"
    if actor.kind is ActorKind.LINK_HOLDER:
        endpoint, values["share"] = "moments.picture_of_link", actor.seat
    return Picture(url_of(endpoint, **values), photo.alt, width, height)


def _drawn(of: Any) -> Picture | None:
    """Its pictogram. Whatever it is on has words, so it has none of its own."""
    face = of if isinstance(of, Face) else _thing(of).body
    address = src(face.picto) if face.picto else ""
    return Picture(address, "", SIDE, SIDE) if address else None


def face_photo(of: Any) -> str:
    """Where the small photo of a face is: of a `Face`, a person, or an address that is known already."""
    if isinstance(of, str):
        return of
    known = isinstance(of, (Face, Thing)) or isinstance(getattr(of, "thing", None), Thing)
    found = picture(of) if known else None
    return "" if found is None else found.address


def may_change_photo(thing: Thing[Any]) -> bool:
    """Whether who reads the page may put a photo on a thing."""
    actor = g.get("actor")
    return actor is not None and permits(actor, Action.PHOTO_CHANGE, thing.facts)


def photo_page(thing: Thing[Any]) -> str:
    """Where the photo on a thing is chosen."""
    values = {"plan": thing.plan, "word": WORDS[thing.kind.name], "item": thing.id}
    return url_of("moments.photo", **values)


def _what(of: Any) -> tuple[str, UUID, Photo | None]:
    if isinstance(of, Face):
        return "person", of.id, of.photo
    thing = _thing(of)
    return thing.kind.name, thing.id, thing.body.photo


def _thing(of: Any) -> Thing[Any]:
    thing: Thing[Any] = of if isinstance(of, Thing) else of.thing
    return thing


def _fit(photo: Photo, size: Size) -> tuple[int, int]:
    """How large it is in this size: the shelf keeps no larger side than this."""
    longest = max(photo.width, photo.height, 1)
    if longest <= LONGEST[size]:
        return photo.width, photo.height
    return tuple(max(1, round(side * LONGEST[size] / longest)) for side in (photo.width, photo.height))  # type: ignore[return-value]

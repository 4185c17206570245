"""Items: what a plan is made of, opened and typed.

A row of an item table is clear columns and one sealed payload. Code outside the door and the loader works with a
`Thing`: the clear columns beside the opened payload (`body`). A `Kind` tells everything the shared mechanisms (loading,
audience, history, undo, bin, export) need to know of one noun; each room registers its kinds in `app/rooms.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

import msgspec

from app.policy.audience import WE_AND_NAMED, Audience, Default, Facts

if TYPE_CHECKING:
    from app.db import ItemRow


class Photo(msgspec.Struct, frozen=True, omit_defaults=True):
    """The photo of an item: a value of its payload, so that it has the item's audience, history and bin.

    Attributes:
        id: the row in which room `media` keeps where its files lie; new whenever another photo takes its place.
        alt: what is on it, in the family's words; empty when they said nothing.
        width, height: of its large size, in pixels, so that a page keeps the room it needs.
    """

    id: UUID
    alt: str = ""
    width: int = 0
    height: int = 0


class Sound(msgspec.Struct, frozen=True, omit_defaults=True):
    """A voice note: a value of a payload, as a photo is. `id` is its row in room `media`, `seconds` how long it is."""

    id: UUID
    seconds: int = 0


class Film(msgspec.Struct, frozen=True, omit_defaults=True):
    """A short film, and its first picture. `width` and `height` in pixels; `alt` as of a photo."""

    id: UUID
    seconds: int = 0
    alt: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as a page shows it: where it is, what is on it, and how large it will be."""

    address: str
    alt: str
    width: int
    height: int


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The sealed payload of an item. A room's body adds its own fields, all with defaults.

    Attributes:
        writer: the person who wrote it.
        audience: who sees it.
        language: the language its words were written in (BCP 47).
        scribe: the person who typed it for its writer, on the family's phone; None when the writer did.
        photo: the photo on it, for the kinds that are `pictured`; `voice` and `film` in the same way.
        picto: the pictogram on it, by its OpenMoji code ("1F3E0"); shown where there is no photo.
    """

    writer: UUID | None = None
    audience: Audience = Audience()
    language: str = "nl"
    scribe: UUID | None = None
    photo: Photo | None = None
    voice: Sound | None = None
    film: Film | None = None
    picto: str = ""


Medium = Photo | Sound | Film


def media_in(body: Body) -> dict[str, Medium]:
    """The photos, voice notes and films of a payload, by the field each is in: on the item, or kept beside that."""
    fields = ((name, getattr(body, name)) for name in body.__struct_fields__)
    return {name: value for name, value in fields if isinstance(value, Medium)}


def photos_in(body: Body) -> dict[str, Photo]:
    """The photos alone: the one on the item, and any that it keeps beside it."""
    return {name: value for name, value in media_in(body).items() if isinstance(value, Photo)}


class TooNew(Exception):
    """A payload of a newer product than this one: opening it and saving it again would lose what it holds."""


B = TypeVar("B", bound=Body)
Upgrade = Callable[[dict[str, Any]], dict[str, Any]]


def _nobody(_body: Any) -> frozenset[UUID]:
    return frozenset()


def _we_and_named(_body: Any) -> Default:
    return WE_AND_NAMED


@dataclass(frozen=True, eq=False)
class Kind(Generic[B]):
    """One noun of the plan.

    Attributes:
        name: the noun in code, also the `kind` the policy and a share speak of.
        table: where its rows lie.
        body: the type of its payload.
        label: how history and the bin call one item, from its body.
        noun: the word for such an item, in the language of the reader.
        under: the kind it hangs on; `parent_column` is the foreign key to it. When that column may be empty, the
            item stands alone.
        default: what its audience is when nobody chose one.
        named: the people it names.
        about: the things its payload points at: history tells of it only to who sees all of them.
        pictured: whether a photo, a voice note or a film can be put on it.
        gates: the fields of its payload that say who sees it, or what it opens to whom; a restore keeps them as they
            were last (`app/standing.py`).
        lasts: whether its `due_at` is the end of what it opens, and so one of them.
        front: what a guest who sees it reads of it; None when that is all.
        undoable: whether "Toch niet" works on it.
        aside: "Toch niet" takes back what else a change did, and leaves this as it is.
        silent: its rows are written along with others: history tells nothing of them, and "Toch niet" leaves them.
        root: its row is what others belong to: a plan, or a child's own layer. Its key seals all of that.
        row_state: where two kinds share a table, the clear state that tells a row of this one.
        schema: the number of the payload's present form; `upgrades[n]` turns form n into n + 1 on read.
    """

    name: str
    table: type[ItemRow]
    body: type[B]
    label: Callable[[B], str]
    noun: Callable[[], str]
    under: Kind[Any] | None = None
    parent_column: str = ""
    default: Callable[[B], Default] = _we_and_named
    named: Callable[[B], frozenset[UUID]] = _nobody
    about: Callable[[B], frozenset[UUID]] = _nobody
    pictured: bool = False
    gates: tuple[str, ...] = ("audience",)
    lasts: bool = False
    front: Callable[[B], B] | None = None
    undoable: bool = True
    aside: bool = False
    silent: bool = False
    root: bool = False
    row_state: str = ""
    schema: int = 1
    upgrades: Mapping[int, Upgrade] = field(default_factory=dict)

    def encode(self, body: Body) -> bytes:
        """The payload as bytes, with its schema number."""
        return msgspec.json.encode({"schema": self.schema, "body": body})

    def decode(self, data: bytes) -> B:
        """The payload from bytes, of this schema or an older one.

        Raises:
            TooNew: a newer product wrote it.
        """
        envelope = msgspec.json.decode(data, type=Envelope)
        if envelope.schema > self.schema:
            raise TooNew(f"{self.name}: form {envelope.schema}, this product knows {self.schema}")
        if envelope.schema == self.schema:
            return msgspec.json.decode(envelope.body, type=self.body)
        fields: dict[str, Any] = msgspec.json.decode(envelope.body)
        for number in range(envelope.schema, self.schema):
            fields = self.upgrades[number](fields)
        return msgspec.convert(fields, self.body)


class Envelope(msgspec.Struct):
    """What is sealed: the number of the form, and the payload itself."""

    schema: int
    body: msgspec.Raw


@dataclass(frozen=True, slots=True)
class Thing(Generic[B]):
    """One item, opened: the clear columns of its row and its payload.

    `facts` is what the policy needs to know of it; `is_away`, whether it lies in the bin or what it hangs on does.
    """

    kind: Kind[B]
    id: UUID
    plan: UUID
    parent: UUID | None
    state: str
    position: int
    version: int
    created_at: datetime
    changed_at: datetime
    removed_at: datetime | None
    due_at: datetime | None
    body: B
    under: Thing[Any] | None = None

    facts: Facts = field(init=False, repr=False, compare=False)
    is_away: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        under = self.under
        keep = object.__setattr__
        keep(self, "facts", facts_of(self.kind, self.plan, self.id, self.body, under))
        keep(self, "is_away", self.removed_at is not None or (under is not None and under.is_away))


def facts_of(kind: Kind[Any], plan: UUID, id: UUID, body: Body, under: Thing[Any] | None = None) -> Facts:  # noqa: A002
    """The facts of an item that may not have a row yet."""
    return Facts(
        kind=kind.name,
        plan=plan,
        id=id,
        writer=body.writer,
        audience=body.audience,
        default=kind.default(body),
        named=kind.named(body),
        under=None if under is None else under.facts,
    )

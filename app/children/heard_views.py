"""Photos, voice notes and films in a child's layer: for the child, for whom it chose, and through a link. HTTP only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, url_for
from werkzeug.wrappers import Response

from app.children import ledger, said_store, told_store
from app.children.room import children
from app.children.said_store import SaidView
from app.children.told_store import ToldView
from app.children.told_views import LINK, note_of_link
from app.items import Medium, Thing, media_in
from app.media.nouns import Size
from app.moments.played import answer_with
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind

FILE = "<uuid:said>/<uuid:medium>/<size>"


@dataclass(frozen=True)
class Heard:
    """What lies under an address of a photo, a voice note or a film.

    Attributes:
        view: the entry it belongs to, for who reads it.
        on: what it is on: that, or an answer to it.
        medium: which.
        size: how large.
    """

    view: SaidView | ToldView
    on: Thing[Any]
    medium: UUID
    size: Size

    @property
    def thing(self) -> Thing[Any]:
        """What the policy is asked about."""
        return self.view.thing

    @property
    def there(self) -> Actor:
        """As whom."""
        return self.view.there


def found_in(view: SaidView | ToldView | None, medium: UUID, size: str) -> Heard | None:
    """What lies there, on the entry itself or on an answer that this reader sees; None when it is not there."""
    if view is None or size not in set(Size):
        return None
    things: list[Thing[Any]] = [view.thing, *view.replies]
    for on in things:
        if any(one.id == medium for one in media_in(on.body).values()):
            return Heard(view, on, medium, Size(size))
    return None


def _of_mine(actor: Actor, said: UUID, medium: UUID, size: str) -> Heard | None:
    return found_in(said_store.said_gone_too(actor, said), medium, size)


def _of_told(actor: Actor, said: UUID, medium: UUID, size: str) -> Heard | None:
    return found_in(told_store.told_one(actor, said), medium, size)


def _of_link(actor: Actor, share: UUID, said: UUID, medium: UUID, size: str) -> Heard | None:
    return found_in(told_store.link_told_one(actor, share, said), medium, size)


@children.get(f"/mij/zeg/{FILE}", needs=Action.OWN_SEE, load=_of_mine)
def my_file(_actor: Actor, heard: Heard) -> Response:
    """What I made, or what was answered."""
    return answer_with(heard.on, heard.medium, heard.size)


@children.get(f"/verteld/{FILE}", needs=Action.TOLD_SEE, load=_of_told)
def told_file(_actor: Actor, heard: Heard) -> Response:
    """The same for whom the child chose; the look is noted first."""
    return looked_at(heard)


@children.get(f"/voor/<uuid:share>/verteld/{FILE}", needs=Action.TOLD_SEE, load=_of_link, through=LINK)
def link_file(actor: Actor, heard: Heard) -> Response:
    """The same through a link."""
    note_of_link(actor)
    return looked_at(heard)


def looked_at(heard: Heard) -> Response:
    """The file, for whom the child chose; the look is noted first."""
    if isinstance(heard.view, ToldView):
        ledger.note(heard.view.look)
    return answer_with(heard.on, heard.medium, heard.size)


def address_of(thing: Thing[Any], medium: Medium, size: Size) -> str:
    """Where who reads the page finds what is on an entry, or on an answer to it."""
    said = thing.id if thing.under is None else thing.under.id
    values: dict[str, Any] = {"said": said, "medium": medium.id, "size": size.value}
    reader: Actor = g.actor
    if reader.kind is ActorKind.LINK_HOLDER:
        return url_for("children.link_file", share=reader.seat, **values)
    if reader.kind is ActorKind.TRUSTED:
        return url_for("trusted.file", trusted=reader.seat, **values)
    return url_for("children.my_file" if reader.kind is ActorKind.CHILD else "children.told_file", **values)

"""What Samen invullen says to people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.items import Thing
from app.policy.actor import Actor
from app.rooms import Face
from app.together import store
from app.together.rules import Reason
from app.translations import gettext as _


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {Reason.NOBODY_CHOSEN: _("Kies wie er typt.")}[reason]


def options(faces: Iterable[Face]) -> list[dict[str, Any]]:
    """Who may type, as tiles."""
    return [{"value": str(face.id), "label": face.name, "ring": face.ring, "photo": face} for face in faces]


def typed(actor: Actor | None, thing: Thing[Any]) -> str:
    """Who typed this for the family, as a sentence; empty when nobody did, or for who does not see that person."""
    name = "" if actor is None else store.name_of(actor, thing.body.scribe)
    return _("%(name)s schreef dit op voor ons.", name=name) if name else ""


def types_now(actor: Actor | None) -> str:
    """The bar above every page while somebody types; empty when nobody does."""
    if actor is None or actor.scribe is None:
        return ""
    return _("%(name)s schrijft nu op voor ons", name=store.name_of(actor, actor.scribe) or _("Iemand"))

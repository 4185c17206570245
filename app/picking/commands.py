"""Puts the picture that was chosen on a thing."""

from __future__ import annotations

from typing import Any

import msgspec

from app.change import Done, Put, change
from app.items import Thing
from app.policy.actions import Action
from app.policy.actor import Actor


def put(actor: Actor, thing: Thing[Any], code: str, seen: int | None, form_key: str | None) -> Done:
    """Put a pictogram on a thing, or with an empty code take it away; twice is once.

    Raises:
        BothChanged: somebody chose another one since version `seen`.
    """
    body = msgspec.structs.replace(thing.body, picto=code)
    return change(actor, Action.PHOTO_CHANGE, Put(thing, body, seen=seen), form_key=form_key)

"""Puts photos on what the demo's family keeps, by the same commands as their pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.db import now
from app.demo import pictures
from app.demo.guests import Host
from app.demo.nouns import GOALS
from app.goals.models import GOAL
from app.items import Kind, Thing
from app.local import local_day
from app.moments import commands as moments
from app.moments import medium_commands as photos
from app.moments import store
from app.moments.commands import MomentInput
from app.moments.taking import Given
from app.people.models import PERSON
from app.plan.models import PLAN
from app.scope import load


def hang_all(host: Host) -> None:
    """Faces, a photo at the start, one on a goal, and three moments."""
    for name, looks in pictures.PORTRAITS.items():
        _put(host, PERSON, host.ids[name], pictures.portrait(looks), "")
    _put(host, PLAN, host.sara.plan, pictures.house(), "Een tekening van ons huis, met ons drie ervoor.")
    _put(host, GOAL, host.goals[GOALS[2].words], pictures.sea(), "Een tekening van een dag aan zee.")
    today = local_day(now(), host.zone)
    kept = (
        ("Kaat tekende ons huis.", 20, pictures.house()),
        ("Pannenkoeken van ons drie samen", 4, pictures.pancakes()),
        ("Zo willen wij het: een dag aan zee", 2, pictures.sea()),
    )
    for words, days, data in kept:
        given = MomentInput(words, today - timedelta(days=days))
        moments.add(host.sara, store.moments(host.sara), given, Given(data), None)


def _put(host: Host, kind: Kind[Any], item: Any, data: bytes, alt: str) -> None:
    thing: Thing[Any] | None = load(host.sara, kind).get(kind, item)
    if thing is None:
        raise RuntimeError("what was just made is not there")
    photos.put(host.sara, thing, Given(data, alt=alt), None, None)
